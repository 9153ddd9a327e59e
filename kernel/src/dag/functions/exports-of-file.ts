import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** Names of the values that a file of the user exports, without those of `export *`. */
export function exportsOfFile(file: string): readonly string[] {
  const { parseSync }: typeof import("oxc-parser") = load("oxc-parser");
  const { staticExports } = parseSync(file, readFileSync(file, "utf8")).module;
  return staticExports.flatMap(({ entries }) => {
    return entries.flatMap(({ exportName, isType }) => (isType || exportName.name === null ? [] : [exportName.name]));
  });
}
