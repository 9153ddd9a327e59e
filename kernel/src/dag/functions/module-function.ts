/**
 * Which values are exports of modules: such a value travels as an import, never by its source.
 * @module
 */
import { isObject } from "../../kinds.js";
import { threadGlobal } from "../../thread-global.js";
import type { ModuleExport } from "./shipped.js";

type AnyFunction = (...args: never[]) => unknown;

const registry = threadGlobal("moduleFunctions", () => new WeakMap<object, ModuleExport>());
/** the functions among them, by what they are declared to be */
const functions = threadGlobal("functionsOfModules", () => new Map<string, AnyFunction>());

/**
 * Declares that `value` is the export `exportName` of the module `specifier`, and returns it.
 * @param specifier absolute URL of a built file
 * @example moduleFunction(add, builtFile(import.meta.url, "./arithmetic.js").href, "add")
 */
export function moduleFunction<T extends object>(value: T, specifier: string, exportName: string): T {
  registry.set(value, { specifier, export: exportName });
  if (typeof value === "function") functions.set(idOf(specifier, exportName), value as unknown as AnyFunction);
  return value;
}

/** The function of this thread that was declared to be that export; undefined if its module was not loaded here. */
export function declaredFunction({ specifier, export: exportName = "" }: ModuleExport): AnyFunction | undefined {
  return functions.get(idOf(specifier, exportName));
}

/** The module export that `value` was declared to be, if it was. */
export function declaredModule(value: unknown): ModuleExport | undefined {
  return isObject(value) ? registry.get(value) : undefined;
}

function idOf(specifier: string, exportName: string): string {
  return `${exportName} ${specifier}`;
}
