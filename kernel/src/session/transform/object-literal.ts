import { parseCode } from "../code/parse-code.js";

/**
 * `{ a: 1 }` is a block to the language but an object to whoever types it into a cell (deno does the same), unless a
 * semicolon says that a block is meant.
 */
export function isObjectLiteral(code: string): boolean {
  const trimmed = code.trim();
  if (!trimmed.startsWith("{") || trimmed.endsWith(";")) return false;
  return parseCode(`(${code})`).errors.length === 0;
}
