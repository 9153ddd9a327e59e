/**
 * Sums, means and extremes over axes.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { anyBoolean, checkOptions, type Expectations } from "../check-options.js";
import { sizeOf } from "../memory/strides.js";
import { type AxisLike, normalizeAxes } from "./axes.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { countedMean } from "./moments.js";
import { inexact } from "./promotion.js";

/** Names of reductions. */
export type Reduction = "sum" | "mean" | "max" | "min";

/** Options of reductions. */
export interface ReduceOptions {
  /** reduced axes stay, with size 1 */
  readonly keepdims?: boolean;
}

const expectations: Expectations<ReduceOptions> = { keepdims: anyBoolean };

/**
 * Reduces axes as a tree with fan-in 4.
 *
 * Sums are added up in float64. A sum of int32 is float64 (NumPy: int64), exact up to 2^53; `max` and `min`
 * let NaN through; the mean of no elements is NaN.
 * @param axis one axis, a list, or all
 * @throws {ShapeError} for `max` and `min` of no elements, or an unknown axis
 */
export function reduce(reduction: Reduction, array: LazyArray, axis: AxisLike, options: ReduceOptions = {}): LazyArray {
  checkOptions(reduction, options, expectations);
  const { keepdims = false } = options;
  const axes = normalizeAxes(axis, array.shape.length);
  const count = sizeOf(axes.map((reduced) => array.shape[reduced]));
  if (Number.isNaN(count) && reduction === "mean") return countedMean(array, axis, options);
  const isExtreme = reduction === "max" || reduction === "min";
  if (count === 0 && isExtreme) {
    throw new ShapeError(
      `${reduction} of an array of shape [${array.shape}] over axes [${axes}] has no elements to compare`,
      {
        shape: array.shape,
        axes,
      },
    );
  }
  const chunks = array.chunks.flatMap((sizes, i) => (axes.includes(i) ? (keepdims ? [[1]] : []) : [sizes]));
  return lazyArray(reduction, chunks, isExtreme ? array.dtype : inexact(array.dtype), {
    kind: "reduce",
    input: array,
    combine: isExtreme ? reduction : "sum",
    axes,
    keepdims,
    divisor: reduction === "mean" ? count : 1,
  });
}
