/**
 * Values in a few characters, for messages: small ones as they are written, large ones by type and size.
 * @module
 */
import { types } from "node:util";
import { isBlock } from "../memory/block.js";
import { isNDArray } from "./array-value.js";
import { isError, messageOf } from "./error-data.js";

/** longest text of one value */
const maxText = 80;
/** containers with more items show their size only */
const maxItems = 8;
/** containers inside containers show so many levels */
const maxDepth = 2;
/** arguments of a call that are shown */
const maxArguments = 8;

/** Every argument of a call, each in at most 80 characters; only the first eight of many. */
export function previewArguments(args: readonly unknown[]): readonly string[] {
  const shown = args.slice(0, maxArguments).map(preview);
  return args.length > maxArguments ? [...shown, `… ${args.length - maxArguments} more`] : shown;
}

/**
 * At most 80 characters that tell what the value is.
 * @example preview({ n: 1, text: "a" }) // '{n: 1, text: "a"}'
 * @example preview(new Float64Array(1000)) // "Float64Array(1000)"
 */
export function preview(value: unknown): string {
  try {
    return cut(textOf(value, maxDepth));
  } catch {
    // A proxy, a getter that throws: what is shown must not hide the error that is told.
    return typeof value;
  }
}

function textOf(value: unknown, depth: number): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (isBlock(value) || isNDArray(value)) return `${value.dtype}[${value.shape.join(", ")}]`;
  if (isError(value)) return `${value.name}: ${messageOf(value)}`;
  if (types.isDate(value)) return value.toISOString();
  if (types.isRegExp(value)) return String(value);
  if (Array.isArray(value)) return listText(value, depth);
  const size = sizeOf(value);
  const name = value.constructor?.name ?? "Object";
  return size === undefined ? objectText(value, name, depth) : `${name}(${size})`;
}

function quoted(text: string): string {
  const whole = text.length <= maxText ? JSON.stringify(text) : "";
  if (whole !== "" && whole.length <= maxText) return whole;
  return `${JSON.stringify(text.slice(0, maxText / 2))}… (${text.length} characters)`;
}

function listText(list: readonly unknown[], depth: number): string {
  const short = `Array(${list.length})`;
  if (list.length > maxItems || depth === 0) return short;
  const text = `[${list.map((item) => textOf(item, depth - 1)).join(", ")}]`;
  return text.length <= maxText ? text : short;
}

function objectText(value: object, className: string, depth: number): string {
  const names: string[] = [];
  for (const name in value) if (names.push(name) > maxItems) break;
  const isShort = names.length <= maxItems;
  const prefix = className === "Object" ? "" : `${className} `;
  const short = `${prefix}{${names.slice(0, maxItems).join(", ")}${isShort ? "" : ", …"}}`;
  if (!isShort || depth === 0) return short;
  const parts = names.map((name) => `${name}: ${textOf(Reflect.get(value, name), depth - 1)}`);
  const text = `${prefix}{${parts.join(", ")}}`;
  return text.length <= maxText ? text : short;
}

/** Items or bytes of a Map, a Set, a typed array, a buffer. */
function sizeOf(value: object): number | undefined {
  if (types.isTypedArray(value)) return value.length;
  if (types.isAnyArrayBuffer(value) || types.isDataView(value)) return value.byteLength;
  return types.isMap(value) || types.isSet(value) ? value.size : undefined;
}

function cut(text: string): string {
  return text.length <= maxText ? text : `${text.slice(0, maxText - 1)}…`;
}
