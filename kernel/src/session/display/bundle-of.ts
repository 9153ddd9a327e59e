import { Buffer } from "node:buffer";
import { types } from "node:util";
import { isObject } from "../../kinds.js";
import { displaySymbol } from "../../symbols.js";
import { safeInspect, safeRead } from "../errors/safe-read.js";
import type { MimeBundle } from "../session.js";
import { tableOf } from "./table-of.js";
import { textOf } from "./text-of.js";
import { toJson } from "./to-json.js";

/**
 * How a value shows itself in a notebook: by its own method, as a table, else as text.
 * @returns a promise if the value's own method returns one
 * @throws what the value's own method throws
 */
export function bundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  const own = safeRead(value, displaySymbol);
  if (typeof own === "function") {
    const shown: unknown = Reflect.apply(own, value, []);
    return isThenable(shown)
      ? Promise.resolve(shown).then((bundle) => ownBundle(bundle, value))
      : ownBundle(shown, value);
  }
  const table = tableOf(value);
  return table === undefined ? plainBundle(value) : { ...plainBundle(value), "text/html": table };
}

/** The value as text alone, whatever it says of itself. */
export function plainBundle(value: unknown): MimeBundle {
  return { "text/plain": textOf(value) };
}

/**
 * A bundle as the protocol wants it, copied now: JSON as plain data, bytes in base64, all else as text. What is
 * undefined is left out.
 */
export function wireBundle(bundle: object): MimeBundle {
  const entries = Object.entries(bundle).filter(([, content]) => content !== undefined);
  return Object.fromEntries(entries.map(([mime, content]) => [mime, wireContent(mime, content)]));
}

function ownBundle(shown: unknown, value: unknown): MimeBundle {
  if (typeof shown !== "object" || shown === null || Array.isArray(shown)) return plainBundle(value);
  const bundle = wireBundle(shown);
  const isEmpty = Object.keys(bundle).length === 0;
  return isEmpty || "text/plain" in bundle ? bundle : { ...bundle, "text/plain": `[${className(value)}]` };
}

function wireContent(mime: string, content: unknown): unknown {
  if (mime === "application/json" || mime.endsWith("+json")) return toJson(content);
  const bytes = bytesOf(content);
  if (bytes) return isText(mime) ? bytes.toString() : bytes.toString("base64");
  if (typeof content !== "object" || content === null) return String(content);
  // Of a MIME type of its own nobody knows whether it is JSON; text it can only be if it is a string.
  return isText(mime) ? safeInspect(content) : toJson(content);
}

function bytesOf(content: unknown): Buffer | undefined {
  if (ArrayBuffer.isView(content)) return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return types.isAnyArrayBuffer(content) ? Buffer.from(content) : undefined;
}

function isThenable(value: unknown): boolean {
  return types.isPromise(value) || (isObject(value) && typeof safeRead(value, "then") === "function");
}

function isText(mime: string): boolean {
  return mime.startsWith("text/") || mime.endsWith("+xml") || mime.endsWith("javascript");
}

function className(value: unknown): string {
  const name = safeRead(safeRead(value, "constructor"), "name");
  return typeof name === "string" && name !== "" ? name : "object";
}
