/**
 * `submit` and `map`: calls that start at once.
 * @module
 */

import { ArgumentError, GraphError } from "../../errors.js";
import { isClass } from "../../kinds.js";
import { valueText } from "../check-options.js";
import { functionSymbol, isCollection } from "../collection.js";
import { context } from "../context.js";
import { engineOf } from "../engine-choice.js";
import { formatKey, type Key, keyId } from "../graph/key.js";
import { type AnyFunction, type NamedOptions, Task } from "../graph/task.js";
import { isPlainObject } from "../graph/value.js";
import { argumentOf, type LazyNode, newKey } from "../lazy-node.js";
import { tokenize } from "../tokenize.js";
import type { CallArguments, Iterables } from "./call-arguments.js";
import { Future } from "./future.js";
import { endingBy, FutureCore } from "./future-core.js";
import { futuresAmong } from "./future-inputs.js";
import { enqueue } from "./future-queue.js";
import { KnownFutures } from "./known-futures.js";
import type { RunGroup } from "./run-group.js";
import { checkMapOptions, checkSubmitOptions, type MapOptions, type SubmitOptions } from "./submit-options.js";

/**
 * Runs `fn(...args)` on a worker, from the end of this turn of the event loop on, and gives a future of its result.
 * Arguments may be futures and other lazy objects, also inside arrays, plain objects, Maps and Sets; the call waits for
 * them. They are read when the call starts: do not change them in the same turn. The call goes on if nobody holds the
 * future; `future.cancel()` stops it.
 * @throws {ArgumentError} if `fn` cannot be called
 * @example const total = submit(add, submit(inc, 1), 2); await total.result() // 4
 */
export function submit<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  ...args: CallArguments<A>
): Future<Awaited<R>> {
  return submitWith({}, fn, ...args);
}

/**
 * `submit` with options.
 * @throws {ArgumentError} if an option is unknown or is not what it must be, or `fn` cannot be called
 * @throws {GraphError} if a future with the same key is another call
 * @example submitWith({ priority: 10, retries: 2 }, load, "a.csv")
 */
export function submitWith<A extends readonly unknown[], R>(
  options: SubmitOptions,
  fn: (...args: A) => R,
  ...args: CallArguments<A>
): Future<Awaited<R>> {
  checkSubmitOptions(options);
  return new Submitter(fn as AnyFunction, options, "submit").submit(args) as Future<Awaited<R>>;
}

/**
 * Submits `fn` once for each set of arguments: the first ones of all iterables, the second ones … up to the end of the
 * shortest, as Python's `map`.
 * @throws {ArgumentError} if `fn` cannot be called, or no iterable is given
 * @example await gather(map((x: number, y: number) => x + y, [1, 2], [10, 20])) // [11, 22]
 */
export function map<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  ...iterables: Iterables<A>
): Future<Awaited<R>>[] {
  return mapWith({}, fn, ...iterables);
}

/**
 * `map` with options.
 * @throws {ArgumentError} if an option is unknown or is not what it must be; else as `map`
 * @example mapWith({ priority: -1, workers: 2 }, resize, files)
 */
export function mapWith<A extends readonly unknown[], R>(
  options: MapOptions,
  fn: (...args: A) => R,
  ...iterables: Iterables<A>
): Future<Awaited<R>>[] {
  checkMapOptions(options);
  const submitter = new Submitter(fn as AnyFunction, options, "map");
  return Array.from(together(iterables), (args) => submitter.submit(args) as Future<Awaited<R>>);
}

/** Submits calls of one function. */
class Submitter {
  readonly #fn: AnyFunction;
  readonly #name: string;
  readonly #options: SubmitOptions;
  readonly #taskOptions: NamedOptions;
  readonly #group: RunGroup;

  constructor(fn: AnyFunction, options: SubmitOptions, verb: string) {
    this.#fn = callable(fn, verb);
    this.#name = options.name ?? (this.#fn.name || "task");
    this.#options = options;
    this.#taskOptions = taskOptionsOf(this.#name, options);
    const { engine, workers, progress = true, title } = options;
    this.#group = { engine, workers, progress, title, cell: context.cell(), verb };
  }

