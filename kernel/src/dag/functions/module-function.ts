/**
 * Which values are exports of modules: such a value travels as an import, never by its source.
 * @module
 */
import { isObject } from "../../kinds.js";
import { threadGlobal } from "../../thread-global.js";
import type { ModuleExport } from "./shipped.js";

const registry = threadGlobal("moduleFunctions", () => new WeakMap<object, ModuleExport>());

/**
 * Declares that `value` is the export `exportName` of the module `specifier`, and returns it.
 * @param specifier absolute URL of a built file
 * @example moduleFunction(add, builtFile(import.meta.url, "./arithmetic.js").href, "add")
 */
export function moduleFunction<T extends object>(value: T, specifier: string, exportName: string): T {
  registry.set(value, { specifier, export: exportName });
  return value;
}

/** The module export that `value` was declared to be, if it was. */
export function declaredModule(value: unknown): ModuleExport | undefined {
  return isObject(value) ? registry.get(value) : undefined;
}
