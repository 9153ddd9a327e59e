import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { isMainThread } from "node:worker_threads";
import { ImportError } from "../../errors.js";

// With the host, because containers may share a folder for temporary files but not the ids of processes.
const PREFIX = `dagbook-modules-${hostname().replace(/\W+/g, "-")}-`;
/** What a killed process left is removed when it is this old, in milliseconds: a day. */
const LEFTOVER_MS = 86_400_000;

let made: string | undefined;

/**
 * Folder of compiled files: one for all threads of this process, gone when it ends.
 * @throws {ImportError} if another user has made it
 */
export function storeFolder(): string {
  if (made !== undefined) return made;
  const path = join(tmpdir(), `${PREFIX}${process.pid}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(path);
  // In a folder that all share, somebody else may have been there first. Windows has no such bits.
  const isForeign = process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0);
  if (isForeign) {
    throw new ImportError(`${path} belongs to somebody else: set TMPDIR to a folder of your own`, { folder: path });
  }
  if (isMainThread) {
    removeLeftovers();
    process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  }
  made = path;
  return path;
}

/** True for the address or path of a file in such a folder. */
export function isStored(url: string): boolean {
  return url.includes(`/${PREFIX}`);
}

function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : Number.NaN);
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    const path = join(tmpdir(), name);
    try {
      if (Date.now() - statSync(path).mtimeMs > LEFTOVER_MS) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process removes it too, or it is another user's.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return Object(error).code === "EPERM";
  }
}
