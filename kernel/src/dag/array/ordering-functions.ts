/**
 * Functions of `da` that compare elements with one another.
 * @module
 */
import { anyBoolean, checkOptions } from "../check-options.js";
import { lazyOf } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { digitize, type Edges, isin, searchsorted } from "./search.js";
import { sort } from "./sort.js";
import { argExtreme, argtopk, topk } from "./top-k.js";
import { unique } from "./unique.js";

/** `argmax` and `argmin`: of all elements a number. */
export interface ArgExtreme {
  (array: AnyArray): ChunkedArray<number>;
  (array: AnyArray, axis: number | null): ChunkedArray;
}

/** Options of `unique`. */
export interface UniqueOptions {
  readonly returnCounts?: boolean;
}

/** `unique`: the elements, or the elements and their counts. */
export interface Unique {
  (array: AnyArray, options: { readonly returnCounts: true }): [values: ChunkedArray, counts: ChunkedArray];
  (array: AnyArray, options?: { readonly returnCounts?: false }): ChunkedArray;
}

export const orderingFunctions = {
  /** The k largest elements along an axis (default the last), descending; of a negative k the smallest, ascending. */
  topk: (array: AnyArray, k: number, axis?: number): ChunkedArray => wrap(topk(lazyOf(array), k, axis)),
  /** Where the elements of `topk` are along the axis. */
  argtopk: (array: AnyArray, k: number, axis?: number): ChunkedArray => wrap(argtopk(lazyOf(array), k, axis)),
  /** Where the largest element is, along an axis or in C order of all; the first NaN if there is one. */
  argmax: ((array: AnyArray, axis?: number | null) => wrap(argExtreme("argmax", lazyOf(array), axis))) as ArgExtreme,
  /** Where the smallest element is, along an axis or in C order of all; the first NaN if there is one. */
  argmin: ((array: AnyArray, axis?: number | null) => wrap(argExtreme("argmin", lazyOf(array), axis))) as ArgExtreme,
  /**
   * The elements in ascending order along an axis (default the last), NaN last.
   * @throws {ShapeError} if the axis does not exist
   */
  sort: (array: AnyArray, axis?: number): ChunkedArray => wrap(sort(lazyOf(array), axis)),
  /** The different elements in ascending order; with `returnCounts` also how often each occurs. */
  unique: ((array: AnyArray, options: UniqueOptions = {}) => {
    checkOptions("unique", options, { returnCounts: anyBoolean });
    const { values, counts } = unique(lazyOf(array));
    return options.returnCounts ? [wrap(values), wrap(counts)] : wrap(values);
  }) as Unique,
  /**
   * For each element where it belongs in an ascending list: before edges that equal it ("left"), or after ("right").
   * @example da.searchsorted([0, 1, 5], x)
   */
  searchsorted: (edges: Edges, array: AnyArray, side?: "left" | "right"): ChunkedArray =>
    wrap(searchsorted(edges, lazyOf(array), side)),
  /** Where elements are among some numbers, a bool array. @example da.isin(labels, [1, 4]) */
  isin: (array: AnyArray, values: Edges): ChunkedArray => wrap(isin(lazyOf(array), values)),
  /** For each element the number of its bin: i from edge i - 1 up to, not including, edge i; with `right` turned round. */
  digitize: (array: AnyArray, edges: Edges, right?: boolean): ChunkedArray =>
    wrap(digitize(lazyOf(array), edges, right)),
} as const;
