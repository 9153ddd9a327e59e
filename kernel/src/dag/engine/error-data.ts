/**
 * Errors as data: an error of a task crosses threads and is thrown again on the caller's side with its
 * class (for built-in classes and those of this package), name, message, stack and own fields.
 * @module
 */
import * as dagbookErrors from "../../errors.js";

export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** own enumerable fields that can be cloned */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause?: ErrorData;
}

const builtIn = new Map<string, new (message?: string, options?: ErrorOptions) => Error>(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => [type.name, type]),
);
const ofThisPackage = new Map(Object.entries(dagbookErrors).filter(([name]) => name.endsWith("Error")));
/** a chain of causes longer than this is cut: it may be a ring */
const maxDepth = 8;

/** Anything that was thrown, as data. */
export function errorData(thrown: unknown, depth = 0): ErrorData {
  if (!isErrorLike(thrown)) return { name: "Error", message: messageOf(thrown), stack: "", fields: {} };
  const { name, stack, cause } = thrown;
  return {
    name: String(name ?? "Error"),
    message: messageOf(thrown),
    stack: typeof stack === "string" ? stack : "",
    fields: cloneableFields(thrown),
    ...(cause !== undefined && depth < maxDepth ? { cause: errorData(cause, depth + 1) } : {}),
  };
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return isErrorLike(thrown) ? String(thrown.message) : textOf(thrown);
}

/** The error that `errorData` described. */
export function errorOf(data: ErrorData): Error {
  const options = data.cause === undefined ? undefined : { cause: errorOf(data.cause) };
  const error = construct(data, options);
  Object.assign(error, data.fields);
  if (error.name !== data.name) Object.defineProperty(error, "name", { value: data.name, configurable: true });
  if (data.stack !== "")
    Object.defineProperty(error, "stack", { value: data.stack, configurable: true, writable: true });
  return error;
}

function construct(data: ErrorData, options: ErrorOptions | undefined): Error {
  const own = ofThisPackage.get(data.name) as typeof dagbookErrors.DagbookError | undefined;
  if (own !== undefined) return new own(data.message, {}, options);
  return new (builtIn.get(data.name) ?? Error)(data.message, options);
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === "object" && value !== null && "message" in value;
}

function textOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  try {
    return JSON.stringify(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}

function cloneableFields(error: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(error)) {
    if (name === "name" || name === "message" || name === "stack" || name === "cause") continue;
    try {
      fields[name] = structuredClone(value);
    } catch {
      // A field that cannot travel (a function, a socket) is left behind: the error itself matters more.
    }
  }
  return fields;
}
