import process from "node:process";
import { constants, Script } from "node:vm";
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
export async function runScript(script: Script, isAsync: boolean): Promise<{ readonly value: unknown }> {
  const completed: unknown = script.runInThisContext({ displayErrors: false });
  if (!isAsync) return { value: completed };
  const boxed: unknown = await completed;
  return { value: Array.isArray(boxed) ? boxed[0] : undefined };
}

/**
 * Makes the first cell as quick as the others, and quiet: Node warns once, at the first import of a script,
 * that the loader option is experimental, and users can do nothing about it.
 */
export function warmUp(): void {
  const script = new Script('import("node:process")', {
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    script.runInThisContext();
  } finally {
    process.emitWarning = emitWarning;
  }
}
