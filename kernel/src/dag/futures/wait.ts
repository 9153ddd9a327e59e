/**
 * `wait`: until futures have ended.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { anySignal, checkOptions, type Expectations } from "../check-options.js";
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
  const cores = new Map<F, FutureCore>();
  for (const future of futures) cores.set(future, coreFor(future, "wait"));
  const { returnWhen, timeout, signal } = options;
  const count = returnWhen === "first" ? Math.min(1, cores.size) : cores.size;
  await whenEnded([...cores.values()], { count, timeout, signal });
  const done = new Set<F>();
  const notDone = new Set<F>();
  for (const [future, core] of cores) (core.status === "pending" ? notDone : done).add(future);
  return { done, notDone };
}

/**
 * The core of a future that somebody gave.
 * @throws {ArgumentError} if it is none
 */
export function coreFor(future: unknown, owner: string): FutureCore {
  const core = coreOf(future);
  if (core !== undefined) return core;
  throw new ArgumentError(`${owner}() needs futures and got ${typeof future}: give what submit or map returned`, {
    future,
  });
}
