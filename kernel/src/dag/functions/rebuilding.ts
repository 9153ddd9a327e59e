/**
 * Makes the values of one closure. Functions and containers are made empty first and filled when what
 * they refer to is made, so they may refer to each other in circles; classes, instances and bound
 * functions are made after what they need.
 * @module
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { compileFunction, type MadeFunction } from "./compile-function.js";
import { refsOf } from "./node-refs.js";
import type { ClosureNode, ValueRef } from "./shipped.js";

type FunctionNode = Extract<ClosureNode, { kind: "function" }>;

/** The values of one closure while they are made. */
export class Rebuilding {
  readonly #nodes: readonly ClosureNode[];
  readonly #modules: ReadonlyMap<ValueRef, unknown>;
  readonly #values: unknown[];
  readonly #visited = new Set<number>();
  readonly #made = new Map<number, MadeFunction>();

  /** @param modules what each module reference stands for */
  constructor(nodes: readonly ClosureNode[], modules: ReadonlyMap<ValueRef, unknown>) {
    this.#nodes = nodes;
    this.#modules = modules;
    this.#values = new Array(nodes.length);
  }

  /** The value of node `root`. */
  build(root: number): unknown {
    this.#visit(root);
    // A second time for what was filled while a class, instance or bound function in its circle was missing.
    for (const index of this.#visited) this.#fill(index);
    return this.#values[root];
  }

  #visit(index: number): void {
    if (this.#visited.has(index)) return;
    this.#visited.add(index);
    const node = this.#nodes[index];
    this.#values[index] = this.#makeEmpty(index, node);
    for (const ref of refsOf(node)) if (ref.kind === "node") this.#visit(ref.index);
    this.#values[index] ??= this.#makeWhole(index, node);
    this.#fill(index);
  }

  /** What can exist before its parts do. */
  #makeEmpty(index: number, node: ClosureNode): unknown {
    switch (node.kind) {
      case "data":
        return node.value;
      case "buffer":
        return Buffer.from(node.value.buffer, node.value.byteOffset, node.value.byteLength);
      case "url":
        return new URL(node.href);
      case "array":
        return new Array(node.items.length);
      case "object":
        return node.nullPrototype ? Object.create(null) : {};
      case "map":
        return new Map();
      case "set":
        return new Set();
      case "function": {
        if (node.isClass) return undefined;
        const made = compileFunction(node);
        this.#made.set(index, made);
        return made.value();
      }
      default:
        return undefined;
    }
  }

  /** What needs its parts first. */
  #makeWhole(index: number, node: ClosureNode): unknown {
    switch (node.kind) {
      case "function":
        return this.#makeClass(index, node);
      case "bound": {
        const target = this.#value(node.target) as (...args: unknown[]) => unknown;
        return target.bind(this.#value(node.self), ...node.args.map((arg) => this.#value(arg)));
      }
      case "instance": {
        const { prototype } = this.#value(node.constructor) as { prototype: object };
        return Object.create(prototype);
      }
      case "alias":
        return this.#value(node.to);
      default:
        return undefined;
    }
  }

  /** The body of a class runs when it is made: its superclass and static members need their variables. */
  #makeClass(index: number, node: FunctionNode): unknown {
    const made = compileFunction(node);
    made.set(this.#all(node.captured));
    const value = made.value();
    this.#made.set(index, made);
    return value;
  }

  #fill(index: number): void {
    const node = this.#nodes[index];
    const value = this.#values[index];
    switch (node.kind) {
      case "function":
        this.#made.get(index)?.set(this.#all(node.captured));
        this.#define(value as object, node.properties);
        break;
      case "array":
        node.items.forEach((item, nth) => {
          (value as unknown[])[nth] = this.#value(item);
        });
        break;
      case "object":
      case "instance":
        this.#define(value as object, node.entries);
        break;
      case "map":
        (value as Map<unknown, unknown>).clear();
        for (const [key, item] of node.entries)
          (value as Map<unknown, unknown>).set(this.#value(key), this.#value(item));
        break;
      case "set":
        (value as Set<unknown>).clear();
        for (const item of node.items) (value as Set<unknown>).add(this.#value(item));
        break;
    }
  }

  /** Defined, not assigned: a key may be `__proto__`, a class may have a setter of that name. */
  #define(target: object, entries: Readonly<Record<string, ValueRef>>): void {
    for (const [key, ref] of Object.entries(entries)) {
      const value = this.#value(ref);
      Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    }
  }

  #all(refs: Readonly<Record<string, ValueRef>>): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(refs).map(([name, ref]) => [name, this.#value(ref)]));
  }

  #value(ref: ValueRef): unknown {
    switch (ref.kind) {
      case "literal":
        return ref.value;
      case "node":
        return this.#values[ref.index];
      case "module":
        return this.#modules.get(ref);
      case "global":
        return globalAt(ref.name);
      case "require":
        return requireAt(ref.from ?? `${process.cwd()}/notebook.js`);
      case "symbol":
        return ref.registered ? Symbol.for(ref.key) : Reflect.get(Symbol, ref.key);
    }
  }
}

/** `require` of the file at this path. Loaded late: few functions use it, and every worker starts with this file. */
function requireAt(path: string): NodeJS.Require {
  const context: typeof import("./module-context.js") = createRequire(import.meta.url)("./module-context.js");
  return context.requireAt(pathToFileURL(path).href);
}

function globalAt(path: string): unknown {
  let value: unknown = globalThis;
  for (const name of path.split(".")) value = (value as Readonly<Record<string, unknown>>)[name];
  return value;
}
