import { babelHelpers } from "../../babel-helpers.js";
import { loadImport, loadRequired, requireAt } from "../../dag/functions/module-context.js";
import type { ModuleExport, SessionScope, SourcePlace } from "../../dag/functions/shipped.js";
import type { CellSources } from "../errors/cell-sources.js";
import { CELL_RUNTIME } from "../transform/cell-edit.js";
import type { CompiledCell } from "../transform/compile-cell.js";
import { importDone } from "./after-import.js";
import { type CellRuntime, cellMeta, type ImportedNames, type MagicRuntime } from "./cell-runtime.js";
import { ImportTable } from "./import-table.js";
import { missingName } from "./missing-export.js";
import { cellUrl, ownModules } from "./module-url.js";

/** A name bound in every cell without an import, and the import that would bring it. */
export interface SessionGlobal {
  readonly value: unknown;
  readonly specifier: string;
  readonly export: string;
}

/** What a scope is made with. */
export interface CellScopeOptions {
  readonly sources: CellSources;
  readonly magics: MagicRuntime;
  readonly globals: Readonly<Record<string, SessionGlobal>>;
}

/** The names that cells share: properties of the global object, which Node's own names are too. */
export class CellScope implements SessionScope {
  readonly #sources: CellSources;
  readonly #imports = new ImportTable();
  readonly #nodeNames: ReadonlySet<PropertyKey>;
  /** bound before any cell ran */
  readonly #given: ReadonlySet<string>;
  readonly #declared = new Set<string>();
  /** imported, but not exported by their modules */
  readonly #missing = new Set<string>();

  constructor({ sources, magics, globals }: CellScopeOptions) {
    this.#sources = sources;
    this.#bindRuntime(magics);
    this.#nodeNames = new Set(Reflect.ownKeys(globalThis));
    this.#bind("require", this.#require());
    for (const [name, global] of Object.entries(globals)) this.#bindGlobal(name, global);
    this.#given = new Set(["require", ...Object.keys(globals)]);
  }

  /** Makes the names of a cell ready to be assigned by it. */
  declare(cell: CompiledCell): void {
    for (const name of cell.names) {
      this.#declared.add(name);
      const property = Object.getOwnPropertyDescriptor(globalThis, name);
      if (property?.get && this.#missing.delete(name)) this.#bind(name, undefined);
      // `import crypto from "node:crypto"` would fail on Node's read-only global.
      else if (property?.configurable && !property.writable) this.#bind(name, Reflect.get(globalThis, name));
    }
    // A `var` could not become one that fails when it is read; see missingName.
    for (const { name } of cell.imports) if (!Object.hasOwn(globalThis, name)) this.#bind(name, undefined);
    this.#imports.declare(cell.names, cell.imports);
  }

  /** Names bound by cells and by the kernel, without Node's. */
  names(): readonly string[] {
    return Object.getOwnPropertyNames(globalThis).filter((name) => this.#isOfCells(name));
  }

  /** Names bound by cells. */
  namesOfCells(): readonly string[] {
    return this.names().filter((name) => this.#declared.has(name) || !this.#given.has(name));
  }

  /** The namespace of a module that a cell has imported. */
  loadedModule(specifier: string): object | undefined {
    return this.#imports.moduleNamed(specifier);
  }

  lookup(name: string): { readonly found: boolean; readonly value?: unknown } {
    if (!this.#isOfCells(name) || !Object.hasOwn(globalThis, name)) return { found: false };
    return { found: true, value: Reflect.get(globalThis, name) };
  }

  importOf(name: string): ModuleExport | undefined {
    return this.#missing.has(name) ? undefined : this.#imports.importOf(name, Reflect.get(globalThis, name));
  }

  cells(): readonly CompiledCell[] {
    return this.#sources.newestFirst();
  }

  writtenAt({ file, line, column }: SourcePlace): SourcePlace | undefined {
    const written = this.#sources.writtenAt(file, { line: line + 1, column: column + 1 });
    return written && { file: written.file, line: written.line - 1, column: written.column - 1 };
  }

  moduleOf(value: unknown): ModuleExport | undefined {
    return this.#imports.moduleOf(value);
  }

  #isOfCells(name: string): boolean {
    return this.#declared.has(name) || !this.#nodeNames.has(name);
  }

  #bindGlobal(name: string, { value, ...origin }: SessionGlobal): void {
    this.#bind(name, value);
    this.#imports.addGlobal(name, value, {
      ...origin,
      specifier: ownModules.get(origin.specifier) ?? origin.specifier,
    });
  }

  #bind(name: string, value: unknown): void {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }

  /** What compiled cells call. A function that uses it and travels to a worker imports it there. */
  #bindRuntime(magics: MagicRuntime): void {
    const runtime: CellRuntime = {
      magic: (name, text) => magics.magic(name, text),
      shell: (parts) => magics.shell(parts),
      help: (text, detail) => magics.help(text, detail),
      time: magics.time,
      timeit: magics.timeit,
      import: (specifier, options) => this.#import(String(specifier), options),
      imported: (namespace, specifier, names, count) => {
        this.#checkExports(namespace, specifier, names, `cell-${count}.ts`);
        return namespace;
      },
      meta: cellMeta,
    };
    this.#bindGlobal(CELL_RUNTIME, {
      value: runtime,
      specifier: new URL("./cell-runtime.js", import.meta.url).href,
      export: "workerRuntime",
    });
    this.#bindGlobal("babelHelpers", {
      value: babelHelpers,
      specifier: new URL("../../babel-helpers.js", import.meta.url).href,
      export: "babelHelpers",
    });
  }

  async #import(specifier: string, options: ImportCallOptions | undefined): Promise<object> {
    const { url, exports } = await loadImport(cellUrl("cell.ts"), specifier, options);
    this.#imports.addNamespace(specifier, url, exports);
    importDone();
    return exports;
  }

  /** A cell that reads a name its import did not find fails here; one that does not may mean a type. */
  #checkExports(namespace: object, specifier: string, names: ImportedNames, cell: string): void {
    for (const [name, exported] of Object.entries(names)) {
      if (exported in namespace) continue;
      const missing = missingName(name, exported, specifier, Object.keys(namespace));
      if (this.#sources.readsName(cell, name)) Reflect.apply(missing.get, undefined, []);
      if (Object.getOwnPropertyDescriptor(globalThis, name)?.configurable !== true) continue;
      Object.defineProperty(globalThis, name, missing);
      this.#missing.add(name);
    }
  }

  #require(): NodeJS.Require {
    const require = (specifier: string) => {
      const { url, exports } = loadRequired(cellUrl("cell.ts"), specifier);
      this.#imports.addRequired(specifier, url, exports);
      importDone();
      return exports;
    };
    const here = () => requireAt(cellUrl("cell.ts"));
    const resolve: NodeJS.RequireResolve = Object.assign(
      (specifier: string, options?: Parameters<NodeJS.RequireResolve>[1]) => here().resolve(specifier, options),
      { paths: (specifier: string) => here().resolve.paths(specifier) },
    );
    return Object.assign(require, here(), { resolve });
  }
}
