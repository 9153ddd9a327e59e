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

/** Number of the builtin that does the same as a function of this module. */
export const builtinOf: ReadonlyMap<AnyFunction, number> = new Map([[getitem, Builtin.getitem]]);
