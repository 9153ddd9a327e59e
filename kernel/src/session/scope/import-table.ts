import { isBuiltin } from "node:module";
import { types } from "node:util";
import type { ModuleExport } from "../../dag/functions/shipped.js";
import { isObject } from "../../kinds.js";
import type { ImportBinding } from "../transform/cell-edit.js";
import { moduleUrl } from "./module-url.js";

/** The modules that cells imported, and the names and values that came from them. */
export class ImportTable {
  readonly #folder: string;
  readonly #bindings = new Map<string, ModuleExport>();
  readonly #modules = new Map<string, object>();
  readonly #origins = new Map<unknown, ModuleExport>();
  readonly #globals = new Map<string, unknown>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Says which names a cell takes from imports; every other name it declares is an import no longer. */
  declare(names: Iterable<string>, imports: readonly ImportBinding[]): void {
    for (const name of names) this.#bindings.delete(name);
    for (const { name, ...origin } of imports) this.#bindings.set(name, origin);
  }

  /** A value the kernel binds without an import. */
  addGlobal(name: string, value: unknown, origin: ModuleExport): void {
    this.#bindings.set(name, origin);
    this.#origins.set(value, origin);
    this.#globals.set(name, value);
  }

  /** Remembers a module that `import` gave. */
  addNamespace(specifier: string, namespace: object): void {
    this.#modules.set(specifier, namespace);
    this.#addOrigin(namespace, { specifier });
    this.#addExports(specifier, namespace);
  }

  /** Remembers what `require` gave: an ES module's namespace or the `default` of a CommonJS module. */
  addRequired(specifier: string, exports: unknown): void {
    if (types.isModuleNamespaceObject(exports)) {
      this.addNamespace(specifier, Object(exports));
      return;
    }
    this.#addOrigin(exports, { specifier, export: "default" });
    if (isBuiltin(specifier)) this.#addExports(specifier, Object(exports));
  }

  /** The namespace that `import` gave for a specifier. */
  moduleNamed(specifier: string): object | undefined {
    return this.#modules.get(specifier);
  }

  /** The import behind a name, if the name still has the value it brought. */
  importOf(name: string, value: unknown): ModuleExport | undefined {
    const binding = this.#bindings.get(name);
    // A type that was imported without `type` has no value.
    if (!binding || value === undefined) return undefined;
    const module = this.#modules.get(binding.specifier);
    const isImported = module !== undefined && exportOf(module, binding.export) === value;
    return isImported || this.#globals.get(name) === value ? this.#absolute(binding) : undefined;
  }

  /** The import an object or function came from. */
  moduleOf(value: unknown): ModuleExport | undefined {
    const origin = this.#origins.get(value);
    return origin && this.#absolute(origin);
  }

  #addExports(specifier: string, exports: object): void {
    for (const name of Object.keys(exports)) this.#addOrigin(exportOf(exports, name), { specifier, export: name });
  }

  #addOrigin(value: unknown, origin: ModuleExport): void {
    if (isObject(value) && !this.#origins.has(value)) this.#origins.set(value, origin);
  }

  #absolute(origin: ModuleExport): ModuleExport {
    try {
      return { ...origin, specifier: moduleUrl(origin.specifier, this.#folder) };
    } catch {
      // The module was loaded, so Node knows better; a worker looks it up from its working directory.
      return origin;
    }
  }
}

function exportOf(module: object, name: string | undefined): unknown {
  if (name === undefined) return module;
  try {
    // Not read: the deprecated members of Node's modules are getters that warn.
    return Object.getOwnPropertyDescriptor(module, name)?.value;
  } catch {
    // An export that its module has not initialised yet.
    return undefined;
  }
}
