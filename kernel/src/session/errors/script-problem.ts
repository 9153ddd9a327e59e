import type { CompiledCell } from "../transform/compile-cell.js";
import type { SyntaxProblem } from "../transform/syntax-problem.js";
import { safeText } from "./safe-read.js";

/**
 * What V8 refused when it compiled the script of a cell, say a wrong regular expression, which the parser of
 * TypeScript lets pass. Nothing for errors that were thrown while the cell ran.
 */
export function scriptProblem(error: unknown, cell: CompiledCell): SyntaxProblem | undefined {
  // Only such an error has "file:line", the code and carets in front of its stack.
  const [place, , carets] = safeText(error, "stack")?.split("\n") ?? [];
  const line = place?.startsWith(`${cell.name}:`) ? Number(place.slice(cell.name.length + 1)) : Number.NaN;
  if (!Number.isInteger(line) || carets === undefined) return undefined;
  const found = cell.positionOf({ line, column: carets.indexOf("^") + 1 }) ?? { line: 1, column: 1 };
  return { message: safeText(error, "message") ?? "", ...found };
}
