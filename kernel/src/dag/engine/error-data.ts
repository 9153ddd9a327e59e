/**
 * Errors as data: an error of a task, thrown or returned, arrives on the caller's side with its class (for
 * built-in classes and those of this package), name, message, stack, cause and own fields.
 * @module
 */
import { types } from "node:util";
import * as dagbookErrors from "../../errors.js";
import { structuredClone } from "../../kept-globals.js";

export interface ErrorData {
  /** if it has no name of its own, that of its class: nothing else is left of a class of a user */
  readonly name: string;
  /** the nearest built-in class */
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** own enumerable fields that can be cloned; an error, also one in a list, stands as a mark */
  readonly fields: Readonly<Record<string, unknown>>;
  /** `cause` and `errors` in the same way, where they are not enumerable */
  readonly hidden: Readonly<Record<string, unknown>>;
}

/** Stands for an error inside a value that travels. */
export interface ErrorMark {
  readonly dagbook: "error";
  readonly error: ErrorData;
}

type MakeError = (message: string) => Error;

const builtIn = new Map<string, MakeError>([
  ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    (type): [string, MakeError] => [type.name, (message) => new type(message)],
  ),
  ["AggregateError", (message) => new AggregateError([], message)],
]);
const ofThisPackage = new Map(Object.entries(dagbookErrors).filter(([name]) => name.endsWith("Error")));
/** errors deeper inside errors are left out: they may be a ring */
const maxDepth = 8;

/** True for an error, also one of another realm. */
export function isError(value: object): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** Anything that was thrown, as data. */
export function errorData(thrown: unknown, depth = 0): ErrorData {
  const plain = { name: "Error", type: "Error", message: messageOf(thrown), stack: "", fields: {}, hidden: {} };
  if (!isErrorLike(thrown)) return plain;
  const { name = "Error", stack } = thrown;
  const type = builtInTypeOf(thrown);
  const fields = Object.keys(thrown).filter((field) => !["name", "message", "stack"].includes(field));
  const hidden = ["cause", "errors"].filter((field) => Object.hasOwn(thrown, field) && !fields.includes(field));
  return {
    ...plain,
    name: name === type ? thrown.constructor.name || type : String(name),
    type,
    stack: typeof stack === "string" ? stack : "",
    fields: cloneable(thrown, fields, depth),
    hidden: cloneable(thrown, hidden, depth),
  };
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return isErrorLike(thrown) ? String(thrown.message) : textOf(thrown);
}

/** The error that `errorData` described. */
export function errorOf(data: ErrorData): Error {
  const error = construct(data);
  const define = (name: string, value: unknown, enumerable = false): void => {
    Object.defineProperty(error, name, { value, enumerable, configurable: true, writable: true });
  };
  for (const [name, value] of Object.entries(data.fields)) define(name, restored(value), true);
  for (const [name, value] of Object.entries(data.hidden)) define(name, restored(value));
  if (error.name !== data.name) define("name", data.name);
  if (data.stack !== "") define("stack", data.stack);
  return error;
}

/** What stands for an error inside a value that travels. */
export function errorMark(error: Error, depth = 0): ErrorMark {
  return { dagbook: "error", error: errorData(error, depth) };
}

/** True for what `errorMark` gave, also after it crossed threads. */
export function isErrorMark(value: unknown): value is ErrorMark {
  return typeof value === "object" && value !== null && "dagbook" in value && value.dagbook === "error";
}

function construct({ name, type, message }: ErrorData): Error {
  const own = ofThisPackage.get(name) as typeof dagbookErrors.DagbookError | undefined;
  if (own !== undefined) return new own(message);
  const make = builtIn.get(type);
  return make === undefined ? new Error(message) : make(message);
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message: unknown;
  readonly stack?: unknown;
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === "object" && value !== null && "message" in value;
}

function builtInTypeOf(error: object): string {
  for (let type = Object.getPrototypeOf(error); type !== null; type = Object.getPrototypeOf(type)) {
    const name: unknown = type.constructor?.name;
    if (typeof name === "string" && builtIn.has(name)) return name;
  }
  return "Error";
}

function textOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  try {
    return JSON.stringify(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}

function cloneable(error: object, names: readonly string[], depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    try {
      const value = Reflect.get(error, name);
      const isRing = depth === maxDepth && hasError(value);
      if (!isRing) fields[name] = structuredClone(marked(value, depth + 1));
    } catch {
      // A field that cannot travel (a function, a socket) is left behind: the error itself matters more.
    }
  }
  return fields;
}

function hasError(value: unknown): boolean {
  return Array.isArray(value) ? value.some(hasError) : typeof value === "object" && value !== null && isError(value);
}

function marked(value: unknown, depth: number): unknown {
  if (!hasError(value)) return value;
  return Array.isArray(value) ? value.map((item) => marked(item, depth)) : errorMark(value as Error, depth);
}

function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restored);
  return isErrorMark(value) ? errorOf(value.error) : value;
}
