import type { Diagnostic } from "tslab/dist/converter.js";
import { cyan, red } from "../session/errors/ansi.js";
import { codeFrame } from "../session/errors/code-frame.js";
import type { CellOutcome } from "../session/session.js";

/** A cell that tslab's compiler refused, as an error with the place of each problem. */
export function diagnosticsOutcome(
  diagnostics: readonly Diagnostic[],
  cell: { readonly name: string; readonly code: string },
): CellOutcome {
  const [first, ...others] = diagnostics;
  const ename = diagnostics.some(isSyntaxError) ? "SyntaxError" : "TypeCheckError";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return {
    status: "error",
    ename,
    evalue: `${first.messageText}${more}`,
    traceback: diagnostics.flatMap((diagnostic) => linesOf(diagnostic, cell)),
  };
}

/** The compiler numbers its messages: those of the grammar are below 2000. */
function isSyntaxError({ code }: Diagnostic): boolean {
  return code < 2000;
}

function linesOf(diagnostic: Diagnostic, cell: { readonly name: string; readonly code: string }): readonly string[] {
  const { start, messageText, code, fileName } = diagnostic;
  const place = { line: start.line + 1, column: start.character + 1 };
  return [
    `${red(isSyntaxError(diagnostic) ? "SyntaxError" : "TypeCheckError")}: ${messageText} (TS${code})`,
    cyan(`${fileName ?? cell.name}:${place.line}:${place.column}`),
    // A module of the notebook's folder: its text is not at hand.
    ...(fileName === undefined ? codeFrame(cell.code, place) : []),
  ];
}
