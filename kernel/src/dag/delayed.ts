/**
 * `delayed`: calls become tasks, values become lazy.
 * @module
 */
import { ArgumentError } from "../errors.js";
import { isClass } from "../kinds.js";
import { displaySymbol, inspectSymbol } from "../symbols.js";
import {
  anyBoolean,
  anyNumber,
  anyString,
  checkedLater,
  checkOptions,
  type Expectations,
  wholeNumber,
} from "./check-options.js";
import {
  type Collection,
  type CollectionProtocol,
  collectionSymbol,
  functionSymbol,
  isCollection,
} from "./collection.js";
import { computeOne, persistOne, runOne } from "./compute.js";
import type { ComputeOptions, ComputeRun } from "./compute-options.js";
import type { Computed, LazyArguments } from "./computed.js";
import { exposeBlocks } from "./engine/value.js";
import { getitem } from "./graph/builtins.js";
import { formatKey, type Key, keyId } from "./graph/key.js";
import type { Kept, TaskOptions } from "./graph/packed.js";
import { type AnyFunction, KeptResult, type NamedOptions, Reference, Task } from "./graph/task.js";
import type { GraphPicture } from "./graph-picture.js";
import { addNode, type LazyNode, newKey, nodeSymbol, withReferences } from "./lazy-node.js";
import { tokenize } from "./tokenize.js";
import { type VisualizeOptions, visualizeWith } from "./visualize.js";

/** How `delayed` makes tasks. */
export interface DelayedOptions extends TaskOptions {
  /** name of the group of tasks; default: the name of the function */
  readonly name?: string;
  /** equal arguments give the same key, so the task runs once in a graph; default false */
  readonly pure?: boolean;
  /** number of parts of the result: makes it possible to destructure it */
  readonly nout?: number;
  /** key of the task; default: the name and a number, or a hash of the arguments if `pure` */
  readonly key?: Key;
}

/** A function whose calls become tasks. */
export type DelayedFunction<F extends AnyFunction> = (
  ...args: LazyArguments<Parameters<F>>
) => Delayed<Awaited<ReturnType<F>>>;

const DECLARE_NOUT = "declare the number of parts: delayed(fn, { nout: 2 })";

/** A result that has not been computed. It refers to what it needs; nothing runs until it is computed. */
export class Delayed<T> implements Collection<T> {
  readonly #node: LazyNode;
  readonly #title: string;
  readonly #nout: number | undefined;

  constructor(node: LazyNode, title: string, nout?: number) {
    this.#node = node;
    this.#title = title;
    this.#nout = nout;
  }

  /** Key of the task that makes the result. */
  get key(): Key {
    return this.#node.key;
  }

  get [nodeSymbol](): LazyNode {
    return this.#node;
  }

  /**
   * The result.
   * @throws {TaskError} if a task threw; its `cause` is the task's own error
   * @throws {CancelledError} if `options.signal` was aborted or the run was stopped
   */
  compute(options?: ComputeOptions): Promise<T> {
    return computeOne<T>(this, options);
  }

  /** The same lazy result, computed: the value stays with the engine, what needs it finds it there. */
  persist(options?: ComputeOptions): Promise<Delayed<T>> {
    return persistOne<Delayed<T>>(this, options);
  }

  /** Starts to compute the result and gives the run: its events, `cancel`, and the result as `value`. */
  run(options?: ComputeOptions): Promise<ComputeRun<T>> {
    return runOne<T>(this, options);
  }

  /** A picture of the graph; nothing runs. `{ optimize: true }` shows it as it would run. */
  visualize(options: VisualizeOptions = {}): GraphPicture {
    return visualizeWith(options, this);
  }

  /** A lazy result in a cell shows its graph. */
  [displaySymbol](): Readonly<Record<string, unknown>> {
    return this.visualize()[displaySymbol]();
  }

