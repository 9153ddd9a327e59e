import { createRequire } from "node:module";
import { join } from "node:path";

/** A `require` that finds tslab: the copy of the notebook's folder, if it has one, else the one that dagbook brings. */
export function tslabRequire(folder: string): NodeJS.Require {
  const require = createRequire(join(folder, "cell.ts"));
  try {
    require.resolve("tslab");
    return require;
  } catch {
    return createRequire(import.meta.url);
  }
}
