/**
 * What an encoded value is, in a word or two, without opening it.
 * @module
 */
import { isBlock } from "../memory/block.js";
import { type Encoded, isBytes } from "./value.js";

/** Tags of V8's serialization format (v8/src/objects/value-serializer.cc), behind its version. */
const kinds: ReadonlyMap<string, string> = new Map([
  ["o", "object"],
  ["A", "Array"],
  ["a", "Array"],
  [";", "Map"],
  ["'", "Set"],
  ["D", "Date"],
  ["R", "RegExp"],
  ["B", "ArrayBuffer"],
  // Node writes every view of a buffer as an object of its own (`v8.Serializer`).
  ["\\", "typed array"],
]);
/** place of the first tag: behind 0xFF and the version */
const TAG = 2;

/** `number`, `Array`, `NDArray float64 [2, 3]` …; `object` for whatever has no better word. */
export function kindOf(encoded: Encoded): string {
  if (encoded === null) return "null";
  if (typeof encoded !== "object") return typeof encoded;
  if (isBlock(encoded)) return `NDArray ${encoded.dtype} [${encoded.shape.join(", ")}]`;
  if (isBytes(encoded)) return kindOfBytes(encoded);
  return encoded.dagbook === "marked" ? kindOfBytes(encoded.bytes) : "object";
}

function kindOfBytes(bytes: Uint8Array): string {
  return kinds.get(String.fromCharCode(bytes[TAG])) ?? "object";
}
