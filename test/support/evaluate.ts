// Runs the tasks of a collection one by one on the calling thread.
import { type Collection, collectionSymbol } from "../../kernel/src/dag/collection.js";
import { Graph } from "../../kernel/src/dag/graph/graph.js";
import { type Key, keyId } from "../../kernel/src/dag/graph/key.js";
import { isReference, isTask } from "../../kernel/src/dag/graph/task.js";
import type { ElementArray } from "../../kernel/src/dag/memory/dtype.js";
import { shownElement } from "../../kernel/src/dag/memory/element-of.js";
import type { NDArray } from "../../kernel/src/dag/memory/nd-array.js";
import type { NumpyValue } from "./numpy.js";

/** The value of a collection, without an engine: what its tasks compute, nothing else. */
export function evaluate<T>(collection: Collection<T>): T {
  const graph = new Graph();
  const keys = collection[collectionSymbol].addTo(graph);
  const results = new Map<string, unknown>();
  const resolve = (value: unknown): unknown => {
    if (isReference(value)) return resultOf(value.key);
    if (!isTask(value)) return value;
    const fn: (...args: never[]) => unknown = value.fn;
    return fn(...(value.args.map(resolve) as never[]));
  };
  const resultOf = (key: Key): unknown => {
    const id = keyId(key);
    if (!results.has(id)) results.set(id, resolve(graph.get(key)));
    return results.get(id);
  };
  return collection[collectionSymbol].finalize(keys.map(resultOf));
}

/** A value in the form in which NumPy's come back. */
export function asNumpyValue(value: NDArray<ElementArray> | number, dtype = "float64"): NumpyValue {
  if (typeof value !== "object") return { dtype, shape: [], values: [value] };
  return {
    dtype: value.dtype,
    shape: value.shape,
    values: Array.from<number | bigint, number>(value.data, shownElement),
  };
}

/** The same value where the sign of zero does not count: NumPy takes whichever of 0 and -0 comes first. */
export function withoutSignOfZero(value: NumpyValue): NumpyValue {
  return { ...value, values: value.values.map((number) => (typeof number === "bigint" ? number : number + 0)) };
}

/** How many tasks the graph of a collection has. */
export function taskCount(collection: Collection<unknown>): number {
  const graph = new Graph();
  collection[collectionSymbol].addTo(graph);
  return graph.keys().filter((key) => isTask(graph.get(key))).length;
}
