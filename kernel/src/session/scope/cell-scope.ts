import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { SessionScope } from "../../dag/functions/shipped.js";
import { cellRuntimeName } from "../transform/cell-edit.js";
import type { CompiledCell } from "../transform/compile-cell.js";
import { babelHelpers } from "../transform/helpers.js";
import { ImportTable, type Origin } from "./import-table.js";
import { moduleUrl, ownModules } from "./module-url.js";

/** A name bound in every cell without an import, and the import that would bring it. */
export interface SessionGlobal {
  readonly value: unknown;
  readonly specifier: string;
  readonly export: string;
}

/** The names that cells share: properties of the global object, which Node's own names are too. */
export class CellScope implements SessionScope {
  readonly #folder: string;
  readonly #imports: ImportTable;
  readonly #nodeNames: ReadonlySet<PropertyKey>;
  readonly #declared = new Set<string>();

  constructor(folder: string, globals: Readonly<Record<string, SessionGlobal>>) {
    this.#folder = folder;
    this.#imports = new ImportTable(folder);
    this.#bindRuntime();
    this.#nodeNames = new Set(Reflect.ownKeys(globalThis));
    this.#bind("require", this.#require());
    for (const [name, { value, specifier, export: exported }] of Object.entries(globals)) {
      this.#bind(name, value);
      this.#imports.addGlobal(name, value, { specifier, export: exported });
    }
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

  lookup(name: string): { readonly found: boolean; readonly value?: unknown } {
    if (!this.#isOfCells(name) || !Object.hasOwn(globalThis, name)) return { found: false };
    return { found: true, value: Reflect.get(globalThis, name) };
  }

  importOf(name: string): Origin | undefined {
    return this.#imports.importOf(name, Reflect.get(globalThis, name));
  }

  moduleOf(value: unknown): Origin | undefined {
    return this.#imports.moduleOf(value);
  }

  #isOfCells(name: string): boolean {
    return this.#declared.has(name) || !this.#nodeNames.has(name);
  }

  #bind(name: string, value: unknown): void {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }

  /** What compiled cells call; see rewrite-imports.ts and helpers.ts. */
  #bindRuntime(): void {
    this.#bind("babelHelpers", babelHelpers);
    this.#bind(cellRuntimeName, {
      imported: (specifier: string, namespace: object) => {
        this.#imports.addNamespace(specifier, namespace);
        return namespace;
      },
      importing: (specifier: string, loading: Promise<object>) => {
        const remember = (namespace: object) => this.#imports.addNamespace(specifier, namespace);
        loading.then(remember, () => undefined);
        return loading;
      },
      meta: (count: number) => this.#meta(count),
    });
  }

  /** `import.meta` of a cell: that of a file beside the notebook. */
  #meta(count: number): object {
    const filename = join(this.#folder, `cell-${count}.ts`);
    return {
      url: pathToFileURL(filename).href,
      filename,
      dirname: dirname(filename),
      resolve: (specifier: string) => moduleUrl(specifier, this.#folder),
    };
  }

  #require(): NodeJS.Require {
    const load = createRequire(join(this.#folder, "cell.ts"));
    const require = (specifier: string) => {
      const own = ownModules.get(specifier);
      const exports: unknown = load(own === undefined ? specifier : fileURLToPath(own));
      this.#imports.addRequired(own ?? specifier, exports);
      return exports;
    };
    return Object.assign(require, load);
  }
}
