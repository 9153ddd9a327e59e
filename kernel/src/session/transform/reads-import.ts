import { parseSync } from "oxc-parser";
import { transformSync } from "oxc-transform";

/**
 * True if code reads a name that it imports. TypeScript's own rule tells: it drops imports that nobody reads.
 * @param javascript code of a module, without types
 */
export function readsImport(javascript: string, name: string): boolean {
  const { code } = transformSync("cell.ts", javascript, { lang: "ts", sourceType: "module" });
  const { staticImports } = parseSync("cell.js", code, { lang: "js", sourceType: "module" }).module;
  return staticImports.some(({ entries }) => entries.some(({ localName }) => localName.value === name));
}