  get [collectionSymbol](): CollectionProtocol<T> {
    const node = this.#node;
    const addAsValue: CollectionProtocol<T>["addAsValue"] = (graph) => {
      addNode(graph, node);
      return node.key;
    };
    return {
      title: this.#title,
      addTo: (graph) => [addAsValue(graph)],
      addAsValue,
      finalize: ([result]) => exposeBlocks(result, true) as T,
      persisted: ([kept]: readonly Kept[]) =>
        new Delayed<T>({ key: node.key, inputs: [], value: new KeptResult(kept) }, this.#title, this.#nout),
    };
  }

  /**
   * Number of parts, as declared by `nout`.
   * @throws {ArgumentError} without `nout`
   */
  get length(): number {
    if (this.#nout === undefined) throw this.#misuse(`its length is not known; ${DECLARE_NOUT}`);
    return this.#nout;
  }

  /**
   * The parts, each a task that takes one.
   * @throws {ArgumentError} without `nout`
   */
  *[Symbol.iterator](): Generator<Delayed<T extends readonly (infer I)[] ? I : unknown>> {
    if (this.#nout === undefined) throw this.#misuse(`it cannot be taken apart; ${DECLARE_NOUT}`);
    for (let i = 0; i < this.#nout; i++) {
      const value = new Task(getitem, [new Reference(this.key), i], { name: "getitem" });
      yield new Delayed({ key: [this.key, "item", i], inputs: [this.#node], value }, this.#title);
    }
  }

  /**
   * Text of the lazy result, for `${…}`.
   * @throws {ArgumentError} for arithmetic and comparison: the value is not known yet
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw this.#misuse("its value is not known yet; do it inside a delayed function, or await .compute() first");
  }

  /** In a list that is printed. */
  [inspectSymbol](): string {
    return this.toString();
  }

  toString(): string {
    return `Delayed(${formatKey(this.key)})`;
  }

  #misuse(problem: string): ArgumentError {
    return new ArgumentError(`${this.toString()} is lazy: ${problem}`, { key: this.key });
  }
}

/**
 * Makes a function or a value lazy. Calling a delayed function adds a task to a graph and runs nothing; its
 * arguments may be values, lazy results, or arrays, plain objects, Maps and Sets with lazy results inside.
 * A lazy object is returned as it is.
 *
 * With `pure`, calls with equal arguments have one key. Arguments are compared by structure and data,
 * functions and objects of classes by identity.
 * @throws {ArgumentError} if an option is unknown or makes no sense, or `fn` is a class
 * @example await delayed((a: number, b: number) => a + b)(1, 2).compute() // 3
 */
export function delayed<F extends AnyFunction>(fn: F, options?: DelayedOptions): DelayedFunction<F>;
export function delayed<C extends Collection<unknown>>(collection: C, options?: DelayedOptions): C;
export function delayed<T>(value: T, options?: DelayedOptions): Delayed<Computed<T>>;
export function delayed(value: unknown, options: DelayedOptions = {}): unknown {
  checkOptions("delayed", options, expectations);
  if (isCollection(value)) return value;
  if (typeof value !== "function") return delayedValue(value, options);
  if (functionSymbol in value) return value;
  return delayedFunction(value as AnyFunction, options);
}

const expectations: Expectations<DelayedOptions> = {
  name: anyString,
  pure: anyBoolean,
  nout: wholeNumber(0),
  key: checkedLater,
  retries: wholeNumber(0),
  priority: anyNumber,
  memory: wholeNumber(0),
};

function delayedValue(value: unknown, options: DelayedOptions): Delayed<unknown> {
  const inputs: LazyNode[] = [];
  const entry = withReferences(value, inputs);
  const title = options.name ?? "data";
  const key = options.key ?? (options.pure ? `${title}-${tokenize(entry)}` : newKey(title));
  return new Delayed({ key, inputs, value: entry }, title, options.nout);
}

function delayedFunction(fn: AnyFunction, options: DelayedOptions): (...args: readonly unknown[]) => Delayed<unknown> {
  if (isClass(fn)) {
    throw new ArgumentError(
      `delayed got class ${fn.name}, which cannot be called: give a function that makes plain data of new ${fn.name}(…)`,
    );
  }
  const name = options.name ?? (fn.name || "task");
  const taskOptions = taskOptionsOf(name, options);
  const { pure, nout, key } = options;
  if (key !== undefined) keyId(key);
  const call = (...args: readonly unknown[]) => {
    const inputs: LazyNode[] = [];
    const values: unknown[] = [];
    for (const arg of args) values.push(argumentOf(arg, inputs));
    const value = new Task(fn, values, taskOptions);
    const own = key ?? (pure ? `${name}-${tokenize([fn, values])}` : newKey(name));
    return new Delayed({ key: own, inputs, value }, name, nout);
  };
  Object.defineProperty(call, "name", { value: name });
  return Object.assign(call, { [functionSymbol]: fn });
}

/** An argument as it stands in a task; a delayed function stands for the function itself. */
function argumentOf(arg: unknown, inputs: LazyNode[]): unknown {
  if (typeof arg === "object" && arg !== null) return withReferences(arg, inputs);
  if (typeof arg === "function" && functionSymbol in arg) return arg[functionSymbol];
  return arg;
}

function taskOptionsOf(name: string, { retries, priority, memory }: DelayedOptions): NamedOptions {
  return {
    name,
    ...(retries !== undefined && { retries }),
    ...(priority !== undefined && { priority }),
    ...(memory !== undefined && { memory }),
  };
}
