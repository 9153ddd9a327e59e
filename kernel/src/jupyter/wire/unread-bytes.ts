import { Session } from "node:inspector";
import { setTimeout as delay } from "node:timers/promises";
import type { Frame } from "./codec.js";

/** What a message costs besides its frames, in bytes. */
const MESSAGE_COST = 1024;
/** A registry that has not been told after this time was told before, or will not be. */
const TOLD_MS = 500;

/**
 * How much of what was sent on a socket is still in memory because a client has not read it, in bytes. zeromq
 * tells nobody, but it holds on to a frame (above 128 bytes it makes no copy) until its last client has it: the
 * garbage collector then says so. Between two collections the count is too high, never too low.
 */
export class UnreadBytes {
  #bytes = 0;
  #onCollected: () => void = () => undefined;
  readonly #registry = new FinalizationRegistry<number>((cost) => {
    this.#bytes -= cost;
    if (cost === 0) this.#onCollected();
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
    // Registries are told some time after a collection, and of all that it found: also of this.
    const told = new Promise<void>((resolve) => {
      this.#onCollected = resolve;
    });
    this.#registry.register({}, 0);
    const session = new Session();
    session.connect();
    await new Promise<void>((resolve) => session.post("HeapProfiler.collectGarbage", () => resolve()));
    session.disconnect();
    await Promise.race([told, delay(TOLD_MS, undefined, { ref: false })]);
    return this.#bytes;
  }
}
