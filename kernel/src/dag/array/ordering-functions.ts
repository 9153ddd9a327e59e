/**
 * Functions of `da` that compare elements with one another.
 * @module
 */
import { lazyOf } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { sort } from "./sort.js";
import { argExtreme, argtopk, topk } from "./top-k.js";

/** `argmax` and `argmin`: of all elements a number. */
export interface ArgExtreme {
  (array: AnyArray): ChunkedArray<number>;
  (array: AnyArray, axis: number | null): ChunkedArray;
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
} as const;
