/**
 * Functions of `da` that describe how elements are distributed.
 * @module
 */
import type { AxisLike } from "./axes.js";
import { type AnyArray, type ChunkedArray, lazyOf, wrap } from "./chunked-array.js";
import { type MomentOptions, moment, standardDeviation, variance } from "./moments.js";

/** `var` and `std`: of all elements a number. */
export interface Spread {
  (array: AnyArray): ChunkedArray<number>;
  (array: AnyArray, axis: AxisLike, options?: MomentOptions): ChunkedArray;
}

/** `moment`: of all elements a number. */
export interface Moment {
  (array: AnyArray, order: number): ChunkedArray<number>;
  (array: AnyArray, order: number, axis: AxisLike, options?: MomentOptions): ChunkedArray;
}

export const statisticsFunctions = {
  /** The variance over an axis, a list of axes, or all. */
  var: ((array: AnyArray, axis: AxisLike = null, options?: MomentOptions) =>
    wrap(variance(lazyOf(array), axis, options))) as Spread,
  /** The standard deviation over an axis, a list of axes, or all. @example da.std(x, 0, { ddof: 1 }) */
  std: ((array: AnyArray, axis: AxisLike = null, options?: MomentOptions) =>
    wrap(standardDeviation(lazyOf(array), axis, options))) as Spread,
  /** The mean of (x - mean)^order over an axis, a list of axes, or all. */
  moment: ((array: AnyArray, order: number, axis: AxisLike = null, options?: MomentOptions) =>
    wrap(moment(lazyOf(array), order, axis, options))) as Moment,
} as const;