  submit(args: readonly unknown[]): Future<unknown> {
    const { key, pure, signal } = this.#options;
    const nodes: LazyNode[] = [];
    const values = args.map((arg) => argumentOf(arg, nodes));
    if (key === undefined && !pure) return this.#start(newKey(this.#name), values, nodes, signal);
    const token = tokenize([this.#fn, values]);
    const own = key ?? `${this.#name}-${token}`;
    const futures = KnownFutures.of(engineOf(this.#group.engine));
    const known = futures.get(keyId(own));
    if (known !== undefined && known.token !== token) throw collision(own);
    if (known !== undefined) return known.future;
    const future = this.#start(own, values, nodes, signal);
    futures.add(keyId(own), future, token);
    return future;
  }

  #start(key: Key, args: readonly unknown[], nodes: readonly LazyNode[], signal?: AbortSignal): Future<unknown> {
    const node = { key, inputs: nodes, value: new Task(this.#fn, args, this.#taskOptions) };
    const inputs = futuresAmong(nodes);
    const released = inputs.find(({ isReleased, failure }) => isReleased && failure !== undefined)?.failure;
    const core = new FutureCore({ key, name: this.#name, node, inputs, group: this.#group });
    if (signal !== undefined) cancelBy(signal, core);
    // Its result is gone, even if this call needs it now.
    if (released !== undefined) core.end(endingBy(released));
    else enqueue(core);
    return new Future(core);
  }
}

function cancelBy(signal: AbortSignal, core: FutureCore): void {
  const stop = () => core.cancel(String(signal.reason));
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  core.whenEnded(() => signal.removeEventListener("abort", stop));
}

function callable(fn: AnyFunction, verb: string): AnyFunction {
  if (typeof fn !== "function" || isCollection(fn)) throw noFunction(fn, verb);
  if (functionSymbol in fn) return fn[functionSymbol] as AnyFunction;
  if (!isClass(fn)) return fn;
  throw new ArgumentError(
    `${verb}() got class ${fn.name}, which cannot be called: give a function that makes plain data of new ${fn.name}(…)`,
  );
}

function noFunction(value: unknown, verb: string): ArgumentError {
  const args = verb === "map" ? "[1, 2, 3]" : "1";
  const withOptions = isPlainObject(value) ? `, or ${verb}With({ … }, fn, ${args}) with options` : "";
  return new ArgumentError(
    `${verb}() needs a function first and got ${valueText(value)}: write ${verb}(fn, ${args}), which calls fn on a worker${withOptions}`,
    { value },
  );
}

function taskOptionsOf(name: string, { retries, priority, memory }: SubmitOptions): NamedOptions {
  return {
    name,
    ...(retries !== undefined && { retries }),
    ...(priority !== undefined && { priority }),
    ...(memory !== undefined && { memory }),
  };
}

function* together(iterables: readonly Iterable<unknown>[]): Generator<readonly unknown[]> {
  if (iterables.length === 0) throw new ArgumentError("map() needs an iterable for each parameter: map(fn, [1, 2, 3])");
  const iterators: Iterator<unknown>[] = [];
  for (const iterable of iterables) {
    if (typeof iterable !== "string" && typeof iterable?.[Symbol.iterator] !== "function") {
      const cure = isCollection(iterable) ? "map(fn, await future.result())" : "map(fn, [1, 2, 3])";
      throw new ArgumentError(`map() needs iterables and got ${valueText(iterable)}: write ${cure}`, { iterable });
    }
    iterators.push(iterable[Symbol.iterator]());
  }
  try {
    for (;;) {
      const args: unknown[] = [];
      for (const iterator of iterators) {
        const next = iterator.next();
        if (next.done) return;
        args.push(next.value);
      }
      yield args;
    }
  } finally {
    for (const iterator of iterators) iterator.return?.();
  }
}

function collision(key: Key): GraphError {
  const name = formatKey(key);
  return new GraphError(`two different calls have the key "${name}": give one another key, or release its future`, {
    key,
  });
}
