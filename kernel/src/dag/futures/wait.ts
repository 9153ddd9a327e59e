/**
 * `wait`: until futures have ended.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { anySignal, checkOptions, type Expectations, valueText } from "../check-options.js";
import { isCollection } from "../collection.js";
import { coreOf } from "./core-of.js";
import type { Future } from "./future.js";
import type { FutureCore } from "./future-core.js";
import { whenEnded } from "./when-ended.js";

/** Options of `wait`. */
export interface WaitOptions {
  /** when to return: `all` have ended (default), or the `first` has */
  readonly returnWhen?: "all" | "first";
  /** milliseconds after which it returns what there is; default: never */
  readonly timeout?: number;
  /** ends the wait when aborted, with a CancelledError; the futures go on */
  readonly signal?: AbortSignal;
}

/** What `wait` gives: futures that have ended in whatever way, and the others. */
export interface Waited<F> {
  readonly done: Set<F>;
  readonly notDone: Set<F>;
}

const expectations: Expectations<WaitOptions> = {
  returnWhen: { text: '"all" or "first"', test: (value) => value === "all" || value === "first" },
  timeout: {
    text: "a number of milliseconds",
    test: (value) => typeof value === "number" && value >= 0 && Number.isFinite(value),
  },
  signal: anySignal,
};

/**
 * Waits until futures have ended: finished, failed or cancelled. It brings no values and throws none of their errors.
 * @throws {CancelledError} if the signal is aborted
 * @throws {ArgumentError} if an option is unknown or is not what it must be, or something is no future
 * @example const { done, notDone } = await wait(futures, { returnWhen: "first" })
 */
export async function wait<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Promise<Waited<F>> {
  checkOptions("wait", options, expectations);
  const cores = new Map(coresOf(futures, "wait"));
  const { returnWhen, timeout, signal } = options;
  const count = returnWhen === "first" ? Math.min(1, cores.size) : cores.size;
  await whenEnded([...cores.values()], { count, timeout, signal });
  const done = new Set<F>();
  const notDone = new Set<F>();
  for (const [future, core] of cores) (core.status === "pending" ? notDone : done).add(future);
  return { done, notDone };
}

/**
 * Futures that somebody gave, with their cores.
 * @throws {ArgumentError} if it is no list of futures
 */
export function coresOf<F>(futures: Iterable<F>, owner: string): [F, FutureCore][] {
  if (typeof (futures as Iterable<F> | undefined)?.[Symbol.iterator] !== "function") {
    throw new ArgumentError(
      `${owner}() needs a list of futures and got ${valueText(futures)}: write ${owner}([future]), or give what map returned`,
      { futures },
    );
  }
  return Array.from(futures, (future) => {
    const core = coreOf(future);
    if (core === undefined) throw noFuture(future, owner);
    return [future, core];
  });
}

function noFuture(value: unknown, owner: string): ArgumentError {
  const cure = isCollection(value) ? "compute it, or submit its function" : "give what submit or map returned";
  return new ArgumentError(`${owner}() needs futures and got ${valueText(value)}: ${cure}`, { value });
}
