/** A thread that holds the turn for longer was cut in it: it holds it for microseconds. */
const STOLEN_AFTER_MS = 50;

const HOLDER = 0;
const NOBODY = 0;

/**
 * Says which thread handles output at the moment, the main thread or the service thread: what one takes out of a
 * pipe must not overtake what the other has just posted.
 */
export class OutputTurn {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Main thread: does the work when the other thread does not handle output; waits for it for microseconds. */
  take<T>(work: () => T): T {
    while (!this.#begin()) Atomics.wait(this.#words, HOLDER, 1, STOLEN_AFTER_MS);
    try {
      return work();
    } finally {
      this.#end();
    }
  }

  /** Service thread, which waits for nobody: does the work, unless the other thread handles output. @returns whether it did */
  tryTake(work: () => void): boolean {
    if (!this.#begin()) return false;
    try {
      work();
    } finally {
      this.#end();
    }
    return true;
  }

  /** Ends the turn of a thread that was cut in it. */
  free(): void {
    this.#end();
  }

  #begin(): boolean {
    return Atomics.compareExchange(this.#words, HOLDER, NOBODY, 1) === NOBODY;
  }

  #end(): void {
    Atomics.store(this.#words, HOLDER, NOBODY);
    Atomics.notify(this.#words, HOLDER);
  }
}
