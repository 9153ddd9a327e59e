import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { ArgumentError } from "../../errors.js";
import type { ShellText } from "../magics/shell-commands.js";
import { moduleUrl } from "./module-url.js";

/** What compiled cells call in place of commands to the kernel; see magics/magic-call.ts. */
export interface MagicRuntime {
  magic(name: string, text: string): void;
  shell(parts: readonly ShellText[]): Promise<void>;
  help(text: string, detail: number): void;
  readonly time: (fn: () => unknown) => Promise<unknown>;
  readonly timeit: (fn: () => unknown) => Promise<void>;
}

/** What compiled cells call in place of syntax that only modules may use; see rewrite-imports.ts. */
export interface CellRuntime extends MagicRuntime {
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
  magic: onWorker,
  shell: onWorker,
  help: onWorker,
  time: onWorker,
  timeit: onWorker,
  imported: (_, namespace) => namespace,
  importing: (_, loading) => loading,
  meta: (count) => cellMeta(process.cwd(), count),
};

function onWorker(): never {
  throw new ArgumentError("Lines such as %env and !ls do not run inside of tasks: put them into the cell itself");
}
