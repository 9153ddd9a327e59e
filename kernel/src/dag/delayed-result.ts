/**
 * What a delayed call returns: a result that has not been computed.
 * @module
 */
import { ArgumentError } from "../errors.js";
import { displaySymbol, inspectSymbol } from "../symbols.js";
import { type Collection, type CollectionProtocol, collectionSymbol } from "./collection.js";
import { computeOne, persistOne, runOne } from "./compute.js";
import type { ComputeOptions, ComputeRun } from "./compute-options.js";
import type { LazyArguments } from "./computed.js";
import { exposeBlocks } from "./engine/value.js";
import { callMethod, callResult, getitem } from "./graph/builtins.js";
import { formatKey, type Key, keyId } from "./graph/key.js";
import type { Kept } from "./graph/packed.js";
import { type AnyFunction, KeptResult, Reference, Task } from "./graph/task.js";
import type { GraphPicture } from "./graph-picture.js";
import { addNode, argumentOf, type LazyNode, newKey, nodeSymbol } from "./lazy-node.js";
import { callSymbol, lazyProxy, misuseSymbol, type Proxied, partSymbol, withoutProxy } from "./lazy-proxy.js";
import { tokenize } from "./tokenize.js";
import { type VisualizeOptions, visualizeWith } from "./visualize.js";

/**
 * A result that has not been computed. Its attributes and elements are lazy results too (`lazy.rows[0]`), a call of
 * one is a task (`lazy.rows.slice(2)`). The names of its own methods are taken: `delayed((v) => v.length)(lazy)`.
 */
export type Delayed<T> = DelayedResult<T> & Attributes<T> & Called<T>;

/** Lazy attributes of a lazy `T`. */
export type Attributes<T> = { readonly [K in AttributeOf<T>]: Delayed<T[K]> };

type AttributeOf<T> = Exclude<keyof T, keyof DelayedResult<unknown> | symbol | `_${string}` | "constructor" | "then">;

/** A lazy function can be called; for `any` the value decides. */
type Called<T> = 0 extends 1 & T
  ? (...args: readonly unknown[]) => Delayed<T>
  : [T] extends [never]
    ? unknown
    : T extends (...args: infer A extends readonly unknown[]) => infer R
      ? (...args: LazyArguments<A>) => Delayed<Awaited<R>>
      : unknown;

/** What a lazy result is made of. */
export interface DelayedParts {
  readonly node: LazyNode;
  /** how the view names a run of it */
  readonly title: string;
  /** number of parts of the value */
  readonly nout?: number | undefined;
  /** set for an attribute: what it is taken of, so that a call knows its `this` */
  readonly owner?: { readonly node: LazyNode; readonly name: string | number };
}

/** Makes the lazy result that `parts` describe. */
export function delayedResult<T>(parts: DelayedParts): Delayed<T> {
  return lazyProxy(new DelayedResult<T>(parts)) as Delayed<T>;
}

/** Characters of the key of an attribute; a longer one is a hash. */
const LONGEST_KEY = 80;
const DECLARE_NOUT = "declare the number of parts: delayed(fn, { nout: 2 })";

/** The own methods of a lazy result. */
export class DelayedResult<T> implements Collection<T>, Proxied {
  // The name that people know.
  static readonly name = "Delayed";
  readonly #parts: DelayedParts;

  /** @param parts see `delayedResult`, which makes attributes lazy */
  constructor(parts: DelayedParts) {
    this.#parts = parts;
  }

  /** Key of the task that makes the result. */
  get key(): Key {
    return this.#parts.node.key;
  }

  get [nodeSymbol](): LazyNode {
    return this.#parts.node;
  }

  /**
   * The result.
   * @throws {TaskError} if a task threw; its `cause` is the task's own error
   * @throws {CancelledError} if `options.signal` was aborted or the run was stopped
   */
  compute(options?: ComputeOptions): Promise<T> {
    return computeOne<T>(this, options);
  }

  /** The same lazy result, computed: the value stays with the engine, what needs it finds it there. */
  persist(options?: ComputeOptions): Promise<Delayed<T>> {
    return persistOne<Collection<T>>(this, options) as Promise<Delayed<T>>;
  }

