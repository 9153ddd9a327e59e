/**
 * Places of elements in ascending lists, and counts of whole numbers.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import type { TypedArray } from "../memory/dtype.js";
import type { NDArray } from "../memory/nd-array.js";
import type { Search } from "./blocks/search.js";
import { cast } from "./elementwise.js";
import { countBins } from "./histogram.js";
import { bincountBlock, searchBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { compare } from "./logic.js";

/** An ascending list of numbers that is known when the graph is built. */
export type Edges = readonly number[] | TypedArray | NDArray;

/**
 * For each element where it belongs in an ascending list: before edges that equal it (left) or after them (right).
 * @returns int64, of the shape of the array
 * @throws {ArgumentError} if the edges are no ascending numbers, or the side is another
 */
export function searchsorted(edges: Edges, array: LazyArray, side: Search["side"] = "left"): LazyArray {
  if (side !== "left" && side !== "right") {
    throw new ArgumentError(`searchsorted: the side must be "left" or "right" and is ${inspect(side)}`, { side });
  }
  return places("searchsorted", array, edges, side);
}

/**
 * For each element the number of its bin: i if it is from edge i - 1 up to, not including, edge i; with `right` the
 * upper edge belongs to a bin instead.
 * @throws {ArgumentError} if the edges are no ascending numbers
 */
export function digitize(array: LazyArray, edges: Edges, right = false): LazyArray {
  return places("digitize", array, edges, right ? "left" : "right");
}

/** Found as int32, which the loop writes several times faster than bigints. */
function places(label: string, array: LazyArray, edges: Edges, side: Search["side"]): LazyArray {
  return cast(lookup(label, array, { edges: ascending(label, edges), side, dtype: "int32" }), "int64");
}

/**
 * Where elements are among some numbers: bool; elements are compared as float64, NaN is equal to nothing.
 * @throws {ArgumentError} if the values are no numbers
 */
export function isin(array: LazyArray, values: Edges): LazyArray {
  const nested: unknown = "strides" in values ? values.tolist() : Array.from(values);
  const list = [nested].flat(Number.POSITIVE_INFINITY);
  const edges = ascending(
    "isin",
    Float64Array.from(list, Number)
      .filter((value) => !Number.isNaN(value))
      .sort(),
  );
  const nearest = Float64Array.of(...edges, Number.NaN);
  return compare("equal", lookup("isin", array, { edges, side: "left", dtype: "float64", values: nearest }), array);
}

/** Every element replaced by what the search finds for it. */
export function lookup(label: string, array: LazyArray, search: Search): LazyArray {
  return lazyArray(label, array.chunks, search.dtype, {
    kind: "task",
    inputs: [],
    fused: { input: array, dtype: "float64" },
    fn: searchBlock,
    argsOf: (index, { fused }) => [search, ...fused(index)],
  });
}

/**
 * How often each whole number below `length` occurs: int64 `[length]`.
 * @throws {ArgumentError} if `length` is no integer from 1 up; when computed, if an element is none below it
 */
export function bincount(array: LazyArray, length: number): LazyArray {
  if (!Number.isInteger(length) || length < 1) {
    throw new ArgumentError(
      `bincount: the length must be an integer from 1 up and is ${inspect(length)}: give the largest element plus 1, ` +
        "which is not known before the array is computed",
      { length },
    );
  }
  return countBins("bincount", array, length, { fn: bincountBlock, told: length });
}

function ascending(what: string, edges: Edges): Float64Array {
  const list = "strides" in edges ? edges.tolist() : edges;
  const numbers =
    Array.isArray(list) || ArrayBuffer.isView(list) ? Float64Array.from(list as ArrayLike<number>) : undefined;
  if (numbers?.every((edge, i) => (i === 0 ? !Number.isNaN(edge) : numbers[i - 1] <= edge))) return numbers;
  throw new ArgumentError(
    `${what}: ${inspect(list, { depth: 1, breakLength: 80 })} are no ascending numbers: sort them`,
    {
      edges,
    },
  );
}
