/**
 * What kind of value something is, by tests that hold in every realm: `instanceof` fails for what comes
 * from a cell or from jest.
 * @module
 */
import { types } from "node:util";

/** True for whatever has an identity: objects and functions. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** True for a function written as `class`, which cannot be called without `new`. */
export function isClass(fn: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(fn));
}

/** True for an object written as `{…}` or made without a prototype. */
export function hasPlainPrototype(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  return isObject(prototype) && Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

/** True for built-in objects that hold no other values and that structured clone copies: bytes, dates, errors … */
export function isBuiltinData(value: object): boolean {
  return (
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    types.isNativeError(value)
  );
}
