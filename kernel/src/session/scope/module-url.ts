import { isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { resolve } from "import-meta-resolve";

/**
 * The kernel's own library: cells get this very copy, whatever the notebook's folder holds, so there is one engine.
 * tslab is the real package, whose display shows in cells.
 */
export const ownModules: ReadonlyMap<string, string> = new Map([
  ["dagbook", new URL("../../index.js", import.meta.url).href],
  ["dagbook/graph", new URL("../../dag/graph/index.js", import.meta.url).href],
  ["tslab", new URL("../../tslab/module.js", import.meta.url).href],
]);

/**
 * The address that any thread can import a cell's specifier by: a file URL or `node:…`.
 * @param folder where the notebook lies
 * @throws the error of Node's resolution if there is no such module
 */
export function moduleUrl(specifier: string, folder: string): string {
  const own = ownModules.get(specifier);
  if (own !== undefined) return own;
  if (isBuiltin(specifier)) return specifier.startsWith("node:") ? specifier : `node:${specifier}`;
  return resolve(specifier, pathToFileURL(join(folder, "cell.ts")).href);
}
