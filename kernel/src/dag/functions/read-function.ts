import { analyse, parseFunction } from "./analyse.js";
import { findCaptured, functionLabel, type Origin } from "./captured.js";
import { isNative } from "./plain-data.js";
import type { SessionScope } from "./shipped.js";
import type { SyntaxNode } from "./syntax.js";

/** A function as its text says it. */
export interface ReadFunction {
  /** the function's node: an arrow or a `function` */
  readonly node: SyntaxNode;
  /** what the names it takes from outside stand for now; names that are missing are globals */
  readonly captured: ReadonlyMap<string, Origin>;
  /** its name and place, for messages: `function f (cell-3.ts:2)` */
  readonly label: string;
  /** Where the user wrote a node of it: `cell-3.ts:2`. */
  placeOf(node: SyntaxNode): string;
}

/**
 * The syntax tree of a function and what it captured; undefined for what has no text to read as a function:
 * built-in functions, classes, methods.
 * @throws {ShipError} as `shipFunction`, for a name that is assigned to or found nowhere
 */
export function readFunction(fn: object & { readonly name?: string }, scope: SessionScope): ReadFunction | undefined {
  if (isNative(fn)) return undefined;
  const source = Function.prototype.toString.call(fn);
  const analysis = analyse(source);
  if (analysis.form !== "expression" || analysis.isClass) return undefined;
  const { prefix, program } = parseFunction(source);
  const node: SyntaxNode = (program as unknown as SyntaxNode).body[0].expression;
  const path = fn.name || "anonymous";
  const { names, place } = findCaptured(fn, analysis, scope, path);
  return {
    node,
    captured: names,
    label: functionLabel(path, place, scope),
    placeOf({ start }) {
      const before = source.slice(0, start - prefix.length).split("\n");
      const last = before[before.length - 1].length;
      if (place === undefined || place.file === "") return `line ${before.length} of it`;
      const line = place.line + before.length - 1;
      const own = { file: place.file, line, column: before.length === 1 ? place.column + last : last };
      const written = scope.writtenAt?.(own) ?? own;
      return `${written.file}:${written.line + 1}`;
    },
  };
}
