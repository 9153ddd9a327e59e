import type { Diagnostic } from "tslab/dist/converter.js";
import type { CellOutcome } from "../session/session.js";
import { diagnosticsOutcome, type Finding } from "../session/types/diagnostics-outcome.js";

/** A cell that tslab's compiler refused, as an error with the place of each problem. */
export function refusedOutcome(
  cell: { readonly count: number; readonly code: string },
  diagnostics: readonly Diagnostic[],
): CellOutcome {
  return diagnosticsOutcome(cell, diagnostics.map(findingOf));
}

/** The compiler counts lines and columns from 0. */
function findingOf({ code, messageText, start, fileName }: Diagnostic): Finding {
  const place = { line: start.line + 1, column: start.character + 1 };
  return { code, message: messageText, start: place, ...(fileName !== undefined && { file: fileName }) };
}
