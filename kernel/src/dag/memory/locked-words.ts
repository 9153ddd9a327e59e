/**
 * The lock of one shared memory, which stands in the memory itself. heap.ts says what its holder may do, and why.
 * @module
 */

// Words of the control area at the start of the memory.
const lockWord = 16;
/** Gets the ticket of the holder, in plain words, just before it unlocks. */
export const doneWord = 17;
const threadsWord = 18;

export class LockedWords {
  protected readonly words: Int32Array;
  /** a number above 0 that no other holder of the lock has: thread in the high bits, count in the low ones */
  private ticket: number;

  constructor(memory: WebAssembly.Memory) {
    this.words = new Int32Array(memory.buffer);
    this.ticket = (1 + (Atomics.add(this.words, threadsWord, 1) % 2046)) << 20;
  }

  /** Takes the lock; the ticket of its holder. */
  protected lock(): number {
    const { words } = this;
    const ticket = (this.ticket & ~0xf_ffff) | ((this.ticket + 1) & 0xf_ffff);
    this.ticket = ticket;
    for (let tries = 0; ; tries++) {
      const holder = Atomics.compareExchange(words, lockWord, 0, ticket);
      if (holder === 0) return ticket;
      if (tries < 100 || Atomics.wait(words, lockWord, holder, 1) !== "timed-out") continue;
      // killed before it could unlock; if it lives after all, its `unlock` finds another ticket and does nothing
      const isDone = Atomics.load(words, doneWord) === holder;
      if (isDone && Atomics.compareExchange(words, lockWord, holder, ticket) === holder) return ticket;
    }
  }
}

/** Gives the lock back; `doneWord` has the ticket already. */
export function unlock(words: Int32Array, ticket: number): void {
  Atomics.compareExchange(words, lockWord, ticket, 0);
  Atomics.notify(words, lockWord, 1);
}
