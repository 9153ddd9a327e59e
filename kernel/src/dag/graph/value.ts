/**
 * Kinds of values in a graph. Only arrays, plain objects, Maps and Sets are looked into for references.
 * @module
 */
import { types } from "node:util";

/** True for `{}` and objects without a prototype, also of another realm (a cell's). */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"));
}

/** True for values that may hold references: arrays, plain objects, Maps, Sets. */
export function isContainer(value: object): boolean {
  return Array.isArray(value) || types.isMap(value) || types.isSet(value) || isPlainObject(value);
}
