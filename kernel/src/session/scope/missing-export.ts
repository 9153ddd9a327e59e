import { missingExport } from "../../dag/functions/import-problems.js";

/**
 * A name that a cell imported from a module that has no such export. It may be a type, imported without `type`, which
 * no cell reads; so it is an error only where it is read. A cell that reads it itself fails at its import instead.
 * @returns a property for the global object
 */
export function missingName(
  name: string,
  exported: string,
  specifier: string,
  exports: readonly string[],
): PropertyDescriptor & { readonly get: () => never } {
  return {
    configurable: true,
    enumerable: false,
    get: () => {
      throw missingExport(exported, specifier, exports);
    },
    set: (value: unknown) => {
      // The import itself assigns undefined.
      if (value === undefined) return;
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
    },
  };
}
