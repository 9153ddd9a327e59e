import { loadImport, type ModuleMeta, metaAt } from "../../dag/functions/module-context.js";
import { ArgumentError } from "../../errors.js";
import type { ShellText } from "../magics/shell-commands.js";
import { cellUrl } from "./module-url.js";

/** The names that one `import` declaration binds, and the exports they stand for. */
export type ImportedNames = Readonly<Record<string, string>>;

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
  /** `import(specifier)` of a cell; the module is remembered */
  import(specifier: unknown, options?: ImportCallOptions): Promise<object>;
  /**
   * Looks at what an `import` declaration loaded; returns it.
   * @throws {ImportError} if it lacks an export that the cell uses
   */
  imported(namespace: object, specifier: string, names: ImportedNames, count: number): object;
  /** `import.meta` of the cell of that number */
  meta(count: number): ModuleMeta;
}

/** `import.meta` of a cell: that of a file in the working directory. */
export function cellMeta(count: number): ModuleMeta {
  return metaAt(cellUrl(`cell-${count}.ts`));
}

/** The runtime that a function of a cell finds on a worker, which nobody asks where values came from. */
export const workerRuntime: CellRuntime = {
  magic: onWorker,
  shell: onWorker,
  help: onWorker,
  time: onWorker,
  timeit: onWorker,
  import: async (specifier, options) => (await loadImport(cellUrl("cell.ts"), String(specifier), options)).exports,
  imported: (namespace) => namespace,
  meta: cellMeta,
};

function onWorker(): never {
  throw new ArgumentError("Lines such as %env and !ls do not run inside of tasks: put them into the cell itself");
}
