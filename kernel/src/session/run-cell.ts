import { constants, Script } from "node:vm";
import type { CellAwait } from "./interruptible-await.js";
import type { CompiledCell } from "./transform/compile-cell.js";

/** The script of a cell; a specifier that it imports is looked up from the working directory. */
export function cellScript(cell: CompiledCell): Script {
  return new Script(cell.code, {
    filename: cell.name,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

/**
 * Runs a compiled cell on the global object; its synchronous part runs before this returns.
 * @returns the value of the cell
 * @throws what the cell throws
 */
export async function runScript(
  script: Script,
  cellAwait: CellAwait | undefined,
): Promise<{ readonly value: unknown }> {
  const completed: unknown = script.runInThisContext({ displayErrors: false });
  if (cellAwait === undefined || typeof completed !== "function") return { value: completed };
  const boxed: unknown = await completed(cellAwait);
  return { value: Array.isArray(boxed) ? boxed[0] : undefined };
}
