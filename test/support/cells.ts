import { once } from "node:events";
import vm from "node:vm";
import { Worker } from "node:worker_threads";
import type { ShippedFunction } from "../../kernel/src/dag/functions/index.js";
import { shipFunction } from "../../kernel/src/dag/functions/index.js";
import type { SessionScope } from "../../kernel/src/dag/functions/shipped.js";

type Namespace = Readonly<Record<string, unknown>>;
type Store = typeof import("../../kernel/src/dag/functions/module-store.js");
const builtStore = new URL("../../kernel/dist/dag/functions/module-store.js", import.meta.url).href;

function nativeImport(url: string): Promise<Namespace> {
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const code = `import(${JSON.stringify(url)})`;
  return new vm.Script(code, { importModuleDynamically }).runInThisContext() as Promise<Namespace>;
}

type Callable = (...args: never[]) => unknown;

// Cells run in Node's own realm; jest gives each test file another one. What Node's realm holds before any
// cell is noted there, for test files that run one after the other in one process.
const globals: Record<PropertyKey, unknown> = vm.runInThisContext("globalThis");
const noted = Symbol.for("dagbook.test.ownGlobals");
globals[noted] ??= new Set(Object.getOwnPropertyNames(globals));
const ownGlobals = globals[noted] as ReadonlySet<string>;

/** A notebook without a kernel: cells as global scripts, a table of imports, one worker thread. */
export class Cells {
  readonly #imports = new Map<string, { specifier: string; export?: string }>();
  readonly #modules = new Map<unknown, { specifier: string; export?: string }>();
  readonly #worker = new Worker(new URL("./function-worker.mjs", import.meta.url));
  readonly #cells: { name: string; code: string }[] = [];

  readonly scope: SessionScope = {
    lookup: (name) => {
      const isCellName = Object.hasOwn(globals, name) && !ownGlobals.has(name);
      return isCellName ? { found: true, value: globals[name] } : { found: false };
    },
    importOf: (name) => this.#imports.get(name),
    moduleOf: (value) => this.#modules.get(value),
    cells: () => this.#cells,
  };

  /** Runs a cell; its top-level names must be `var` or `function`, as the session's transform makes them. */
  run(code: string): unknown {
    const name = `cell-${this.#cells.length + 1}.ts`;
    this.#cells.unshift({ name, code });
    return new vm.Script(code, {
      filename: name,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext();
  }

  /** `import name from specifier` or `import * as name`, as a cell does it. */
  async import(name: string, specifier: string, exported?: string): Promise<void> {
    this.#bind(name, specifier, exported, await import(specifier));
  }

  /** `import { exported as name } from path` of a cell: a file of the user in its present edition, outside of jest. */
  async importFile(name: string, path: string, exported: string): Promise<string> {
    const { editionUrl } = (await nativeImport(builtStore)) as unknown as Store;
    const url = editionUrl(path);
    this.#bind(name, url, exported, await nativeImport(url));
    return url;
  }

  #bind(name: string, specifier: string, exported: string | undefined, namespace: Namespace): void {
    const origin = exported === undefined ? { specifier } : { specifier, export: exported };
    this.importName(name, origin);
    this.#modules.set(namespace, { specifier });
    for (const [key, value] of Object.entries(namespace)) this.#modules.set(value, { specifier, export: key });
    globals[name] = exported === undefined ? namespace : namespace[exported];
  }

  /** Notes that an import bound `name`. */
  importName(name: string, origin: { specifier: string; export?: string }): void {
    this.#imports.set(name, origin);
  }

  ship(expression: string): ShippedFunction {
    return this.shipValue(vm.runInThisContext(expression) as Callable);
  }

  shipValue(fn: Callable): ShippedFunction {
    return shipFunction(fn, this.scope);
  }

  /** Ships the function that `expression` names and calls it in the worker. */
  async call(expression: string, ...args: unknown[]): Promise<unknown> {
    return this.callShipped(this.ship(expression), ...args);
  }

  async callShipped(shipped: ShippedFunction, ...args: unknown[]): Promise<unknown> {
    this.#worker.postMessage({ shipped, args });
    const [{ value, error }] = await once(this.#worker, "message");
    if (error !== undefined) throw error;
    return value;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
