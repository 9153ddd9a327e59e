/**
 * What a lazy result answers when it is used as if its value were there: attributes, elements and calls become
 * tasks, changes are refused. A boolean test (`if (lazy)`) cannot be refused: JavaScript asks no object.
 * @module
 */
import type { DagbookError } from "../errors.js";
import { inspectSymbol } from "../symbols.js";
import { threadGlobal } from "../thread-global.js";

/** Lazy: the task that takes an attribute or element of the value. */
export const partSymbol = Symbol("dagbook.part");
/** Lazy: the task that calls the value with these arguments. */
export const callSymbol = Symbol("dagbook.call");
/** The error for a use that needs the value. */
export const misuseSymbol = Symbol("dagbook.misuse");

/** A lazy result without its proxy. Names that it has itself are its own, all others belong to its value. */
export interface Proxied {
  [partSymbol](property: string | number): unknown;
  [callSymbol](args: readonly unknown[]): unknown;
  [misuseSymbol](problem: string): DagbookError;
}

/** JavaScript asks every object for these, to see whether it is a promise or has a form of its own in JSON. */
const ASKED_OF_ALL: ReadonlySet<string> = new Set(["then", "toJSON"]);
const INDEX = /^(?:0|[1-9]\d{0,15})$/;

// By proxy, not by a property: looking behind one runs nothing. For all copies of this package in a notebook.
const plain = threadGlobal("lazy", () => new WeakMap<object, object>());

/** The lazy result whose attributes are tasks. */
export function lazyProxy<L extends Proxied>(lazy: L): L {
  const proxy = new Proxy(shape, new LazyHandler(lazy)) as unknown as L;
  plain.set(proxy, lazy);
  return proxy;
}

/** The object behind what `lazyProxy` returned; any other value is returned as it is. */
export function withoutProxy<T>(value: T): T {
  return (plain.get(value as object) as T | undefined) ?? value;
}

// A target that can be called and constructed and has no property that a proxy must show: a bound function.
function value(): void {}
const shape = value.bind(undefined);
// Node prints a proxy with the method of its target.
Object.defineProperty(shape, inspectSymbol, {
  value(this: object) {
    return String(this);
  },
  configurable: true,
});

class LazyHandler implements ProxyHandler<object> {
  readonly #lazy: Proxied;

  constructor(lazy: Proxied) {
    this.#lazy = lazy;
  }

  get(_: object, name: string | symbol): unknown {
    if (typeof name === "symbol" || name in this.#lazy) return Reflect.get(this.#lazy, name);
    if (ASKED_OF_ALL.has(name)) return undefined;
    if (name.startsWith("_")) {
      throw this.#lazy[misuseSymbol](
        `${name} starts with _ and is private to its value; use it inside a delayed function`,
      );
    }
    return this.#lazy[partSymbol](INDEX.test(name) ? Number(name) : name);
  }

  has(_: object, name: string | symbol): boolean {
    return name in this.#lazy;
  }

  apply(_: object, __: unknown, args: readonly unknown[]): unknown {
    return this.#lazy[callSymbol](args);
  }

  construct(): object {
    throw this.#lazy[misuseSymbol](
      "new needs the class itself; write a delayed function that gives plain data of new C(…)",
    );
  }

  set(_: object, name: string | symbol): boolean {
    throw this.#unchangeable(name);
  }

  defineProperty(_: object, name: string | symbol): boolean {
    throw this.#unchangeable(name);
  }

  deleteProperty(_: object, name: string | symbol): boolean {
    throw this.#unchangeable(name);
  }

  setPrototypeOf(): boolean {
    return false;
  }

  preventExtensions(): boolean {
    return false;
  }

  getPrototypeOf(): object | null {
    return Reflect.getPrototypeOf(this.#lazy);
  }

  ownKeys(): string[] {
    return [];
  }

  getOwnPropertyDescriptor(): undefined {
    return undefined;
  }

  #unchangeable(name: string | symbol): DagbookError {
    return this.#lazy[misuseSymbol](
      `${String(name)} cannot be set or deleted; make a changed copy in a delayed function`,
    );
  }
}
