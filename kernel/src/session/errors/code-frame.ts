import type { Position } from "../transform/cell-positions.js";
import { dim, red } from "./ansi.js";

/**
 * The line of a place with one line on each side and an arrow under the column.
 * @returns lines of text with ANSI colours
 */
export function codeFrame(source: string, { line, column }: Position): readonly string[] {
  const lines = source.split("\n");
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1];
    const label = String(number).padStart(width);
    frame.push(`${number === line ? red(">") : " "} ${dim(`${label} |`)} ${text}`);
    if (number === line) {
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
      frame.push(`  ${dim(`${" ".repeat(width)} |`)} ${indent}${red("^")}`);
    }
  }
  return frame;
}
