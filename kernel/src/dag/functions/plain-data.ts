/**
 * Which values structured clone copies whole and faithfully.
 * @module
 */
import { types } from "node:util";

/** Under this symbol a lazy object keeps its protocol; the name is that of `dag/collection.ts`. */
const collectionSymbol = Symbol.for("dagbook.collection");

/** True for a lazy value: a delayed call, a chunked array. It stands for tasks, so it must not be copied. */
export function isLazy(value: object): boolean {
  return collectionSymbol in value;
}

/** True for an object written as `{…}` or made without a prototype, of any realm. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "hasOwnProperty");
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
export function isClonableBuiltin(value: object): boolean {
  if (Buffer.isBuffer(value) || !hasNativeClass(value)) return false;
  return (
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isNativeError(value) ||
    types.isBoxedPrimitive(value)
  );
}

/**
 * True if `root` and everything in it is data: one structured clone then copies it, cycles included.
 * Functions, symbols, class instances and lazy values anywhere inside make it false.
 */
export function isPlainData(root: object): boolean {
  const seen = new Set<object>();
  // An own stack, not recursion: captured data may be nested deeper than the call stack.
  const open: object[] = [root];
  const admit = (value: unknown): boolean => {
    if (typeof value === "function" || typeof value === "symbol") return false;
    if (typeof value === "object" && value !== null && !seen.has(value)) open.push(value);
    return true;
  };
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    seen.add(value);
    if (types.isProxy(value)) return false;
    if (isClonableBuiltin(value)) continue;
    if (types.isMap(value) && hasNativeClass(value)) {
      for (const [key, item] of value) if (!admit(key) || !admit(item)) return false;
    } else if (types.isSet(value) && hasNativeClass(value)) {
      for (const item of value) if (!admit(item)) return false;
    } else if (isPlainArray(value)) {
      for (const item of value) if (!admit(item)) return false;
    } else {
      if (types.isModuleNamespaceObject(value) || isLazy(value) || !isPlainObject(value)) return false;
      for (const key of Object.keys(value)) if (!admit(value[key as keyof typeof value])) return false;
    }
  }
  return true;
}
