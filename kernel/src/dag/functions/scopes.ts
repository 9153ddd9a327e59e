/**
 * The variables a closure can reach, read from V8 through the inspector.
 * @module
 */
import { inspectorSession, type PropertyDescription } from "./inspector-session.js";

/** One scope around a function, a snapshot of its variables. */
export interface FunctionScope {
  readonly kind: "closure" | "module" | "script";
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Place V8 gives for a function; lines and columns from 0. */
export interface FunctionPlace {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

/** What V8 tells of a function. */
export interface InspectedFunction {
  /** innermost first; the global scope is left out */
  readonly scopes: readonly FunctionScope[];
  readonly place: FunctionPlace | undefined;
}

/** What `fn.bind(…)` made. */
export interface BoundFunction {
  readonly target: unknown;
  readonly self: unknown;
  readonly args: readonly unknown[];
}

/** The scopes around `fn` and where it was written. */
export function inspectFunction(fn: object): InspectedFunction {
  return withInternals(fn, (internals) => {
    const id = internal(internals, "[[Scopes]]")?.objectId;
    const scopes = id === undefined ? [] : readScopes(inspectorSession().objectOf(id));
    return { scopes, place: placeOf(internal(internals, "[[FunctionLocation]]")?.value) };
  });
}

/** What `fn.bind(…)` holds; undefined if `fn` is not a bound function. */
export function inspectBound(fn: object): BoundFunction | undefined {
  return withInternals(fn, (internals) => {
    if (internal(internals, "[[TargetFunction]]") === undefined) return undefined;
    const read = (name: string): unknown => {
      const value = internal(internals, name);
      return value?.objectId === undefined ? value?.value : inspectorSession().objectOf(value.objectId);
    };
    const args = read("[[BoundArgs]]");
    return {
      target: read("[[TargetFunction]]"),
      self: read("[[BoundThis]]"),
      args: Array.isArray(args) ? Array.from(args) : [],
    };
  });
}

function withInternals<T>(fn: object, read: (internals: readonly PropertyDescription[]) => T): T {
  const session = inspectorSession();
  try {
    return read(session.internalProperties(session.idOf(fn)));
  } finally {
    session.releaseAll();
  }
}

function internal(internals: readonly PropertyDescription[], name: string): PropertyDescription["value"] {
  return internals.find((property) => property.name === name)?.value;
}

/** V8 gives a list of `{ description: "Closure (maker)", object: {…} }`, innermost first. */
function readScopes(list: unknown): readonly FunctionScope[] {
  const scopes: FunctionScope[] = [];
  for (const entry of Array.from(list as ArrayLike<{ description: string; object: Record<string, unknown> }>)) {
    const word = entry.description.split(" ")[0];
    if (word === "Global") break;
    const kind = word === "Module" ? "module" : word === "Script" ? "script" : "closure";
    scopes.push({ kind, variables: entry.object });
  }
  return scopes;
}

function placeOf(location: unknown): FunctionPlace | undefined {
  if (typeof location !== "object" || location === null) return undefined;
  const { scriptId, lineNumber, columnNumber } = location as Record<string, unknown>;
  if (typeof scriptId !== "string" || typeof lineNumber !== "number" || typeof columnNumber !== "number") {
    return undefined;
  }
  return { scriptId, line: lineNumber, column: columnNumber };
}
