/**
 * Kinds of values in a graph. Only arrays, plain objects, Maps and Sets are looked into for references.
 * @module
 */
import { types } from "node:util";
import { hasPlainPrototype } from "../../kinds.js";
import { isKeptResult, isReference, isTask } from "./task.js";

/**
 * True for `{}` and objects without a prototype, also of another realm (a cell's). An object with symbols
 * follows some protocol (a collection does) and is no plain data.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || !hasPlainPrototype(value)) return false;
  return Object.getOwnPropertySymbols(value).length === 0;
}

/** A value that may hold references. */
export type Container =
  | readonly unknown[]
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | Record<string, unknown>;

/** True for arrays, plain objects, Maps and Sets. */
export function isContainer(value: object): value is Container {
  return Array.isArray(value) || types.isMap(value) || types.isSet(value) || isPlainObject(value);
}

/** What a container holds: items, keys and values in turn for a Map, values of an object. */
export function itemsOf(container: Container): readonly unknown[] {
  if (Array.isArray(container)) return container;
  if (types.isMap(container)) return [...container].flat(1);
  if (types.isSet(container)) return [...container];
  return Object.values(container);
}

/** True if the value is data: no reference, task or kept result in it at any depth. */
export function isData(value: unknown): boolean {
  if (isTask(value)) return false;
  const stack = [value];
  const seen = new Set<unknown>();
  while (stack.length > 0) {
    const part = stack.pop();
    if (typeof part !== "object" || part === null) continue;
    if (isReference(part) || isTask(part) || isKeptResult(part)) return false;
    if (seen.has(part) || !isContainer(part)) continue;
    seen.add(part);
    for (const item of itemsOf(part)) stack.push(item);
  }
  return true;
}

/** Names of the values that `itemsOf` gives for a plain object. */
export function namesOf(container: Container): readonly string[] {
  return Object.keys(container);
}
