/**
 * `delayed`: calls become tasks, values become lazy.
 * @module
 */
import { ArgumentError } from "../errors.js";
import { isClass } from "../kinds.js";
import {
  anyBoolean,
  anyNumber,
  anyString,
  checkedLater,
  checkOptions,
  type Expectations,
  wholeNumber,
} from "./check-options.js";
import { type Collection, functionSymbol, isCollection } from "./collection.js";
import type { Computed, LazyArguments, ParametersOf } from "./computed.js";
import { type Delayed, delayedResult } from "./delayed-result.js";
import { type Key, keyId } from "./graph/key.js";
import type { TaskOptions } from "./graph/packed.js";
import { type AnyFunction, type NamedOptions, Reference, Task } from "./graph/task.js";
import { largeNode } from "./large-data.js";
import { argumentOf, type LazyNode, newKey, withReferences } from "./lazy-node.js";
import { tokenize } from "./tokenize.js";

export type { Delayed } from "./delayed-result.js";

/** How `delayed` makes tasks. */
export interface DelayedOptions extends TaskOptions {
  /** name of the group of tasks; default: the name of the function */
  readonly name?: string;
  /** equal arguments give the same key, so the task runs once in a graph; default false */
  readonly pure?: boolean;
  /** number of parts of the result: makes it possible to destructure it */
  readonly nout?: number;
  /** false: arguments, or the value, are not searched for lazy results inside containers; default true */
  readonly traverse?: boolean;
  /** key of the task; default: the name and a number, or a hash of the arguments if `pure` */
  readonly key?: Key;
}

/** A function whose calls become tasks. */
export type DelayedFunction<F extends AnyFunction> = (
  ...args: LazyArguments<ParametersOf<F>>
) => Delayed<Awaited<ReturnType<F>>>;

/**
 * Makes a function or a value lazy. Calling a delayed function adds a task to a graph and runs nothing; its
 * arguments may be values, lazy results, or arrays, plain objects, Maps and Sets with lazy results inside.
 * A lazy object is returned as it is.
 *
 * With `pure`, calls with equal arguments have one key. Arguments are compared by structure and data,
 * functions and objects of classes by identity.
 * @throws {ArgumentError} if an option is unknown or makes no sense, or `fn` is a class
 * @example await delayed((a: number, b: number) => a + b)(1, 2).compute() // 3
 * @example const rows = delayed(readTable)("a.csv").rows; await rows.slice(0, 5).compute() // attributes and methods too
 */
export function delayed<C extends Collection<unknown>>(collection: C, options?: DelayedOptions): C;
export function delayed<F extends AnyFunction>(fn: F, options?: DelayedOptions): DelayedFunction<F>;
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
  traverse: anyBoolean,
  key: checkedLater,
  retries: wholeNumber(0),
  priority: anyNumber,
  memory: wholeNumber(0),
};

function delayedValue(value: unknown, options: DelayedOptions): Delayed<unknown> {
  const inputs: LazyNode[] = [];
  const entry = options.traverse === false ? value : withReferences(value, inputs);
  const title = options.name ?? "data";
  const key = options.key ?? (options.pure ? `${title}-${tokenize(entry)}` : newKey(title));
  return delayedResult({ node: { key, inputs, value: entry }, title, nout: options.nout });
}

function delayedFunction(fn: AnyFunction, options: DelayedOptions): (...args: readonly unknown[]) => Delayed<unknown> {
  if (isClass(fn)) {
    throw new ArgumentError(
      `delayed got class ${fn.name}, which cannot be called: give a function that makes plain data of new ${fn.name}(…)`,
    );
  }
  const name = options.name ?? (fn.name || "task");
  const taskOptions = taskOptionsOf(name, options);
  const { pure, nout, key, traverse = true } = options;
  if (key !== undefined) keyId(key);
  const told = { name, isTold: false };
  const call = (...args: readonly unknown[]) => {
    const inputs: LazyNode[] = [];
    const values: unknown[] = [];
    for (const arg of args) values.push(traverse || isCollection(arg) ? argumentOf(arg, inputs) : arg);
    const own = key ?? (pure ? `${name}-${tokenize([fn, values])}` : newKey(name));
    for (let i = 0; i < args.length; i++) {
      // What holds lazy results was copied, and is no data.
      const node = values[i] === args[i] ? largeNode(args[i], told) : undefined;
      if (node === undefined) continue;
      inputs.push(node);
      values[i] = new Reference(node.key);
    }
    const value = new Task(fn, values, taskOptions);
    return delayedResult({ node: { key: own, inputs, value }, title: name, nout });
  };
  Object.defineProperty(call, "name", { value: name });
  return Object.assign(call, { [functionSymbol]: fn });
}

function taskOptionsOf(name: string, { retries, priority, memory }: DelayedOptions): NamedOptions {
  return {
    name,
    ...(retries !== undefined && { retries }),
    ...(priority !== undefined && { priority }),
    ...(memory !== undefined && { memory }),
  };
}
