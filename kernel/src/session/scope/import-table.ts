import { isBuiltin } from "node:module";
import { types } from "node:util";
import type { ModuleExport } from "../../dag/functions/shipped.js";
import { isObject } from "../../kinds.js";
import type { ImportBinding } from "../transform/cell-edit.js";

interface ImportedModule {
  /** address that any thread can import it by */
  readonly url: string;
  readonly namespace: object;
}

/** The modules that cells imported, and the names and values that came from them. */
export class ImportTable {
  readonly #bindings = new Map<string, ModuleExport>();
  readonly #modules = new Map<string, ImportedModule>();
  readonly #origins = new Map<unknown, ModuleExport>();
  readonly #globals = new Map<string, unknown>();

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

  /** Remembers a module that `import` gave; a file that has changed since comes with another URL. */
  addNamespace(specifier: string, url: string, namespace: object): void {
    this.#modules.set(specifier, { url, namespace });
    this.#addOrigin(namespace, { specifier: url });
    this.#addExports(url, namespace);
  }

  /** Remembers what `require` gave: an ES module's namespace or the `default` of a CommonJS module. */
  addRequired(specifier: string, url: string, exports: unknown): void {
    if (types.isModuleNamespaceObject(exports)) {
      this.addNamespace(specifier, url, Object(exports));
      return;
    }
    this.#addOrigin(exports, { specifier: url, export: "default" });
    if (isBuiltin(url)) this.#addExports(url, Object(exports));
  }

  /** The namespace of the module that a cell imported last by this specifier. */
  moduleNamed(specifier: string): object | undefined {
    return this.#modules.get(specifier)?.namespace;
  }

  /** The import behind a name, if the name still has the value it brought. */
  importOf(name: string, value: unknown): ModuleExport | undefined {
    const binding = this.#bindings.get(name);
    // A type that was imported without `type` has no value.
    if (!binding || value === undefined) return undefined;
    if (this.#globals.get(name) === value) return binding;
    const module = this.#modules.get(binding.specifier);
    const isImported = module !== undefined && exportOf(module.namespace, binding.export) === value;
    return isImported ? { ...binding, specifier: module.url } : undefined;
  }

  /** The import an object or function came from. */
  moduleOf(value: unknown): ModuleExport | undefined {
    return this.#origins.get(value);
  }

  #addExports(specifier: string, exports: object): void {
    for (const name of Object.keys(exports)) this.#addOrigin(exportOf(exports, name), { specifier, export: name });
  }

  #addOrigin(value: unknown, origin: ModuleExport): void {
    if (isObject(value) && !this.#origins.has(value)) this.#origins.set(value, origin);
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
