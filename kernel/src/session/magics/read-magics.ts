import { findMagics, type Magic } from "./find-magics.js";
import { magicCall } from "./magic-call.js";

export type { Magic } from "./find-magics.js";

/** A cell and the lines in it that are commands to the kernel. */
export interface MagicsOfCell {
  /** plain TypeScript as long as the cell, each place where it was: magics are blank, `%time` leaves its expression */
  readonly code: string;
  /** TypeScript of the same lines in which magics are calls */
  readonly script: string;
  readonly magics: readonly Magic[];
}

/**
 * Finds `%name …`, `!command` and `value?` where a statement may begin: never in a template literal, a comment or
 * the next line of an expression.
 * @example readMagics("!ls\nconst a = 1").code // ";  \nconst a = 1"
 */
export function readMagics(cell: string): MagicsOfCell {
  const magics = findMagics(cell);
  if (magics.length === 0) return { code: cell, script: cell, magics };
  return { code: replaced(cell, magics, blank), script: replaced(cell, magics, callOf), magics };
}

function replaced(cell: string, magics: readonly Magic[], textFor: (magic: Magic, written: string) => string): string {
  let text = "";
  let from = 0;
  for (const magic of magics) {
    text += cell.slice(from, magic.start) + textFor(magic, cell.slice(magic.start, magic.end));
    from = magic.end;
  }
  return text + cell.slice(from);
}

/** An empty statement, so that the lines before and after do not grow together. */
function blank(magic: Magic, written: string): string {
  const kept = magic.kind === "timing" ? magic.text : "";
  return `;${written.slice(1, written.length - kept.length).replace(/[^\n]/g, " ")}${kept}`;
}

function callOf(magic: Magic, written: string): string {
  return magicCall(magic) + "\n".repeat(written.split("\n").length - 1);
}
