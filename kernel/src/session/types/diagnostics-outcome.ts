import { cyan, red } from "../errors/ansi.js";
import { codeFrame } from "../errors/code-frame.js";
import type { CellOutcome } from "../session.js";
import type { CellDiagnostic } from "./type-checker.js";

/** What a compiler says of a cell, or of a file that the cell imports. */
export type Finding = Pick<CellDiagnostic, "code" | "message" | "start"> & { readonly file?: string };

/** TypeScript numbers its messages: those of the grammar come first. */
const FIRST_OF_TYPES = 2000;

/**
 * A cell that does not run because of its types, as an error with the place of each finding.
 * @param found at least one
 */
export function diagnosticsOutcome(
  cell: { readonly count: number; readonly code: string },
  found: readonly Finding[],
): CellOutcome {
  const [first, ...others] = found;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return {
    status: "error",
    ename: found.some(isSyntaxError) ? "SyntaxError" : "TypeCheckError",
    evalue: `${first?.message.split("\n")[0] ?? ""}${more}`,
    traceback: found.flatMap((finding) => linesOf(finding, cell)),
  };
}

function isSyntaxError({ code }: Finding): boolean {
  return code < FIRST_OF_TYPES;
}

function linesOf(finding: Finding, cell: { readonly count: number; readonly code: string }): readonly string[] {
  const { start, message, code, file } = finding;
  const [head, ...reasons] = message.split("\n");
  return [
    `${red(isSyntaxError(finding) ? "SyntaxError" : "TypeCheckError")}: ${head} (TS${code})`,
    ...reasons,
    cyan(`${file ?? `cell-${cell.count}.ts`}:${start.line}:${start.column}`),
    // The text of a file is not at hand.
    ...(file === undefined ? codeFrame(cell.code, start) : []),
  ];
}
