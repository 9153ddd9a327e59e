/**
 * Walks a function and the values it reaches and notes each of them once.
 * @module
 */
import { Buffer } from "node:buffer";
import { types } from "node:util";
import { ShipError } from "../../errors.js";
import { structuredClone } from "../../kept-globals.js";
import { hasPlainPrototype, isObject } from "../../kinds.js";
import { type Analysis, analyse } from "./analyse.js";
import { findCaptured, functionLabel } from "./captured.js";
import { checkInstance } from "./instance.js";
import { loadedModules } from "./loaded-modules.js";
import { declaredModule } from "./module-function.js";
import { hasNativeClass, isLazy, isNative, isPlainArray, isPlainData } from "./plain-data.js";
import { inspectBound } from "./scopes.js";
import type { ClosureNode, SessionScope, ValueRef } from "./shipped.js";
import { globalPath } from "./worker-globals.js";

const ARROW = " → ";

/** One function on its way: `add` its root, then `finish`. */
export class Shipment {
  readonly #scope: SessionScope;
  readonly #loaded = loadedModules();
  readonly #nodes: ClosureNode[] = [];
  readonly #seen = new Map<object, ValueRef>();
  /** data nodes still hold the caller's own objects */
  readonly #data: { index: number; value: unknown }[] = [];

  constructor(scope: SessionScope) {
    this.#scope = scope;
  }

  /**
   * A reference to `value`, which is noted with all it needs.
   * @param path how it was reached, for errors: `f → rows[3]`
   * @throws {ShipError} if it cannot travel
   */
  add(value: unknown, path: string): ValueRef {
    if (typeof value === "symbol") return symbolRef(value, path);
    if (!isObject(value)) return { kind: "literal", value };
    const known = this.#seen.get(value) ?? this.#origin(value);
    if (known !== undefined) return known;
    // A lazy value can be called; it is refused as one.
    const isFunction = typeof value === "function" && !isLazy(value);
    return isFunction ? this.#addFunction(value, path) : this.#addObject(value, path);
  }

  /** All nodes; data is copied here, in one go, so that what two variables share stays shared. */
  finish(): ClosureNode[] {
    const copies: unknown[] = structuredClone(this.#data.map(({ value }) => value));
    this.#data.forEach(({ index }, nth) => {
      this.#nodes[index] = { kind: "data", value: copies[nth] };
    });
    return this.#nodes;
  }

  /** A value that a worker has or imports by itself. */
  #origin(value: object): ValueRef | undefined {
    const path = globalPath(value);
    if (path !== undefined) return { kind: "global", name: path };
    const origin = declaredModule(value) ?? this.#scope.moduleOf(value) ?? this.#loaded.get(value);
    return origin && { kind: "module", ...origin };
  }

  /** Takes the place of a node before its parts are noted: they may refer back to it. */
  #reserve(value: object): { readonly index: number; readonly ref: ValueRef } {
    const index = this.#nodes.length;
    const ref: ValueRef = { kind: "node", index };
    this.#nodes.push({ kind: "data", value: undefined });
    this.#seen.set(value, ref);
    return { index, ref };
  }

  #addFunction(fn: object & { name?: string }, path: string): ValueRef {
    const source = Function.prototype.toString.call(fn);
    if (isNative(fn)) return this.#addBound(fn, path);
    const analysis = analyse(source);
    const { names, place, isStrict } = findCaptured(fn, analysis, this.#scope, path);
    refuseUnmovable(analysis, functionLabel(path, place, this.#scope));
    const { index, ref } = this.#reserve(fn);
    const captured = refsByName();
    for (const [name, origin] of names) {
      captured[name] = origin.kind === "ref" ? origin.ref : this.add(origin.value, `${path}${ARROW}${name}`);
    }
    this.#nodes[index] = {
      kind: "function",
      name: fn.name ?? "",
      source: analysis.source,
      form: analysis.form,
      key: analysis.key,
      isClass: analysis.isClass,
      isStrict,
      importsDynamically: analysis.importsDynamically,
      ...(place === undefined ? {} : { place }),
      captured,
      properties: this.#entries(fn, path, analysis.statics),
    };
    return ref;
  }

  #addBound(fn: object & { name?: string }, path: string): ValueRef {
    const bound = inspectBound(fn);
    if (bound === undefined) {
      throw new ShipError(
        `${path} is the built-in function ${fn.name || "anonymous"} of unknown origin, which cannot be sent to a ` +
          "worker: import it in a cell and use the imported name.",
        { path },
      );
    }
    const { index, ref } = this.#reserve(fn);
    const target = this.add(bound.target, path);
    const self = this.add(bound.self, `${path}${ARROW}bound this`);
    const args = bound.args.map((value, nth) => this.add(value, `${path}${ARROW}bound argument ${nth}`));
    this.#nodes[index] = { kind: "bound", target, self, args };
    return ref;
  }

  #addObject(value: object, path: string): ValueRef {
    refuseLive(value, path);
    if (isPlainData(value)) {
      const { index, ref } = this.#reserve(value);
      this.#data.push({ index, value });
      return ref;
    }
    const { index, ref } = this.#reserve(value);
    this.#nodes[index] = this.#container(value, path);
    return ref;
  }

  #container(value: object, path: string): ClosureNode {
    if (Buffer.isBuffer(value)) return { kind: "buffer", value: new Uint8Array(value) };
    if (Object.prototype.toString.call(value) === "[object URL]") return { kind: "url", href: String(value) };
    if (isPlainArray(value)) {
      return { kind: "array", items: Array.from(value, (item, nth) => this.add(item, `${path}[${nth}]`)) };
    }
    if (types.isMap(value) && hasNativeClass(value)) {
      const entries = Array.from(
        value,
        ([key, item]) => [this.add(key, `${path} key`), this.add(item, `${path} value`)] as const,
      );
      return { kind: "map", entries };
    }
    if (types.isSet(value) && hasNativeClass(value)) {
      return { kind: "set", items: Array.from(value, (item) => this.add(item, `${path} item`)) };
    }
    if (hasPlainPrototype(value)) {
      return {
        kind: "object",
        entries: this.#entries(value, path),
        nullPrototype: Object.getPrototypeOf(value) === null,
      };
    }
    return {
      kind: "instance",
      constructor: this.add(checkInstance(value, path), `${path}.constructor`),
      entries: this.#entries(value, path),
    };
  }

  #entries(value: object, path: string, without?: ReadonlySet<string>): Record<string, ValueRef> {
    const entries = refsByName();
    for (const [key, item] of Object.entries(value)) {
      if (!without?.has(key)) entries[key] = this.add(item, `${path}.${key}`);
    }
    return entries;
  }
}

