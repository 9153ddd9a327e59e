/**
 * What `compute`, `persist` and `visualize` accept: anything that can add its tasks to a graph and turn
 * results back into a value (Dask's collection protocol).
 * @module
 */
import { isObject } from "../kinds.js";
import { collectionSymbol } from "../symbols.js";
import type { Graph } from "./graph/graph.js";
import type { Key } from "./graph/key.js";
import type { Kept } from "./graph/packed.js";

export { collectionSymbol } from "../symbols.js";

/** What a lazy object can do. `T` is the type of its value. */
export interface CollectionProtocol<T> {
  /** how the view names a run of it: a variable, a function, an expression */
  readonly title: string;
  /** Adds the tasks that make the result and returns the keys wanted, in a fixed order. */
  addTo(graph: Graph): readonly Key[];
  /** Adds the tasks that make the result as ONE value (for use as an argument of a task); returns its key. */
  addAsValue(graph: Graph): Key;
  /** Turns the results of `addTo`'s keys into the value of `compute()`. */
  finalize(results: readonly unknown[]): T;
  /** The same collection with results of `addTo`'s keys that stay on the pool (`persist`). */
  persisted(kept: readonly Kept[]): Collection<T>;
}

/** A lazy object: it stands for a value of type `T` that has not been computed. */
export interface Collection<T> {
  readonly [collectionSymbol]: CollectionProtocol<T>;
}

/** True for any collection, also one of another copy of this package. */
export function isCollection(value: unknown): value is Collection<unknown> {
  return isObject(value) && collectionSymbol in value;
}

/** Under this symbol a delayed function, which makes lazy results when it is called, keeps the function itself. */
export const functionSymbol = Symbol.for("dagbook.delayedFunction");
