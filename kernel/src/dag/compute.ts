/**
 * Computing collections: results, results that stay with the engine, runs to watch.
 * @module
 */
import { types } from "node:util";
import { ArgumentError } from "../errors.js";
import { type Collection, collectionSymbol } from "./collection.js";
import type { ComputeOptions, ComputeRun } from "./compute-options.js";
import type { Computed } from "./computed.js";
import { coreOf } from "./futures/core-of.js";
import type { Graph } from "./graph/graph.js";
import { formatKey, type Key } from "./graph/key.js";
import type { Kept } from "./graph/packed.js";
import { replaceIn } from "./graph/replace.js";
import { isKeptResult } from "./graph/task.js";
import { isData } from "./graph/value.js";
import { handleOf, releaseHandle } from "./kept-handle.js";
import { startGraph } from "./start.js";
import { Wanted } from "./wanted.js";

/**
 * The values with every collection replaced by its result, at any depth of arrays, plain objects, Maps and
 * Sets. All are computed in one graph: what they share runs once. Other values come back as they are.
 * @throws {TaskError} if a task threw; its `cause` is the task's own error
 * @throws {GraphError} if two different tasks have one key
 * @example const [a, b, { c }] = await compute(lazyA, lazyB, { c: lazyC })
 */
export function compute<A extends readonly unknown[]>(...values: A): Promise<Computed<A>> {
  return computeWith({}, ...values);
}

/**
 * `compute` with options: an engine, a signal, a title …
 * @throws {ArgumentError} if an option is unknown or is not what it must be
 * @throws {CancelledError} if the signal is aborted or the run is stopped; else as `compute`
 * @example await computeWith({ workers: 2, signal: AbortSignal.timeout(1000) }, lazyA, lazyB)
 */
export async function computeWith<A extends readonly unknown[]>(
  options: ComputeOptions,
  ...values: A
): Promise<Computed<A>> {
  const run = await runWith(options, ...values);
  return run.value;
}

/**
 * Starts what `compute` computes and gives the run: its `events`, `cancel`, and the results as `value`. What goes
 * wrong before the first task rejects at once, later failures reject `value`.
 * @throws {GraphError} if the graph is not runnable
 * @throws {ShipError} if a function cannot travel to a worker
 * @example for await (const event of (await run(total)).events) …
 */
export function run<A extends readonly unknown[]>(...values: A): Promise<ComputeRun<Computed<A>>> {
  return runWith({}, ...values);
}

/**
 * `run` with options.
 * @throws {ArgumentError} if an option is unknown or is not what it must be; else as `run`
 * @example const { value, cancel } = await runWith({ title: "tuning" }, lazy)
 */
export async function runWith<A extends readonly unknown[]>(
  options: ComputeOptions,
  ...values: A
): Promise<ComputeRun<Computed<A>>> {
  return startValues(options, values);
}

/** @param given what the caller makes of the values */
function startValues<A extends readonly unknown[]>(
  options: ComputeOptions,
  values: A,
  given?: (values: readonly unknown[]) => unknown,
): Promise<ComputeRun<Computed<A>>> {
  const wanted = new Wanted(values, options);
  return startGraph({
    ...wanted.request(),
    keep: false,
    finish: (results) =>
      wanted.replace(results, (collection, own) => collection[collectionSymbol].finalize(own)) as Computed<A>,
    ...(given !== undefined && { given: (computed: Computed<A>) => given(computed as readonly unknown[]) }),
  });
}

/**
 * The values with every collection replaced by the same collection, computed: its results stay with the
 * engine, further tasks find them there. They are dropped when nothing refers to them any more.
 * @throws {TaskError} if a task threw
 * @example const [kept] = await persist(lazy); await kept.compute()
 */
export function persist<A extends readonly unknown[]>(...values: A): Promise<A> {
  return persistWith({}, ...values);
}

/**
 * `persist` with options.
 * @throws {ArgumentError} if an option is unknown or is not what it must be; else as `persist`
 * @example const [kept] = await persistWith({ retries: 2 }, lazy)
 */
export async function persistWith<A extends readonly unknown[]>(options: ComputeOptions, ...values: A): Promise<A> {
  const wanted = new Wanted(values, options, isSettled);
  const started = await startGraph({
    ...wanted.request(),
    keep: true,
    finish: (results, engine) => {
      const handles = (results as readonly Kept[]).map((kept) => handleOf(kept, engine));
      return wanted.replace(handles, (collection, own) =>
        collection[collectionSymbol].persisted(own as readonly Kept[]),
      ) as A;
    },
  });
  return started.value;
}

/**
 * Drops what `persist` left with the engine now, not when nothing refers to the collections any more: memory is free at
 * once, or when the last run that uses it ends. Futures are released too. Collections that are data already are left as
 * they are.
 * @throws {ArgumentError} if one was not persisted, or is a promise of something that was
 * @example const [kept] = await persist(lazy); release(kept)
 */
export function release(...values: readonly unknown[]): void {
  for (const value of values) if (types.isPromise(value)) throw notAwaited(value);
  const { graph, keys } = new Wanted(values, {});
  replaceIn(values, (part) => {
    coreOf(part)?.release();
    return part;
  });
  for (const key of keys) {
    const value = graph.get(key);
    if (isKeptResult(value)) releaseHandle(value.kept);
    else if (!isData(value)) throw notPersisted(key);
  }
}

/** What `computeWith` gives for one collection. */
export async function computeOne<T>(collection: Collection<T>, options: ComputeOptions = {}): Promise<T> {
  return (await runOne(collection, options)).value;
}

/** What `persistWith` gives for one collection. */
export async function persistOne<C extends Collection<unknown>>(
  collection: C,
  options: ComputeOptions = {},
): Promise<C> {
  const [persisted] = await persistWith(options, collection);
  return persisted;
}

/** What `runWith` gives for one collection. */
export async function runOne<T>(collection: Collection<T>, options: ComputeOptions = {}): Promise<ComputeRun<T>> {
  const started = await startValues(options, [collection], first);
  const value = started.value.then((values) => first(values) as T);
  value.catch(() => undefined);
  return { ...started, value };
}

function first([value]: readonly unknown[]): unknown {
  return value;
}

/** True if there is nothing to compute: data, or results that are with the engine already. */
function isSettled(graph: Graph, keys: readonly Key[]): boolean {
  return keys.every((key) => isKeptResult(graph.get(key)) || isData(graph.get(key)));
}

function notAwaited(promise: unknown): ArgumentError {
  return new ArgumentError("release got a promise: write release(await persist(lazy))", { promise });
}

function notPersisted(key: Key): ArgumentError {
  return new ArgumentError(
    `release got ${formatKey(key)}, which was not persisted: give what persist returned; other results are never kept`,
    { key },
  );
}
