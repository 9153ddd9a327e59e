import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "./entry.js";

/** Sessions and bytes that are kept; the oldest sessions go first. */
const MAX_SESSIONS = 200;
const MAX_BYTES = 16 << 20;
/** Only the user may read what they typed. */
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
/** Kernels that start at the same moment each find the next free number. */
const MAX_CLAIMS = 100;

/** Six digits, or more when they are used up; a longer number would not be exact. */
const NAME = /^(\d{6,15})\.jsonl$/;

/**
 * The cells of all sessions on disk: a file for each session, `000042.jsonl`, with one `[line, code]` a line. Only
 * the kernel of a session writes to its file, so kernels that run at the same time cannot spoil each other's; a
 * line that a crash cut in two is skipped when read.
 */
export class HistoryFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Makes the file of a new session; removes the oldest ones when there are too many. @returns its number, from 1 */
  async claim(): Promise<number> {
    await mkdir(this.#path, { recursive: true, mode: PRIVATE_FOLDER });
    const taken = await this.sessions();
    const last = taken.at(-1) ?? 0;
    for (let session = last + 1; session <= last + MAX_CLAIMS; session++) {
      // "wx" fails if another kernel has taken the number in the meantime.
      const file = await open(this.#fileOf(session), "wx", PRIVATE_FILE).catch(unlessExists);
      if (file === undefined) continue;
      await file.close();
      await this.#prune(taken);
      return session;
    }
    throw new Error(`none of the ${MAX_CLAIMS} numbers after session ${last} is free`);
  }

  /** Numbers of the sessions on disk, ascending. */
  async sessions(): Promise<number[]> {
    const names = await readdir(this.#path).catch(ifMissing);
    const numbers = (names ?? []).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
    return numbers.sort((a, b) => a - b);
  }

  /** The cells of a session in the order of their lines; none if its file is gone. */
  async read(session: number): Promise<Entry[]> {
    const text = await readFile(this.#fileOf(session), "utf8").catch(ifMissing);
    return (text ?? "").split("\n").flatMap((line) => entryOf(session, line));
  }

  async append(session: number, entries: readonly Entry[]): Promise<void> {
    await appendFile(this.#fileOf(session), textOf(entries), { mode: PRIVATE_FILE });
  }

  /** Puts these cells in the place of those that the file of a session holds, all or none. */
  async rewrite(session: number, entries: readonly Entry[]): Promise<void> {
    const file = this.#fileOf(session);
    await writeFile(draftOf(file), textOf(entries), { mode: PRIVATE_FILE });
    await rename(draftOf(file), file);
  }

  async #prune(sessions: readonly number[]): Promise<void> {
    let [kept, bytes] = [0, 0];
    for (const session of [...sessions].reverse()) {
      const file = this.#fileOf(session);
      kept += 1;
      bytes += (await stat(file).catch(ifMissing))?.size ?? 0;
      if (kept <= MAX_SESSIONS && bytes <= MAX_BYTES) continue;
      await rm(file, { force: true });
      await rm(draftOf(file), { force: true });
    }
  }

  #fileOf(session: number): string {
    return join(this.#path, `${String(session).padStart(6, "0")}.jsonl`);
  }
}

function draftOf(file: string): string {
  return `${file}.new`;
}

function textOf(entries: readonly Entry[]): string {
  return entries.map(({ line, input }) => `${JSON.stringify([line, input])}\n`).join("");
}

function entryOf(session: number, text: string): Entry[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    const [line, input]: unknown[] = value;
    const isEntry = Number.isSafeInteger(line) && typeof input === "string";
    return isEntry ? [{ session, line: line as number, input, output: undefined }] : [];
  } catch {
    return [];
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function unlessExists(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "EEXIST") throw error;
}
