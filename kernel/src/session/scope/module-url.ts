import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

export { ownModules } from "../../dag/functions/own-modules.js";

/**
 * The URL of a cell: a file in the working directory, which is the notebook's folder until `%cd` or `process.chdir`
 * changes it. Imports, `import()`, `require` and `import.meta` of cells refer to it, in workers too.
 */
export function cellUrl(name: string): string {
  return pathToFileURL(join(process.cwd(), name)).href;
}
