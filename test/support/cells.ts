import { once } from "node:events";
import vm from "node:vm";
import { Worker } from "node:worker_threads";
import type { ShippedFunction } from "../../kernel/src/dag/functions/index.js";
import { shipFunction } from "../../kernel/src/dag/functions/index.js";
import type { SessionScope } from "../../kernel/src/dag/functions/shipped.js";

type Callable = (...args: never[]) => unknown;

/** A notebook without a kernel: cells as global scripts, a table of imports, one worker thread. */
export class Cells {
  readonly #imports = new Map<string, { specifier: string; export?: string }>();
  readonly #modules = new Map<unknown, { specifier: string; export?: string }>();
  readonly #worker = new Worker(new URL("./function-worker.mjs", import.meta.url));
  readonly #cells: { name: string; code: string }[] = [];

  readonly scope: SessionScope = {
    lookup: (name) => {
      const globals: Record<string, unknown> = vm.runInThisContext("globalThis");
      return this.#names.has(name) ? { found: true, value: globals[name] } : { found: false };
    },
    importOf: (name) => this.#imports.get(name),
    moduleOf: (value) => this.#modules.get(value),
    cells: () => this.#cells,
  };
  readonly #names = new Set<string>();

  /** Runs a cell; its top-level names must be `var` or `function`, as the session's transform makes them. */
  run(code: string): unknown {
    const before = new Set(globalNames());
    const name = `cell-${this.#cells.length + 1}.ts`;
    this.#cells.unshift({ name, code });
    const value: unknown = new vm.Script(code, {
      filename: name,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext();
    for (const added of globalNames()) if (!before.has(added)) this.#names.add(added);
    return value;
  }

  /** `import name from specifier` or `import * as name`, as a cell does it. */
  async import(name: string, specifier: string, exported?: string): Promise<void> {
    const namespace: Record<string, unknown> = await import(specifier);
    const origin = exported === undefined ? { specifier } : { specifier, export: exported };
    this.#imports.set(name, origin);
    this.#modules.set(namespace, { specifier });
    for (const [key, value] of Object.entries(namespace)) this.#modules.set(value, { specifier, export: key });
    const globals: Record<string, unknown> = vm.runInThisContext("globalThis");
    globals[name] = exported === undefined ? namespace : namespace[exported];
  }

  ship(expression: string): ShippedFunction {
    return shipFunction(vm.runInThisContext(expression) as Callable, this.scope);
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

function globalNames(): string[] {
  return vm.runInThisContext("Object.getOwnPropertyNames(globalThis)");
}
