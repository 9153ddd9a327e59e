import { types } from "node:util";
import { clipped } from "../../clipped.js";
import { withoutProxy } from "../../dag/lazy-proxy.js";
import { identifier } from "../code/name-patterns.js";
import { classNameOf, sizeOf } from "./kind-of.js";
import { lazyText } from "./lazy-text.js";
import { descriptorOf, propertyOf } from "./quiet-read.js";
import { wordFor } from "./word-for.js";

/** How much of a value is written. */
export interface PreviewLimits {
  /** items of a list or properties of an object, at the top and below */
  readonly items: readonly number[];
  /** characters of one string */
  readonly text: number;
  /** characters in all */
  readonly length: number;
}

const SHORT: PreviewLimits = { items: [20, 8, 4], text: 200, length: 2000 };
/** What fits is written in one line. */
const LINE = 72;

const { entries: mapEntries } = Map.prototype;
const { values: setValues } = Set.prototype;
const { getTime, toISOString } = Date.prototype;
const { toString: textOfRegex } = RegExp.prototype;

/** A value as text of limited length. Unlike `node:util` inspect it runs nothing of the value's own. */
export function preview(value: unknown, limits: PreviewLimits = SHORT): string {
  return clipped(textOf(value, 0, limits), limits.length);
}

function textOf(shown: unknown, depth: number, limits: PreviewLimits): string {
  const value = withoutProxy(shown);
  if (typeof value === "string") return JSON.stringify(clipped(value, limits.text));
  if (typeof value === "bigint") return textOfBigint(value);
  if (typeof value === "function") return textOfFunction(value);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (types.isProxy(value)) return "Proxy";
  return atomText(value) ?? lazyText(value) ?? textOfContents(value, depth, limits);
}

/** The digits of a large one would take minutes. */
function textOfBigint(value: bigint): string {
  return BigInt.asIntN(2048, value) === value ? `${value}n` : "a bigint of more than 2048 bits";
}

function textOfFunction(fn: object): string {
  if (types.isProxy(fn)) return "Proxy";
  const name = propertyOf(fn, "name")?.value;
  return typeof name === "string" && name !== "" ? `[${wordFor(fn)} ${clipped(name, 100)}]` : `[${wordFor(fn)}]`;
}

/** Objects that are one value. */
function atomText(value: object): string | undefined {
  if (types.isDate(value)) {
    return Number.isNaN(Reflect.apply(getTime, value, [])) ? "Invalid Date" : Reflect.apply(toISOString, value, []);
  }
  if (types.isRegExp(value)) return Reflect.apply(textOfRegex, value, []);
  if (types.isPromise(value)) return "Promise";
  if (!types.isNativeError(value)) return undefined;
  const message = propertyOf(value, "message")?.value;
  return typeof message === "string" ? `${classNameOf(value)}: ${message}` : classNameOf(value);
}

function textOfContents(value: object, depth: number, limits: PreviewLimits): string {
  const name = classNameOf(value);
  const size = sizeOf(value);
  const isList = Array.isArray(value) || types.isTypedArray(value);
  const counted = size === undefined || name === "Array" ? "" : `(${size})`;
  const title = name === "Object" || name === "Array" ? "" : `${name}${counted} `;
  const [open, close] = isList ? "[]" : "{}";
  const count = limits.items[depth];
  if (count === undefined) return size === 0 ? title + open + close : `${title}${open}…${close}`;
  const { items, left } = contents(value, count, (item) => textOf(item, depth + 1, limits));
  const all = left > 0 ? [...items, `… ${left} more`] : items;
  return title + between(open!, all, close!);
}

interface Contents {
  readonly items: readonly string[];
  /** how many more there are */
  readonly left: number;
}

function contents(value: object, count: number, text: (item: unknown) => string): Contents {
  if (types.isMap(value)) {
    const entries: Iterable<[unknown, unknown]> = Reflect.apply(mapEntries, value, []);
    return limited(entries, sizeOf(value)!, count, ([key, item]) => `${text(key)} => ${text(item)}`);
  }
  if (types.isSet(value)) return limited(Reflect.apply(setValues, value, []), sizeOf(value)!, count, text);
  if (Array.isArray(value) || types.isTypedArray(value)) {
    return limited(Array(Math.min(sizeOf(value)!, count)).keys(), sizeOf(value)!, count, (index) =>
      textOfProperty(descriptorOf(value, index), text),
    );
  }
  const names = Object.keys(value);
  return limited(names, names.length, count, (name) => {
    const key = identifier.test(name) ? name : JSON.stringify(clipped(name, 100));
    return `${key}: ${textOfProperty(descriptorOf(value, name), text)}`;
  });
}

function limited<T>(all: Iterable<T>, size: number, count: number, text: (item: T) => string): Contents {
  const items: string[] = [];
  for (const item of all) {
    if (items.length === count) break;
    items.push(text(item));
  }
  return { items, left: size - items.length };
}

function textOfProperty(property: PropertyDescriptor | undefined, text: (item: unknown) => string): string {
  if (property === undefined) return "empty";
  return "value" in property ? text(property.value) : "[getter]";
}

function between(open: string, items: readonly string[], close: string): string {
  if (items.length === 0) return open + close;
  const space = open === "{" ? " " : "";
  const line = `${open}${space}${items.join(", ")}${space}${close}`;
  if (line.length <= LINE && !line.includes("\n")) return line;
  return `${open}\n${items.map((item) => `  ${item.replaceAll("\n", "\n  ")}`).join(",\n")}\n${close}`;
}
