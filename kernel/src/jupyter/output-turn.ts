/** How long the main thread waits before it looks again whether the turn is free: in case nobody wakes it. */
const LOOK_AGAIN_MS = 50;

const HOLDER = 0;
const TURNS = 1;
const NOBODY = 0;
const MAIN = 1;
const SERVICE = 2;

/**
 * Says which thread handles output at the moment, the main thread or the service thread: what one takes out of a
 * pipe must not overtake what the other has just posted.
 */
export class OutputTurn {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Main thread: does the work when the other thread does not handle output; waits for it for microseconds. */
  take<T>(work: () => T): T {
    while (!this.#begin(MAIN)) Atomics.wait(this.#words, HOLDER, SERVICE, LOOK_AGAIN_MS);
    Atomics.add(this.#words, TURNS, 1);
    try {
      return work();
    } finally {
      this.#end(MAIN);
    }
  }

  /** Service thread, which waits for nobody: does the work, unless the other thread handles output. @returns whether it did */
  tryTake(work: () => void): boolean {
    if (!this.#begin(SERVICE)) return false;
    try {
      work();
    } finally {
      this.#end(SERVICE);
    }
    return true;
  }

  /** How many turns the main thread has had: as long as it has the same turn, this stays the same. */
  get mainTurns(): number {
    return Atomics.load(this.#words, TURNS);
  }

  /** Service thread: ends the turn of the main thread, which was cut in it. */
  endCutTurn(): void {
    this.#end(MAIN);
  }

  #begin(holder: number): boolean {
    return Atomics.compareExchange(this.#words, HOLDER, NOBODY, holder) === NOBODY;
  }

  #end(holder: number): void {
    Atomics.compareExchange(this.#words, HOLDER, holder, NOBODY);
    Atomics.notify(this.#words, HOLDER);
  }
}
