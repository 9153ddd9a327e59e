import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { moduleUrl } from "./module-url.js";

/** What compiled cells call in place of syntax that only modules may use; see rewrite-imports.ts. */
export interface CellRuntime {
  /** is told of every module that an `import` declaration loaded; returns it */
  imported(specifier: string, namespace: object): object;
  /** is told of every top-level `import("…")`; returns it */
  importing(specifier: string, loading: Promise<object>): Promise<object>;
  /** `import.meta` of the cell of that number */
  meta(count: number): object;
}

/** `import.meta` of a cell: that of a file beside the notebook. */
export function cellMeta(folder: string, count: number): object {
  const filename = join(folder, `cell-${count}.ts`);
  return {
    url: pathToFileURL(filename).href,
    filename,
    dirname: folder,
    resolve: (specifier: string) => moduleUrl(specifier, folder),
  };
}

/** The runtime that a function of a cell finds on a worker, which nobody asks where values came from. */
export const workerRuntime: CellRuntime = {
  imported: (_, namespace) => namespace,
  importing: (_, loading) => loading,
  meta: (count) => cellMeta(process.cwd(), count),
};
