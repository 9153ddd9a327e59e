/**
 * `asCompleted`: futures in the order in which they end.
 * @module
 */
import type { Future } from "./future.js";
import { coresOf } from "./wait.js";

/**
 * Futures as they end: finished, failed or cancelled. More can be added on the way; it is over when all that were
 * added have come.
 * @throws {ArgumentError} if something is no future
 * @example for await (const future of asCompleted(map(load, files))) show(await future.result())
 */
export function asCompleted<F extends Future<unknown>>(futures: Iterable<F> = []): AsCompleted<F> {
  const completed = new AsCompleted<F>();
  completed.update(futures);
  return completed;
}

type Step<F> = IteratorResult<F, undefined>;

/** What `asCompleted` returns. */
export class AsCompleted<F extends Future<unknown>> implements AsyncIterableIterator<F, undefined> {
  readonly #ended: F[] = [];
  readonly #waiting: ((step: Step<F>) => void)[] = [];
  #pending = 0;
  #isClosed = false;

  /** Futures that are still to come. */
  get count(): number {
    return this.#pending + this.#ended.length;
  }

  /**
   * Adds a future.
   * @throws {ArgumentError} if it is none
   */
  add(future: F): void {
    this.update([future]);
  }

  /**
   * Adds futures; those that have ended come in the order in which they did.
   * @throws {ArgumentError} if something is no future
   */
  update(futures: Iterable<F>): void {
    const added = coresOf(futures, "asCompleted");
    // A pending one has order 0, wherever it stands.
    added.sort(([, a], [, b]) => a.order - b.order);
    for (const [future, core] of added) {
      this.#pending += 1;
      core.whenEnded(() => this.#came(future));
    }
  }

  next(): Promise<Step<F>> {
    const future = this.#ended.shift();
    if (future !== undefined) return Promise.resolve({ done: false, value: future });
    if (this.#pending === 0 || this.#isClosed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Ends a loop before all have come. */
  return(): Promise<Step<F>> {
    this.#isClosed = true;
    this.#ended.length = 0;
    this.#endWaits();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #came(future: F): void {
    this.#pending -= 1;
    if (this.#isClosed) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#ended.push(future);
    else waiting({ done: false, value: future });
    if (this.#pending === 0 && this.#ended.length === 0) this.#endWaits();
  }

  #endWaits(): void {
    for (const resolve of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
  }
}
