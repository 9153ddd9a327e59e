/**
 * Which values structured clone copies whole and faithfully.
 * @module
 */
import { Buffer } from "node:buffer";
import { types } from "node:util";
import { hasPlainPrototype, isBuiltinData, isObject } from "../../kinds.js";
import { collectionSymbol } from "../../symbols.js";

/** True for a lazy value: a delayed call, a chunked array. It stands for tasks, so it must not be copied. */
export function isLazy(value: object): boolean {
  return collectionSymbol in value;
}

/** True for an array of no class of its own. */
export function isPlainArray(value: object): value is readonly unknown[] {
  return Array.isArray(value) && Array.isArray(Object.getPrototypeOf(value));
}

/** True if the class of `value` is built in: a copy of a `class Table extends Map` would be a mere Map. */
export function hasNativeClass(value: object): boolean {
  const owner: unknown = Object.getPrototypeOf(value)?.constructor;
  return typeof owner === "function" && isNative(owner);
}

/** True for a function without JavaScript source: built in or bound. */
export function isNative(fn: object): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn));
}

/** True for a single built-in object whose copy by structured clone is as good as itself. */
function isClonableBuiltin(value: object): boolean {
  return isBuiltinData(value) && hasNativeClass(value) && !Buffer.isBuffer(value);
}

/** What a value of a kind that structured clone copies whole holds; undefined for all other values. */
function partsOf(value: object): readonly unknown[] | undefined {
  if (types.isProxy(value)) return undefined;
  if (isClonableBuiltin(value)) return [];
  if (types.isMap(value) && hasNativeClass(value)) return [...value].flat();
  if (types.isSet(value) && hasNativeClass(value)) return [...value];
  if (isPlainArray(value)) return value;
  if (types.isModuleNamespaceObject(value) || isLazy(value) || !hasPlainPrototype(value)) return undefined;
  return Object.values(value);
}

/**
 * True if `root` and everything in it is data: one structured clone then copies it, cycles included.
 * Functions, symbols, class instances and lazy values anywhere inside make it false.
 */
export function isPlainData(root: object): boolean {
  // An own stack, not recursion: captured data may be nested deeper than the call stack.
  const open: object[] = [root];
  const seen = new Set<object>(open);
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const parts = partsOf(value);
    if (parts === undefined) return false;
    for (const part of parts) {
      if (typeof part === "function" || typeof part === "symbol") return false;
      if (!isObject(part) || seen.has(part)) continue;
      seen.add(part);
      open.push(part);
    }
  }
  return true;
}
