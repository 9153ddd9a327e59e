import { setImmediate } from "node:timers/promises";
import type { Entry } from "./entry.js";
import { globTest } from "./glob.js";
import type { HistoryFolder } from "./history-folder.js";

/** Characters of this session's cells that are kept; half of them go when they are more. */
const MAX_SIZE = 1 << 20;
/** A longer cell is not kept, a longer result is not repeated, in characters. */
const MAX_INPUT = 1 << 18;
const MAX_OUTPUT = 1 << 16;
/** A search of much lets other requests, such as Stop, have their turn after this time. */
const TURN_MS = 20;

/**
 * What was run, in this session and in earlier ones. Writing goes on beside the cells: no cell waits for the disk,
 * and what cannot be written is still known as long as the kernel runs.
 */
export class History {
  readonly #folder: HistoryFolder | undefined;
  readonly #log: (text: string) => void;
  #own: Entry[] = [];
  #size = 0;
  /** number of this session, once it has a file */
  #session: number | undefined;
  #unwritten: Entry[] = [];
  #writing: Promise<void> | undefined;
  #mustRewrite = false;
  #canWrite = true;

  /** @param folder undefined: nothing is kept when the kernel ends */
  constructor(folder: HistoryFolder | undefined, log: (text: string) => void) {
    this.#folder = folder;
    this.#log = log;
  }

  /** A cell starts. */
  add(line: number, input: string): void {
    if (input.trim() === "" || input.length > MAX_INPUT) return;
    const entry = { session: 0, line, input, output: undefined };
    this.#own.push(entry);
    this.#size += input.length;
    if (this.#size > MAX_SIZE) this.#forgetOldest();
    if (this.#folder === undefined || !this.#canWrite) return;
    this.#unwritten.push(entry);
    this.#writing ??= this.#write(this.#folder);
  }

  /** The cell with this line had a result. */
  setOutput(line: number, output: string): void {
    const index = this.#own.findLastIndex((entry) => entry.line === line);
    if (index >= 0) this.#own[index] = { ...this.#own[index], output: output.slice(0, MAX_OUTPUT) };
  }

  /** The last cells, those of this session at the end. */
  async tail(count: number): Promise<Entry[]> {
    const own = await this.#ownEntries();
    let found = count > 0 ? own.slice(-count) : [];
    for (const session of (await this.#others()).reverse()) {
      if (found.length >= count) break;
      found = [...(await this.#read(session)), ...found].slice(-count);
    }
    return found;
  }

  /**
   * Cells of one session.
   * @param session its number; 0 is this session, -1 the one before it
   * @param stop line after the last one; undefined: up to the end
   */
  async range(session: number, start: number, stop: number | undefined): Promise<Entry[]> {
    const own = await this.#ownSession();
    const wanted = session > 0 ? session : own + session;
    const entries = wanted === own ? await this.#ownEntries() : await this.#read(wanted);
    return entries.filter(({ line }) => line >= start && (stop === undefined || line < stop));
  }

  /**
   * Cells that a glob pattern matches as a whole, the oldest first.
   * @param options `count`: only so many, the last ones; `unique`: of equal cells only the last
   */
  async search(
    pattern: string,
    { count, unique }: { readonly count: number | undefined; readonly unique: boolean },
  ): Promise<Entry[]> {
    const test = globTest(pattern);
    const found: Entry[][] = [];
    for (const session of await this.#others()) found.push(await fittingOf(await this.#read(session), test));
    found.push(await fittingOf(await this.#ownEntries(), test));
    const fitting = found.flat();
    const last = new Map(fitting.map((entry) => [entry.input, entry]));
    const kept = unique ? fitting.filter((entry) => last.get(entry.input) === entry) : fitting;
    return count === undefined ? kept : kept.slice(Math.max(0, kept.length - count));
  }

  /** Settles when everything added so far is on disk, if it can be. */
  async written(): Promise<void> {
    await this.#writing;
  }

  #forgetOldest(): void {
    while (this.#size > MAX_SIZE / 2 && this.#own.length > 1) this.#size -= this.#own.shift()!.input.length;
    this.#mustRewrite = true;
  }

  async #write(folder: HistoryFolder): Promise<void> {
    try {
      this.#session ??= await folder.claim();
      while (this.#unwritten.length > 0) {
        const entries = this.#unwritten.splice(0);
        const isWhole = this.#mustRewrite;
        this.#mustRewrite = false;
        if (isWhole) await folder.rewrite(this.#session, this.#own);
        else await folder.append(this.#session, entries);
      }
    } catch (error) {
      // Said once: a disk that is full or read-only stays so.
      this.#canWrite = false;
      this.#log(`the history is not written any more: ${String(error)}`);
    }
    this.#unwritten = [];
    this.#writing = undefined;
  }

  /** Before this session has a file, the number it would get. */
  async #ownSession(): Promise<number> {
    await this.written();
    return this.#session ?? ((await this.#sessions()).at(-1) ?? 0) + 1;
  }

  async #ownEntries(): Promise<Entry[]> {
    const session = await this.#ownSession();
    return this.#own.map((entry) => ({ ...entry, session }));
  }

  async #others(): Promise<number[]> {
    await this.written();
    return (await this.#sessions()).filter((session) => session !== this.#session);
  }

  /** What cannot be read counts as empty: nobody's cell or console may fail by it. */
  async #sessions(): Promise<number[]> {
    return (await this.#folder?.sessions().catch(() => undefined)) ?? [];
  }

  async #read(session: number): Promise<Entry[]> {
    return (await this.#folder?.read(session).catch(() => undefined)) ?? [];
  }
}

async function fittingOf(entries: readonly Entry[], test: (text: string) => boolean): Promise<Entry[]> {
  const fitting: Entry[] = [];
  let begin = performance.now();
  for (const entry of entries) {
    if (test(entry.input)) fitting.push(entry);
    if (performance.now() - begin < TURN_MS) continue;
    await setImmediate();
    begin = performance.now();
  }
  return fitting;
}
