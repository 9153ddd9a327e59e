import { Session } from "node:inspector";
import { setImmediate } from "node:timers/promises";
import type { Frame } from "./codec.js";

/** What a message costs besides its frames, in bytes. */
const MESSAGE_COST = 1024;

/**
 * How much of what was sent on a socket is still in memory because a client has not read it, in bytes. zeromq
 * tells nobody, but it holds on to a frame (above 128 bytes it makes no copy) until its last client has it: the
 * garbage collector then says so. Between two collections the count is too high, never too low.
 */
export class UnreadBytes {
  #bytes = 0;
  readonly #registry = new FinalizationRegistry<number>((cost) => {
    this.#bytes -= cost;
  });

  /** The count; what was read since the last collection is still in it. */
  get atMost(): number {
    return this.#bytes;
  }

  /** Counts a message that is about to be sent. */
  add(frames: readonly Frame[]): void {
    const cost = frames.reduce((bytes, frame) => bytes + frame.length, MESSAGE_COST);
    // All frames of a message are let go of at once; the largest is surely one that was not copied.
    const largest = frames.reduce((found, frame) => (frame.length > found.length ? frame : found));
    this.#bytes += cost;
    this.#registry.register(largest, cost);
  }

  /** The count after a collection: some 10 ms. */
  async exactly(): Promise<number> {
    const session = new Session();
    session.connect();
    await new Promise<void>((resolve) => session.post("HeapProfiler.collectGarbage", () => resolve()));
    session.disconnect();
    // Registries are told in tasks of their own.
    for (let task = 0; task < 2; task++) await setImmediate();
    return this.#bytes;
  }
}
