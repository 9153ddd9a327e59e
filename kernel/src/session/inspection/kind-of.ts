import { types } from "node:util";
import { clipped } from "../../clipped.js";
import { withoutProxy } from "../../dag/lazy-proxy.js";
import { formatBytes } from "../../format-bytes.js";
import { descriptorOf, holdersOf, propertyOf } from "./quiet-read.js";
import { wordFor } from "./word-for.js";

const MAX_NAME = 100;

/** Name of the class of an object; "Object" for what has none. */
export function classNameOf(value: object): string {
  const maker = propertyOf(value, "constructor")?.value;
  const name = typeof maker === "function" ? propertyOf(maker, "name")?.value : undefined;
  return typeof name === "string" && name !== "" ? clipped(name, MAX_NAME) : "Object";
}

/**
 * What a value is, in a few words.
 * @example kindOf([1, 2]) // "Array of 2 items"
 */
export function kindOf(found: unknown): string {
  const value = withoutProxy(found);
  if (typeof value === "string") return `string of ${counted(value.length, "character")}`;
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function") return types.isProxy(value) ? "Proxy of a function" : kindOfFunction(value);
  if (typeof value !== "object") return typeof value;
  if (types.isProxy(value)) return "Proxy";
  if (types.isModuleNamespaceObject(value)) return "module";
  return kindOfObject(value);
}

function kindOfFunction(fn: object): string {
  if (wordFor(fn) === "function") return `${types.isAsyncFunction(fn) ? "async " : ""}function`;
  const [, parent] = holdersOf(fn);
  const name = typeof parent === "function" ? propertyOf(parent, "name")?.value : undefined;
  return typeof name === "string" && name !== "" ? `class, extends ${clipped(name, MAX_NAME)}` : "class";
}

function kindOfObject(value: object): string {
  const name = classNameOf(value);
  const size = sizeOf(value);
  if (types.isTypedArray(value)) {
    const bytes = Reflect.apply(byteLengthOfView, value, []);
    return `${name} of ${counted(size!, "element")}, ${formatBytes(bytes)}`;
  }
  if (types.isAnyArrayBuffer(value)) return `${name} of ${formatBytes(bytesOf(value))}`;
  if (size !== undefined) return `${name} of ${counted(size, types.isMap(value) ? "entry" : "item")}`;
  return name;
}

function counted(count: number, word: string): string {
  const many = word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? word : many}`;
}

// A class may put a getter of its own in the place of these.
const sizeOfMap = getter(Map.prototype, "size");
const sizeOfSet = getter(Set.prototype, "size");
const view: object = Object.getPrototypeOf(Uint8Array.prototype);
const lengthOfView = getter(view, "length");
const byteLengthOfView = getter(view, "byteLength");
const lengthOfBuffer = getter(ArrayBuffer.prototype, "byteLength");
const lengthOfShared = getter(SharedArrayBuffer.prototype, "byteLength");

/** Number of items of a list, a Map, a Set or a typed array; nothing for other objects. */
export function sizeOf(value: object): number | undefined {
  if (Array.isArray(value)) return descriptorOf(value, "length")?.value;
  if (types.isMap(value)) return Reflect.apply(sizeOfMap, value, []);
  if (types.isSet(value)) return Reflect.apply(sizeOfSet, value, []);
  return types.isTypedArray(value) ? Reflect.apply(lengthOfView, value, []) : undefined;
}

function bytesOf(buffer: object): number {
  return Reflect.apply(types.isSharedArrayBuffer(buffer) ? lengthOfShared : lengthOfBuffer, buffer, []);
}

function getter(holder: object, name: string): () => number {
  return descriptorOf(holder, name)!.get!;
}