/** Without a prototype: `__proto__` is a name like any other. */
function refsByName(): Record<string, ValueRef> {
  return Object.create(null);
}

/** Constructs that mean something only in their original place. */
function refuseUnmovable(analysis: Analysis, label: string): void {
  const problem = unmovable(analysis);
  if (problem !== undefined) throw new ShipError(`${label} ${problem}`);
}

function unmovable(analysis: Analysis): string | undefined {
  if (analysis.callsEval) return "calls eval: the variables it uses cannot be known. Write the code out.";
  if (analysis.usesImportMeta) {
    return "uses import.meta, which a worker does not have: copy what it needs into a const outside the function.";
  }
  if (analysis.usesOuterSuper) return "uses super outside a class: call the method of the parent class by its name.";
  if (analysis.outerPrivate !== undefined) {
    return `uses the private field #${analysis.outerPrivate} of its class: use the whole class inside the task.`;
  }
  if (!analysis.usesOuterThis) return undefined;
  return (
    "is an arrow function that uses 'this' or 'arguments' of the function around it: copy what it needs into a const " +
    "outside the arrow function."
  );
}

function refuseLive(value: object, path: string): void {
  const cure = liveCure(value);
  if (cure === undefined) return;
  throw new ShipError(`${path} is ${cure}`, { path });
}

function liveCure(value: object): string | undefined {
  if (isLazy(value)) return "a lazy value, which only a graph can resolve: pass it to the task as an argument.";
  if (types.isPromise(value)) return "a Promise, which cannot be sent to a worker: await it before the task uses it.";
  if (types.isProxy(value)) return "a Proxy, which cannot be sent to a worker: build it inside the task.";
  if (types.isGeneratorObject(value)) return "a generator, which cannot be sent to a worker: build it inside the task.";
  if (types.isModuleNamespaceObject(value)) {
    return "a module of unknown origin, which cannot be sent to a worker: import it in a cell and use that name.";
  }
  return undefined;
}

function symbolRef(value: symbol, path: string): ValueRef {
  const registered = Symbol.keyFor(value);
  if (registered !== undefined) return { kind: "symbol", key: registered, registered: true };
  const name = value.description?.replace(/^Symbol\./, "") ?? "";
  if (Reflect.get(Symbol, name) === value) return { kind: "symbol", key: name, registered: false };
  throw new ShipError(
    `${path} is a Symbol of this thread only, which cannot be sent to a worker: use Symbol.for(${JSON.stringify(name)}).`,
    { path },
  );
}
