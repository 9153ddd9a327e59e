/**
 * Variance and standard deviation of what is not NaN.
 * @module
 */
import type { AxisLike } from "./axes.js";
import { binary, cast, rounding, square } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { classify, compare, logicalNot, where } from "./logic.js";
import type { MomentOptions } from "./moments.js";
import { inexact } from "./promotion.js";
import { reduce } from "./reductions.js";

/**
 * The mean of squared distances from the mean, of the elements that are not NaN; NaN where there are not more of them
 * than `ddof`. In two passes: the mean first, then the distances.
 * @throws {ShapeError} if an axis does not exist
 */
export function nanVariance(
  array: LazyArray,
  axis: AxisLike,
  { ddof = 0, keepdims = false }: MomentOptions = {},
): LazyArray {
  const mean = reduce("nanmean", array, axis, { keepdims: true });
  const isPresent = logicalNot(classify("isnan", array));
  // the distance of an infinity from the mean is NaN and counts
  const distances = where(isPresent, binary("subtract", array, mean), 0);
  const total = reduce("sum", square(distances), axis, { keepdims });
  const count = reduce("sum", isPresent, axis, { keepdims });
  const freedom = binary("subtract", count, ddof);
  const result = where(compare("greater", freedom, 0), binary("divide", total, freedom), Number.NaN);
  return cast(result, inexact(array.dtype));
}

/** The square root of `nanVariance`. */
export function nanDeviation(array: LazyArray, axis: AxisLike, options?: MomentOptions): LazyArray {
  return rounding("sqrt", nanVariance(array, axis, options));
}
