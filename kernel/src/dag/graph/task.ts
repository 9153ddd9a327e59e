/**
 * What a graph is made of: calls that have not happened and references to results.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { checkKey, type Key, keyId } from "./key.js";
import type { Kept, TaskOptions } from "./packed.js";

/** Any function; a task does not look at its parameters. */
export type AnyFunction = (...args: never[]) => unknown;

/** Options of a task and the name of the group it belongs to. */
export interface NamedOptions extends TaskOptions {
  /** shown by the view; tasks of one name form one group. Default: the name of the function. */
  readonly name?: string;
  /**
   * nanoseconds that a function of this package takes at most, about, which neither waits nor reads files; missing if
   * nobody knows. Engines may run what is short on their own thread.
   */
  readonly work?: number;
}

// Marks on prototypes, not `instanceof`: a notebook may load a second copy of this package.
const taskMark = Symbol.for("dagbook.task");
const referenceMark = Symbol.for("dagbook.reference");
const keptMark = Symbol.for("dagbook.kept");

/** A call that has not happened. Its arguments may hold references and other tasks at any depth. */
export class Task {
  readonly fn: AnyFunction;
  readonly args: readonly unknown[];
  readonly options: NamedOptions | undefined;
  constructor(fn: AnyFunction, args: readonly unknown[], options?: NamedOptions) {
    this.fn = fn;
    this.args = args;
    this.options = options;
  }
  get [taskMark](): true {
    return true;
  }
}

/** Stands for the result of a key. */
export class Reference {
  readonly key: Key;
  /** @throws {KeyError} if the key is not valid */
  constructor(key: Key) {
    checkKey(key);
    this.key = key;
  }
  /** `keyId` of the key */
  get id(): string {
    return keyId(this.key);
  }
  get [referenceMark](): true {
    return true;
  }
}

/** Stands for a result that an earlier `persist` left with the engine, or that a future will (see `Graph.awaited`). */
export class KeptResult {
  kept: Kept;
  constructor(kept: Kept) {
    this.kept = kept;
  }
  get [keptMark](): true {
    return true;
  }
}

/**
 * A task: the call `fn(...args)`, to be run by `get`. References inside arrays, plain objects, Maps and
 * Sets among the arguments become results; a task among them runs first, as part of this one. One task
 * object that appears twice inside another runs once.
 * @throws {ArgumentError} if `fn` is not a function
 * @example task(add, ref("x"), 10)
 */
export function task(fn: AnyFunction, ...args: readonly unknown[]): Task {
  if (typeof fn !== "function") {
    throw new ArgumentError(`task() needs a function first and got ${typeof fn}: write task(fn, ...args)`, { fn });
  }
  return new Task(fn, args);
}

/**
 * The result of another key of the same graph. Only `ref` refers: a string that equals a key stays a string.
 * @throws {KeyError} if `key` is not a valid key
 * @example await get({ x: 1, y: task(Math.max, ref("x"), 2) }, "y") // 2
 */
export function ref(key: Key): Reference {
  return new Reference(key);
}

/** True for what `task` returns. */
export function isTask(value: unknown): value is Task {
  return typeof value === "object" && value !== null && taskMark in value;
}

/** True for what `ref` returns. */
export function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && referenceMark in value;
}

/** True for a result kept by the engine. */
export function isKeptResult(value: unknown): value is KeptResult {
  return typeof value === "object" && value !== null && keptMark in value;
}
