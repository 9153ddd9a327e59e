/**
 * Structural equality of graph values: what makes two tasks with one key the same task.
 * @module
 */
import { types } from "node:util";
import { isReference, isTask } from "./task.js";
import { isPlainObject } from "./value.js";

/**
 * True if both values describe the same task or hold the same data. Functions and objects of classes are
 * equal only if they are one object. Works without recursion: chains may be nested 10,000 deep.
 */
export function equalValues(left: unknown, right: unknown): boolean {
  const stack: unknown[] = [left, right];
  const compared = new Map<unknown, unknown>();
  while (stack.length > 0) {
    const b = stack.pop();
    const a = stack.pop();
    if (Object.is(a, b) || (typeof a === "object" && a !== null && compared.get(a) === b)) continue;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    compared.set(a, b);
    const parts = partsOfBoth(a, b);
    if (parts === undefined) return false;
    // Not spread: there may be more parts than a call has room for.
    for (const part of parts) stack.push(part);
  }
  return true;
}

/** Pairs that must be equal for `a` and `b` to be equal, or undefined if they differ already. */
function partsOfBoth(a: object, b: object): unknown[] | undefined {
  if (isReference(a)) return isReference(b) && a.id === b.id ? [] : undefined;
  if (isTask(a)) {
    if (!isTask(b) || a.fn !== b.fn) return undefined;
    return [a.args, b.args, { ...a.options }, { ...b.options }];
  }
  if (Array.isArray(a)) return Array.isArray(b) ? pairs(a, b) : undefined;
  if (types.isMap(a)) return types.isMap(b) ? pairs([...a].flat(), [...b].flat()) : undefined;
  if (types.isSet(a)) return types.isSet(b) ? pairs([...a], [...b]) : undefined;
  if (!isPlainObject(a) || !isPlainObject(b)) return undefined;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length || !names.every((name) => Object.hasOwn(b, name))) return undefined;
  return names.flatMap((name) => [a[name], b[name]]);
}

function pairs(a: readonly unknown[], b: readonly unknown[]): unknown[] | undefined {
  if (a.length !== b.length) return undefined;
  return a.flatMap((item, i) => [item, b[i]]);
}
