import { type TransformOptions, transformSync } from "oxc-transform";
import { transformOptions } from "../../dag/functions/transform-options.js";
import { positionIn } from "../code/code-points.js";
import { TOO_DEEP, tooDeepAt } from "../code/parse-code.js";
import type { ImportBinding } from "./cell-edit.js";
import { cellPositions, type Position } from "./cell-positions.js";
import { isObjectLiteral } from "./object-literal.js";
import { readsImport } from "./reads-import.js";
import { reservedName } from "./reserved-names.js";
import { rewriteCell } from "./rewrite-cell.js";
import { type SyntaxProblem, syntaxProblem } from "./syntax-problem.js";

/** A cell ready to run as a script. */
export interface CompiledCell {
  /** file name in stack traces: `cell-<count>.ts` */
  readonly name: string;
  readonly source: string;
  readonly code: string;
  /** the script gives, instead of the value, an async function of `[value]` or `undefined`; see `CELL_AWAIT` */
  readonly isAsync: boolean;
  /** global names the cell declares */
  readonly names: ReadonlySet<string>;
  readonly imports: readonly ImportBinding[];
  /** true if the cell reads a name that it imports: not only as a type */
  readonly reads: (name: string) => boolean;
  /** place in `source` of a place in `code` */
  readonly positionOf: (position: Position) => Position | undefined;
}

/** A compiled cell, or why it cannot be run. */
export type Compiled =
  | { readonly cell: CompiledCell; readonly problem?: undefined }
  | { readonly cell?: undefined; readonly problem: SyntaxProblem };

const options: TransformOptions = {
  ...transformOptions,
  lang: "ts",
  // Otherwise an import that only a later cell uses would be dropped.
  typescript: { onlyRemoveTypeImports: true },
};

/** Compiles TypeScript of one cell to a script for the global scope. Types are removed, not checked. */
export function compileCell(source: string, count: number): Compiled {
  return compile(source, { name: `cell-${count}.ts`, count, isExpression: isObjectLiteral(source) });
}

/** Compiles what must be one expression; its file in stack traces is `expression`. */
export function compileExpression(source: string): Compiled {
  return compile(source, { name: "expression", count: 0, isExpression: true });
}

interface Compilation {
  readonly name: string;
  readonly count: number;
  readonly isExpression: boolean;
}

function compile(written: string, { name, count, isExpression }: Compilation): Compiled {
  const shift = isExpression ? 1 : 0;
  // A hashbang is one only at the start of a script, which the rewritten cell has something else at.
  const source = written.replace(/^(\uFEFF?)#!/, "$1//");
  // On a line of its own, a parenthesis is no part of a comment at the end.
  const deep = tooDeepAt(source);
  if (deep !== undefined) return { problem: { message: TOO_DEEP, ...positionIn(source, deep) } };
  const transformed = transformSync(name, isExpression ? `(${source}\n)` : source, options);
  if (transformed.errors.length > 0) return { problem: syntaxProblem(source, transformed.errors) };
  const { text, isAsync, names, imports } = rewriteCell(transformed.code, count);
  const problem = reservedName(source, names);
  if (problem !== undefined) return { problem };
  const positions = cellPositions(text, transformed.map);
  const positionOf = (position: Position) => {
    const found = positions(position);
    return found?.line === 1 ? { line: 1, column: Math.max(1, found.column - shift) } : found;
  };
  const reads = (imported: string) => readsImport(transformed.code, imported);
  return { cell: { name, source: written, code: text.toString(), isAsync, names, imports, reads, positionOf } };
}
