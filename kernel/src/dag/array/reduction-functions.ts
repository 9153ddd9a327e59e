/**
 * Reductions of `da`.
 * @module
 */
import { lazyOf } from "./array-base.js";
import type { AxisLike } from "./axes.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { coarsen } from "./coarsen.js";
import { binary } from "./elementwise.js";
import { type ReduceOptions, type Reduction, reduce } from "./reductions.js";

/** A reduction over all axes, or over some. */
export interface Reduce {
  (array: AnyArray): ChunkedArray<number>;
  (array: AnyArray, axis: AxisLike, options?: ReduceOptions): ChunkedArray;
}

function reduction(name: Reduction): Reduce {
  return ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    wrap(reduce(name, lazyOf(array), axis, options))) as Reduce;
}

/** Reductions over an axis, a list of axes, or all; the same as methods of arrays, where they are described. */
export const reductionFunctions = {
  /** The sum over an axis, a list of axes, or all. Of integers and bool it is int64, of unsigned ones uint64. */
  sum: reduction("sum"),
  /** The product; of integers in 64 bits, which wrap around. */
  prod: reduction("prod"),
  /** The mean over an axis, a list of axes, or all; NaN of no elements. */
  mean: reduction("mean"),
  /** The largest element; NaN if there is one among them. */
  max: reduction("max"),
  /** The smallest element; NaN if there is one among them. */
  min: reduction("min"),
  /** 1 if any element is not 0, NaN included, else 0; over axes a bool array. */
  any: reduction("any"),
  /** 1 if no element is 0, else 0; over axes a bool array. */
  all: reduction("all"),
  /** How many elements are not 0. */
  countNonzero: reduction("countNonzero"),
  /** The sum without NaN. */
  nansum: reduction("nansum"),
  /** The product without NaN. */
  nanprod: reduction("nanprod"),
  /** The mean without NaN; NaN if there is nothing else. */
  nanmean: reduction("nanmean"),
  /** The difference of the largest and the smallest element. */
  ptp: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    wrap(
      binary("subtract", reduce("max", lazyOf(array), axis, options), reduce("min", lazyOf(array), axis, options)),
    )) as Reduce,
  /**
   * A reduction over boxes side by side: elements of a box along axes, by their numbers.
   * @throws {ArgumentError} if an axis is no multiple of its box
   * @example da.coarsen("mean", image, { 0: 2, 1: 2 })
   */
  coarsen: (name: Reduction, array: AnyArray, boxes: Readonly<Record<number, number>>): ChunkedArray =>
    wrap(coarsen(name, lazyOf(array), boxes)),
  /** The largest element that is not NaN; NaN if there is nothing else. */
  nanmax: reduction("nanmax"),
  /** The smallest element that is not NaN; NaN if there is nothing else. */
  nanmin: reduction("nanmin"),
} as const;
