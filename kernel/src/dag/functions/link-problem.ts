import { ImportError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import { exportsOfFile } from "./exports-of-file.js";
import { writtenFile, writtenPlace } from "./written-place.js";

/**
 * An error of Node's about modules of the store in words about the user's files; nothing for other errors.
 * @param error what an `import()` threw
 */
export function linkProblem(error: unknown): ImportError | undefined {
  const { message, stack } = Object(error);
  if (!(typeof message === "string" && typeof stack === "string")) return undefined;
  const [, specifier, name] =
    /^The requested module '(.+?)' does not provide an export named '(.+?)'/.exec(message) ?? [];
  const [, importer, line] = /^(file:\S+):(\d+)\n/.exec(stack) ?? [];
  if (specifier === undefined || name === undefined || importer === undefined) return undefined;
  const place = writtenPlace(importer, Number(line), columnOf(stack, name));
  const file = writtenFile(specifier);
  const near = file === undefined ? undefined : nearestName(name, exportsOfFile(file));
  const cure = near === undefined ? "If it is a type, write: import type" : `Did you mean ${near}?`;
  const where = place ? `${place.file}:${place.line}:${place.column}` : importer;
  return new ImportError(
    `${where} imports '${name}' from '${file ?? specifier}', which has no export of that name. ${cure}`,
    { file: place?.file, specifier: file ?? specifier, export: name },
  );
}

/** The line of code stands below the place, with carets under what is wrong. */
function columnOf(stack: string, name: string): number {
  const [, code = "", carets = ""] = stack.split("\n");
  const at = carets.indexOf("^");
  return (at >= 0 ? at : Math.max(0, code.indexOf(name))) + 1;
}
