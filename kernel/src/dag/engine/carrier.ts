/**
 * Which objects cross threads without loss, and how.
 * @module
 */
import { types } from "node:util";
import { structuredClone } from "../../kept-globals.js";
import { collectionSymbol } from "../../symbols.js";
import { isPlainObject } from "../graph/value.js";
import { isError } from "./error-data.js";

/**
 * `serialize`: v8.serialize carries it; `clone`: only structured clone does; `mark`: an error, which both would
 * rob of its fields; `none`: it would arrive as less than it is.
 */
export type Carrier = "serialize" | "clone" | "mark" | "none";

/**
 * How an object travels, without looking inside. Both ways turn an instance of a class into a plain object
 * of its public fields without a word; only subclasses of built-in containers and errors keep their data
 * (as the built-in class).
 */
export function carrierOf(value: object): Carrier {
  if (collectionSymbol in value) return "none";
  if (Array.isArray(value) || isPlainObject(value) || isBuiltIn(value)) return "serialize";
  if (isError(value)) return "mark";
  const prototype: unknown = Object.getPrototypeOf(value);
  // Symbols as names are left behind, as everywhere in structured clone.
  if (prototype === null || prototype === Object.prototype) return "serialize";
  return isCloned(value, prototype) ? "clone" : "none";
}

function isBuiltIn(value: object): boolean {
  return (
    types.isMap(value) ||
    types.isSet(value) ||
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    // What cannot be copied at all is refused by name later.
    types.isPromise(value) ||
    types.isGeneratorObject(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isProxy(value)
  );
}

/** True for what the platform can clone: a Blob, a WebAssembly.Module, a key. */
function isCloned(value: object, prototype: unknown): boolean {
  try {
    return Object.getPrototypeOf(structuredClone(value)) === prototype;
  } catch {
    return false;
  }
}
