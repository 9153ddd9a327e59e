/**
 * Which values are exports of modules: such a value travels as an import, never by its source.
 * @module
 */

/** An import that gives a value; without `export` it is the module's namespace. */
export interface ModuleExport {
  readonly specifier: string;
  readonly export?: string;
}

// One registry per thread even if a notebook loads its own copy of this package next to the kernel's.
const registrySymbol = Symbol.for("dagbook.moduleFunctions");
const globals = globalThis as typeof globalThis & { [registrySymbol]?: WeakMap<object, ModuleExport> };
globals[registrySymbol] ??= new WeakMap();
const registry = globals[registrySymbol];

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
  return typeof value === "function" || (typeof value === "object" && value !== null) ? registry.get(value) : undefined;
}
