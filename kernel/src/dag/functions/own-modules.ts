import { builtFile } from "../../built-file.js";

/**
 * The kernel's own library: cells, their files and workers get this very copy, whatever the notebook's folder holds,
 * so there is one engine. tslab is the real package, whose display shows in cells.
 */
export const ownModules: ReadonlyMap<string, string> = new Map([
  ["dagbook", builtFile(import.meta.url, "../../index.js").href],
  ["dagbook/graph", builtFile(import.meta.url, "../graph/index.js").href],
  ["tslab", builtFile(import.meta.url, "../../tslab/module.js").href],
]);
