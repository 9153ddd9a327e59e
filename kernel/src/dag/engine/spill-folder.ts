/**
 * Files of results that do not fit in memory.
 * @module
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { threadId } from "node:worker_threads";
import { MemoryError } from "../../errors.js";
import { formatBytes } from "../../format-bytes.js";
import { folderOf, processFolder, removeLeftFolders } from "../../process-folder.js";
import { messageOf } from "./error-data.js";

const PURPOSE = "spill";
/** Bytes of one call to the system, which takes no more than 2 GiB and holds a thread of Node's pool meanwhile. */
const CALL_BYTES = 2 ** 26;

/**
 * The spill files of one engine: in a folder of its own, which nobody else can read, inside the folder of the process.
 * Nothing exists before the first file. The bytes are read and written by Node's thread pool, where they stand.
 */
export class SpillFolder {
  private readonly name: string;
  private path: string | undefined;
  private readonly busy = new Set<Promise<unknown>>();
  private readonly onExit = (): void => this.remove();

  /** @param name of the folder: that of the engine */
  constructor(name: string) {
    this.name = name;
  }

  /**
   * A new file with these bytes; its path.
   * @throws {MemoryError} if the disk is full or the folder cannot be written; nothing is left of the file
   */
  write(bytes: Uint8Array): Promise<string> {
    return this.track(this.written(bytes));
  }

  /**
   * Fills `target` with the first bytes of a file.
   * @throws {MemoryError} if it cannot be read
   */
  read(path: string, target: Uint8Array): Promise<void> {
    return this.track(this.fill(path, target));
  }

  /** Deletes a file. One that is gone already is no error: somebody may have cleaned the folder. */
  delete(path: string): void {
    void this.track(rm(path, { force: true }).catch(() => undefined));
  }

  /** Resolves when nothing is read, written or deleted any more; then the folder is gone, if it was made. */
  async close(): Promise<void> {
    while (this.busy.size > 0) await Promise.allSettled(this.busy);
    this.remove();
  }

  /** Deletes the folder at once, with what is in it: the process ends. */
  remove(): void {
    if (this.path === undefined) return;
    process.off("exit", this.onExit);
    rmSync(this.path, { recursive: true, force: true });
    removeIfEmpty(dirname(this.path));
    this.path = undefined;
  }

  private async written(bytes: Uint8Array): Promise<string> {
    let path: string | undefined;
    let file: FileHandle | undefined;
    try {
      path = join(this.folder(), `${randomUUID()}.bin`);
      file = await open(path, "wx", 0o600);
      for (let at = 0; at < bytes.byteLength; ) {
        const count = Math.min(CALL_BYTES, bytes.byteLength - at);
        at += (await file.write(bytes, at, count, at)).bytesWritten;
      }
      await file.close();
      return path;
    } catch (cause) {
      await file?.close().catch(() => undefined);
      if (path !== undefined) await rm(path, { force: true }).catch(() => undefined);
      throw new MemoryError(
        `results do not fit in memory and ${formatBytes(bytes.byteLength)} of them could not be written to disk ` +
          `(${messageOf(cause)}): make room in ${this.path ?? "the folder for temporary files"}, set TMPDIR to a larger disk, or raise memoryLimit`,
        { path, bytes: bytes.byteLength },
        { cause },
      );
    }
  }

  private async fill(path: string, target: Uint8Array): Promise<void> {
    let file: FileHandle | undefined;
    try {
      file = await open(path, "r");
      for (let at = 0; at < target.byteLength; ) {
        const count = Math.min(CALL_BYTES, target.byteLength - at);
        const { bytesRead } = await file.read(target, at, count, at);
        if (bytesRead === 0) throw new RangeError(`the file ends after ${at} of ${target.byteLength} bytes`);
        at += bytesRead;
      }
    } catch (cause) {
      throw new MemoryError(
        `a result that was written to disk for lack of memory could not be read back (${messageOf(cause)}): ` +
          "let nothing else delete files of dagbook, and run again",
        { path },
        { cause },
      );
    } finally {
      await file?.close().catch(() => undefined);
    }
  }

  private async track<T>(work: Promise<T>): Promise<T> {
    this.busy.add(work);
    try {
      return await work;
    } finally {
      this.busy.delete(work);
    }
  }

  private folder(): string {
    if (this.path !== undefined) return this.path;
    removeLeftFolders(PURPOSE);
    const path = join(processFolder(PURPOSE), `${threadPrefix(threadId)}${this.name}`);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    process.once("exit", this.onExit);
    this.path = path;
    return path;
  }
}

/** Deletes what engines inside tasks have left in a worker thread of this process that was ended. */
export function removeSpillOfThread(id: number): void {
  const folder = folderOf(PURPOSE, process.pid);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(threadPrefix(id))) : [];
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
  if (names.length > 0) removeIfEmpty(folder);
}

/** Deletes what is left of a child process that was ended. */
export function removeSpillOfProcess(pid: number): void {
  rmSync(folderOf(PURPOSE, pid), { recursive: true, force: true });
}

/** First part of the names of folders of a thread; those of the main thread have none. */
function threadPrefix(id: number): string {
  return id === 0 ? "" : `thread-${id}-`;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another engine of this process has its folder there.
  }
}
