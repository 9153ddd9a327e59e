/**
 * The steps that are no shipped function: containers around results, properties, methods.
 * @module
 */
import { Builtin } from "../graph/packed.js";

/**
 * Result of the step `code` for `args`.
 * @throws {TypeError} if a method or function is none
 */
export function callBuiltin(code: number, args: readonly unknown[]): unknown {
  switch (code) {
    case Builtin.identity:
      return args[0];
    case Builtin.list:
      return args.slice();
    case Builtin.object:
      return objectOf(args[0] as readonly string[], args);
    case Builtin.set:
      return new Set(args);
    case Builtin.map:
      return mapOf(args);
    case Builtin.getitem:
      return propertyOf(args[0], args[1] as PropertyKey);
    case Builtin.method:
      return callMethod(args[0], args[1] as PropertyKey, args.slice(2));
    case Builtin.apply:
      return callFunction(args[0], args.slice(1));
    default:
      throw new TypeError(`step function ${code} is not known: caller and worker are of different versions`);
  }
}

/** True if the step looks into its arguments, so that blocks must show as arrays. */
export function looksInside(code: number): boolean {
  return code === Builtin.getitem || code === Builtin.method || code === Builtin.apply;
}

function objectOf(names: readonly string[], args: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name, i) => [name, args[i + 1]]));
}

function mapOf(args: readonly unknown[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (let i = 0; i < args.length; i += 2) map.set(args[i], args[i + 1]);
  return map;
}

function propertyOf(value: unknown, property: PropertyKey): unknown {
  if (value === undefined || value === null) {
    throw new TypeError(`cannot read ${String(property)} of ${String(value)}: the task before gave ${String(value)}`);
  }
  if (typeof property === "number" && !hasPart(value, property)) {
    throw new RangeError(
      `the result has no part ${property}: take one that it has, or declare as many parts (nout) as the task gives`,
    );
  }
  return (value as Record<PropertyKey, unknown>)[property];
}

function hasPart(value: unknown, index: number): boolean {
  const parts: object = Object(value);
  return index in parts || ("length" in parts && typeof parts.length === "number" && index < parts.length);
}

function callMethod(self: unknown, name: PropertyKey, args: readonly unknown[]): unknown {
  const method = propertyOf(self, name);
  if (typeof method === "function") return Reflect.apply(method, self, args);
  throw new TypeError(`${String(name)} of the result is ${typeof method}, not a method`);
}

function callFunction(called: unknown, args: readonly unknown[]): unknown {
  if (typeof called === "function") return Reflect.apply(called, undefined, args);
  throw new TypeError(`a ${typeof called} was called: the task before must give a function`);
}
