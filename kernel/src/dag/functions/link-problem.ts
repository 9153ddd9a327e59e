import { ImportError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import { exportsOfFile } from "./exports-of-file.js";
import { isPath } from "./resolve-module.js";
import { isStored } from "./store-folder.js";
import { writtenFile, writtenPlace } from "./written-place.js";

/**
 * An error of Node's about modules of the store in words about the user's files; nothing for other errors.
 * @param error what loading a module threw
 * @param specifier as the import wrote it
 */
export function linkProblem(error: unknown, specifier: string): ImportError | undefined {
  const { code, message, stack } = Object(error);
  if (!(typeof message === "string" && typeof stack === "string")) return undefined;
  if (code === "ERR_REQUIRE_ASYNC_MODULE") {
    return new ImportError(`'${specifier}' awaits something at its top level: write await import("${specifier}")`, {
      specifier,
    });
  }
  const [, importer, line] = /^(file:\S+|\/.*):(\d+)\n/.exec(stack) ?? [];
  if (importer === undefined || !isStored(importer)) return unplaced(error, message, stack, specifier);
  const [, from, name] = /^The requested module '(.+?)' does not provide an export named '(.+?)'/.exec(message) ?? [];
  const place = writtenPlace(importer, Number(line), columnOf(stack, name));
  const where = place ? `${place.file}:${place.line}:${place.column}` : writtenFile(importer);
  if (from === undefined || name === undefined) return new ImportError(`${where}: ${message}`, { file: place?.file });
  const file = writtenFile(from);
  const near = file === undefined ? undefined : nearestName(name, exportsOfFile(file));
  const cure = near === undefined ? "If it is a type, write: import type" : `Did you mean ${near}?`;
  return new ImportError(
    `${where} imports '${name}' from '${file ?? from}', which has no export of that name. ${cure}`,
    { file: place?.file, specifier: file ?? from, export: name },
  );
}

/** V8 tells no place of some errors, say of a wrong regular expression; one that code threw has its calls. */
function unplaced(error: unknown, message: string, stack: string, specifier: string): ImportError | undefined {
  if (!(error instanceof SyntaxError) || !isPath(specifier) || isStored(stack)) return undefined;
  return new ImportError(`'${specifier}', or a file that it imports, cannot be loaded: ${message}`, { specifier });
}

/** The line of code stands below the place, with carets under what is wrong. */
function columnOf(stack: string, name = ""): number {
  const [, code = "", carets = ""] = stack.split("\n");
  const at = carets.indexOf("^");
  return (at >= 0 ? at : Math.max(0, code.indexOf(name))) + 1;
}
