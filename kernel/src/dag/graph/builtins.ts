/**
 * Functions that every worker has: tasks of these travel as a number (see packed.ts).
 * @module
 */
import { Builtin } from "./packed.js";
import type { AnyFunction } from "./task.js";

/** `value[property]`, as the function of a task. */
export function getitem(value: Readonly<Record<PropertyKey, unknown>>, property: PropertyKey): unknown {
  return value[property];
}

/** `value[name](...args)`, as the function of a task. */
export function callMethod(value: Readonly<Record<PropertyKey, AnyFunction>>, name: PropertyKey, ...args: never[]) {
  return value[name](...args);
}

/** `fn(...args)` for the result of another task, as the function of a task. */
export function callResult(fn: AnyFunction, ...args: never[]): unknown {
  return fn(...args);
}

/** Number of the builtin that does the same as a function of this module. */
export const builtinOf: ReadonlyMap<AnyFunction, number> = new Map<AnyFunction, number>([
  [getitem, Builtin.getitem],
  [callMethod, Builtin.method],
  [callResult, Builtin.apply],
]);
