import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "../session/session.js";
import { type NativeHandle, readPipes } from "./native-pipes.js";
import { OutputTurn } from "./output-turn.js";

/** When the pipes are looked at again: something was there; a cell runs; nothing runs. */
const ACTIVE_MS = 2;
const RUNNING_MS = 20;
const IDLE_MS = 250;
/** A main thread that has handled output for longer was cut in it: that takes microseconds. */
const CUT_AFTER_MS = 50;

/** What a reader works with. */
export interface NativeReaderOptions {
  readonly handle: NativeHandle;
  /** takes what the main thread has posted so far */
  readonly catchUp: () => void;
  /** id of the cell that most likely writes; undefined before the first one */
  readonly cell: () => string | undefined;
  /** true while a cell runs */
  readonly isRunning: () => boolean;
  readonly receive: (cell: string | undefined, name: StreamName, text: string) => void;
}

/**
 * Service thread: reads what was written past Node's streams, see `NativeOutput`. It looks now and then instead of
 * being told: Node tells by reading, and what it has read could be overtaken by what the main thread posts.
 */
export class NativeReader {
  readonly #options: NativeReaderOptions;
  readonly #turn: OutputTurn;
  readonly #decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #refused: { readonly turn: number; readonly since: number } | undefined;

  constructor(options: NativeReaderOptions) {
    this.#options = options;
    this.#turn = new OutputTurn(options.handle.turn);
    this.#lookIn(ACTIVE_MS);
  }

  /** A cell starts: it may write at once. */
  wake(): void {
    this.#lookIn(ACTIVE_MS);
  }

  /** The main thread has read this before it posted something else. */
  received(cell: string | undefined, name: StreamName, bytes: Uint8Array): void {
    this.#receive(cell, name, bytes);
  }

  /** Takes everything that was written so far. */
  drain(): void {
    if (this.#isClosed) return;
    if (this.#turn.tryTake(() => this.#read())) return;
    this.#read();
  }

  /** Takes everything that was written and reads no more. */
  close(): void {
    this.drain();
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #lookIn(ms: number): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), ms).unref();
  }

  #look(): void {
    let bytes = 0;
    const isMine = this.#turn.tryTake(() => {
      bytes = this.#read();
    });
    this.#freeAfterCut(isMine);
    if (bytes > 0 || !isMine) this.#lookIn(ACTIVE_MS);
    else this.#lookIn(this.#options.isRunning() ? RUNNING_MS : IDLE_MS);
  }

  /** An interrupt may have cut the main thread before it gave its turn back. */
  #freeAfterCut(isMine: boolean): void {
    const turn = this.#turn.mainTurns;
    if (isMine) this.#refused = undefined;
    // In a flood of text it nearly always has a turn, but each time another one.
    else if (this.#refused?.turn !== turn) this.#refused = { turn, since: performance.now() };
    else if (performance.now() - this.#refused.since > CUT_AFTER_MS) this.#turn.endCutTurn();
  }

  #read(): number {
    const { catchUp, cell, handle } = this.#options;
    catchUp();
    return readPipes(handle, (name, bytes) => this.#receive(cell(), name, bytes));
  }

  #receive(cell: string | undefined, name: StreamName, bytes: Uint8Array): void {
    const text = this.#decoders[name].write(bytes);
    if (text !== "") this.#options.receive(cell, name, text);
  }
}
