/**
 * The values of futures.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { anySignal, checkOptions, type Expectations } from "../check-options.js";
import type { Computed } from "../computed.js";
import { replaceIn } from "../graph/replace.js";
import { coreOf } from "./core-of.js";
import { fetchResult } from "./fetch-queue.js";
import type { FutureCore } from "./future-core.js";
import { whenEnded } from "./when-ended.js";
import { withoutParts } from "./without-parts.js";

/** Options of `gather`. */
export interface GatherOptions {
  /** what to do about futures without a value: `raise` their error (default), or `skip` them */
  readonly errors?: "raise" | "skip";
  /** ends the wait when aborted, with a CancelledError; the futures go on */
  readonly signal?: AbortSignal;
}

const expectations: Expectations<GatherOptions> = {
  errors: { text: '"raise" or "skip"', test: (value) => value === "raise" || value === "skip" },
  signal: anySignal,
};

/**
 * The value with every future replaced by its result, at any depth of arrays, plain objects, Maps and Sets; other
 * values come as they are. With `errors: "skip"`, futures without a value are left out of what holds them.
 * @throws {TaskError} if a call threw, as soon as that is known
 * @throws {CancelledError} if a future was cancelled, or the signal was aborted
 * @throws {ArgumentError} if an option is unknown or is not what it must be, or a future alone is to be skipped
 * @example const { a, list } = await gather({ a: submit(load, "a"), list: map(inc, [1, 2]) })
 */
export async function gather<T>(futures: T, options: GatherOptions = {}): Promise<Computed<T>> {
  if (coreOf(options) !== undefined) {
    throw new ArgumentError(`gather takes one value and got ${String(options)} as its options: write gather([a, b])`, {
      options,
    });
  }
  checkOptions("gather", options, expectations);
  const cores = new Map<unknown, FutureCore>();
  replaceIn(futures, (part) => {
    const core = coreOf(part);
    if (core !== undefined) cores.set(part, core);
    return part;
  });
  const isSkipping = options.errors === "skip";
  await whenEnded([...cores.values()], { signal: options.signal, rejects: !isSkipping });
  const values = new Map<unknown, unknown>();
  const skipped = new Set<unknown>();
  await Promise.all(
    Array.from(cores, async ([future, core]) => {
      if (isSkipping && (core.failure !== undefined || core.isReleased)) skipped.add(future);
      else values.set(future, await fetchResult(core));
    }),
  );
  if (skipped.has(futures))
    throw new ArgumentError('gather can skip only what is inside something: gather([future], { errors: "skip" })');
  const left = skipped.size === 0 ? futures : withoutParts(futures, (part) => skipped.has(part));
  return replaceIn(left, (part) => (values.has(part) ? values.get(part) : part)) as Computed<T>;
}
