import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ModuleExport, SessionScope, SourcePlace } from "../../dag/functions/shipped.js";
import type { CellSources } from "../errors/cell-sources.js";
import { babelHelpers } from "../transform/babel-helpers.js";
import { CELL_RUNTIME } from "../transform/cell-edit.js";
import type { CompiledCell } from "../transform/compile-cell.js";
import { importDone } from "./after-import.js";
import { type CellRuntime, cellMeta, type MagicRuntime } from "./cell-runtime.js";
import { ImportTable } from "./import-table.js";
import { ownModules } from "./module-url.js";

/** A name bound in every cell without an import, and the import that would bring it. */
export interface SessionGlobal {
  readonly value: unknown;
  readonly specifier: string;
  readonly export: string;
}

/** What a scope is made with. */
export interface CellScopeOptions {
  /** of the notebook */
  readonly folder: string;
  readonly sources: CellSources;
  readonly magics: MagicRuntime;
  readonly globals: Readonly<Record<string, SessionGlobal>>;
}

/** The names that cells share: properties of the global object, which Node's own names are too. */
export class CellScope implements SessionScope {
  readonly #folder: string;
  readonly #sources: CellSources;
  readonly #imports: ImportTable;
  readonly #nodeNames: ReadonlySet<PropertyKey>;
  readonly #declared = new Set<string>();

  constructor({ folder, sources, magics, globals }: CellScopeOptions) {
    this.#folder = folder;
    this.#sources = sources;
    this.#imports = new ImportTable(folder);
    this.#bindRuntime(magics);
    this.#nodeNames = new Set(Reflect.ownKeys(globalThis));
    this.#bind("require", this.#require());
    for (const [name, global] of Object.entries(globals)) this.#bindGlobal(name, global);
  }

  /** Makes the names of a cell ready to be assigned by it. */
  declare(cell: CompiledCell): void {
    for (const name of cell.names) {
      this.#declared.add(name);
      const property = Object.getOwnPropertyDescriptor(globalThis, name);
      // `import crypto from "node:crypto"` would fail on Node's read-only global.
      if (property?.configurable && !property.writable) this.#bind(name, Reflect.get(globalThis, name));
    }
    this.#imports.declare(cell.names, cell.imports);
  }

  /** Names bound by cells and by the kernel, without Node's. */
  names(): readonly string[] {
    return Object.getOwnPropertyNames(globalThis).filter((name) => this.#isOfCells(name));
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
    return this.#imports.importOf(name, Reflect.get(globalThis, name));
  }

  cells(): readonly CompiledCell[] {
    return this.#sources.newestFirst();
  }

  writtenAt({ file, line, column }: SourcePlace): SourcePlace | undefined {
    const written = this.#sources.writtenAt(file, { line: line + 1, column: column + 1 });
    return written && { file, line: written.line - 1, column: written.column - 1 };
  }

  moduleOf(value: unknown): ModuleExport | undefined {
    return this.#imports.moduleOf(value);
  }

  #isOfCells(name: string): boolean {
    return this.#declared.has(name) || !this.#nodeNames.has(name);
  }

  #bindGlobal(name: string, { value, ...origin }: SessionGlobal): void {
    this.#bind(name, value);
    this.#imports.addGlobal(name, value, origin);
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
      imported: (specifier, namespace) => {
        this.#imports.addNamespace(specifier, namespace);
        importDone();
        return namespace;
      },
      importing: (specifier, loading) => {
        const remember = (namespace: object) => {
          this.#imports.addNamespace(specifier, namespace);
          importDone();
        };
        loading.then(remember, () => undefined);
        return loading;
      },
      meta: (count) => cellMeta(this.#folder, count),
    };
    this.#bindGlobal(CELL_RUNTIME, {
      value: runtime,
      specifier: new URL("./cell-runtime.js", import.meta.url).href,
      export: "workerRuntime",
    });
    this.#bindGlobal("babelHelpers", {
      value: babelHelpers,
      specifier: new URL("../transform/babel-helpers.js", import.meta.url).href,
      export: "babelHelpers",
    });
  }

  #require(): NodeJS.Require {
    const load = createRequire(join(this.#folder, "cell.ts"));
    const require = (specifier: string) => {
      const own = ownModules.get(specifier);
      const exports: unknown = load(own === undefined ? specifier : fileURLToPath(own));
      this.#imports.addRequired(own ?? specifier, exports);
      importDone();
      return exports;
    };
    return Object.assign(require, load);
  }
}
