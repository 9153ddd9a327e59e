/**
 * Functions of `da` that describe how elements are distributed.
 * @module
 */
import { NDArray } from "../memory/nd-array.js";
import { lazyOf } from "./array-base.js";
import type { AxisLike } from "./axes.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { average, type CovarianceOptions, correlation, covariance } from "./covariance.js";
import { histogram } from "./histogram.js";
import { type MomentOptions, moment, standardDeviation, variance } from "./moments.js";
import { nanDeviation, nanVariance } from "./nan-moments.js";
import { bincount } from "./search.js";
import { percentile } from "./sort.js";

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

/** `percentile`: of one percentage a number. */
export interface Percentile {
  (array: AnyArray, percent: number): ChunkedArray<number>;
  (array: AnyArray, percents: readonly number[]): ChunkedArray;
}

/** `average`: of all elements a number. */
export interface Average {
  (array: AnyArray, axis?: null, weights?: AnyArray): ChunkedArray<number>;
  (array: AnyArray, axis: AxisLike, weights?: AnyArray): ChunkedArray;
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
  /** The variance of the elements that are not NaN; NaN where there are not more of them than `ddof`. */
  nanvar: ((array: AnyArray, axis: AxisLike = null, options?: MomentOptions) =>
    wrap(nanVariance(lazyOf(array), axis, options))) as Spread,
  /** The standard deviation of the elements that are not NaN. */
  nanstd: ((array: AnyArray, axis: AxisLike = null, options?: MomentOptions) =>
    wrap(nanDeviation(lazyOf(array), axis, options))) as Spread,
  /**
   * Exact percentiles (0 to 100) of an array with one axis, between elements as NumPy's method "linear".
   * @throws {ShapeError} if the array has more axes
   * @example da.percentile(x, [5, 50, 95])
   */
  percentile: ((array: AnyArray, percents: number | readonly number[]) =>
    wrap(percentile(lazyOf(array), percents))) as Percentile,
  /** As `percentile`, from shares of 0 to 1. @example da.quantile(x, 0.25) */
  quantile: ((array: AnyArray, shares: number | readonly number[]) =>
    wrap(
      percentile(lazyOf(array), typeof shares === "number" ? shares * 100 : shares.map((q) => q * 100)),
    )) as Percentile,
  /**
   * Counts per bin and the edges of the bins: a number of bins with a range, or edges.
   * @throws {ArgumentError} if there is a number and no range
   * @example const [counts, edges] = da.histogram(x, 10, [0, 1])
   */
  histogram: (
    array: AnyArray,
    bins: number | readonly number[],
    range?: readonly [number, number],
  ): [counts: ChunkedArray, edges: NDArray] => {
    const { counts, edges } = histogram(lazyOf(array), bins, range);
    return [wrap(counts), new NDArray(edges, [edges.length])];
  },
  /**
   * How often each whole number below `length` occurs.
   * @throws {ArgumentError} when it is computed, if an element is not one of them
   */
  bincount: (array: AnyArray, length: number): ChunkedArray => wrap(bincount(lazyOf(array), length)),
  /** The mean over axes in which elements count with their weights. @example da.average(x, 0, weights) */
  average: ((array: AnyArray, axis: AxisLike = null, weights?: AnyArray) =>
    wrap(average(lazyOf(array), axis, weights && lazyOf(weights)))) as Average,
  /** Covariances of the rows of a matrix (`rowvar: false`: of its columns). */
  cov: (array: AnyArray, options?: CovarianceOptions): ChunkedArray => wrap(covariance(lazyOf(array), options)),
  /** Correlations of the rows of a matrix (`rowvar: false`: of its columns). */
  corrcoef: (array: AnyArray, options?: Pick<CovarianceOptions, "rowvar">): ChunkedArray =>
    wrap(correlation(lazyOf(array), options)),
  /** The median of an array with one axis. */
  median: (array: AnyArray): ChunkedArray<number> => wrap(percentile(lazyOf(array), 50)),
} as const;