  /** Starts to compute the result and gives the run: its events, `cancel`, and the result as `value`. */
  run(options?: ComputeOptions): Promise<ComputeRun<T>> {
    return runOne<T>(this, options);
  }

  /** A picture of the graph; nothing runs. `{ optimize: true }` shows it as it would run. */
  visualize(options: VisualizeOptions = {}): GraphPicture {
    return visualizeWith(options, this);
  }

  /** A lazy result in a cell shows its graph. */
  [displaySymbol](): Readonly<Record<string, unknown>> {
    return this.visualize()[displaySymbol]();
  }

  get [collectionSymbol](): CollectionProtocol<T> {
    const { node, title, nout } = this.#parts;
    const addAsValue: CollectionProtocol<T>["addAsValue"] = (graph) => {
      addNode(graph, node);
      return node.key;
    };
    return {
      title,
      addTo: (graph) => [addAsValue(graph)],
      addAsValue,
      finalize: ([result]) => exposeBlocks(result, true) as T,
      persisted: ([kept]: readonly Kept[]) =>
        delayedResult<T>({ node: { key: node.key, inputs: [], value: new KeptResult(kept) }, title, nout }),
    };
  }

  /**
   * Number of parts, as declared by `nout`.
   * @throws {ArgumentError} without `nout`
   */
  get length(): number {
    const { nout } = withoutProxy(this).#parts;
    if (nout === undefined) throw this[misuseSymbol](`its length is not known; ${DECLARE_NOUT}`);
    return nout;
  }

  /**
   * The parts, each a task that takes one.
   * @throws {ArgumentError} without `nout`
   */
  *[Symbol.iterator](): Generator<Delayed<T extends readonly (infer I)[] ? I : unknown>> {
    const { nout } = withoutProxy(this).#parts;
    if (nout === undefined) throw this[misuseSymbol](`it cannot be taken apart; ${DECLARE_NOUT}`);
    for (let i = 0; i < nout; i++) yield this[partSymbol](i) as Delayed<T extends readonly (infer I)[] ? I : unknown>;
  }

  /** An attribute or element of the value. The same one has the same key, so it is taken once. */
  [partSymbol](name: string | number): Delayed<unknown> {
    const { node, title } = withoutProxy(this).#parts;
    const path = pathOf(name);
    const value = new Task(getitem, [new Reference(node.key), name], { name: "getitem" });
    const key = partKey(node.key, path);
    return delayedResult({ node: { key, inputs: [node], value }, title: title + path, owner: { node, name } });
  }

  /** Calls the value: as a method of what it was taken of, else as a function. */
  [callSymbol](args: readonly unknown[]): Delayed<unknown> {
    const { node, owner, title } = this.#parts;
    const source = owner?.node ?? node;
    const inputs = [source];
    const values = args.map((arg) => argumentOf(arg, inputs));
    const self = new Reference(source.key);
    const name = owner === undefined ? "call" : String(owner.name);
    const value =
      owner === undefined
        ? new Task(callResult as AnyFunction, [self, ...values], { name })
        : new Task(callMethod as AnyFunction, [self, owner.name, ...values], { name });
    return delayedResult({ node: { key: newKey(name), inputs, value }, title: `${title}()` });
  }

  /**
   * Text of the lazy result, for `${…}`.
   * @throws {ArgumentError} for arithmetic and comparison: the value is not known yet
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw this[misuseSymbol]("its value is not known yet; do it inside a delayed function, or await .compute() first");
  }

  /** In a list that is printed. */
  [inspectSymbol](): string {
    return this.toString();
  }

  toString(): string {
    return `Delayed(${formatKey(this.key)})`;
  }

  [misuseSymbol](problem: string): ArgumentError {
    return new ArgumentError(`${this.toString()} is lazy: ${problem}`, { key: this.key });
  }
}

function pathOf(name: string | number): string {
  if (typeof name === "string" && /^[\p{ID_Start}$][\p{ID_Continue}$]*$/u.test(name)) return `.${name}`;
  return `[${JSON.stringify(name)}]`;
}

/** `rows-1.name[0]`, which people can read; a hash of it where that is too long, or could be the text of two keys. */
function partKey(key: Key, path: string): Key {
  const isReadable = typeof key === "string" && key.length + path.length <= LONGEST_KEY;
  return isReadable ? key + path : `getitem-${tokenize([keyId(key), path])}`;
}
