/**
 * Norms of vectors and matrices.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.linalg.norm.html
 * @module
 */
import { ArgumentError } from "../../../errors.js";
import { type AxisLike, normalizeAxes } from "../axes.js";
import { binary, cast, plain, power, rounding } from "../elementwise.js";
import type { LazyArray } from "../lazy-array.js";
import { inexact } from "../promotion.js";
import { type ReduceOptions, type Reduction, reduce } from "../reductions.js";
import { svd } from "./svd.js";

/** NumPy's `ord`. */
export type NormOrder = number | "fro" | "nuc";

/** Options of norms. */
export interface NormOptions extends ReduceOptions {
  /** default: the root of the sum of squares */
  readonly ord?: NormOrder;
  /** one axis: norms of vectors; two: of matrices; default: the whole array */
  readonly axis?: AxisLike;
}

/**
 * The norm over one axis, over two, or of the whole array, which for an `ord` must have one or two axes.
 * @throws {ArgumentError} if there is no norm of that order
 */
export function norm(array: LazyArray, { ord, axis = null, keepdims = false }: NormOptions = {}): LazyArray {
  const x = cast(array, inexact(array.dtype));
  const axes = normalizeAxes(axis, x.shape.length);
  const over = (reduction: Reduction, of: LazyArray) => reduce(reduction, of, axes, { keepdims });
  if (ord === undefined || (ord === "fro" && axes.length === 2) || (ord === 2 && axes.length === 1)) {
    return rounding("sqrt", over("sum", binary("multiply", x, x)));
  }
  if (axes.length === 1 && typeof ord === "number" && ord !== 0) {
    const size = plain("abs", x);
    if (ord === Number.POSITIVE_INFINITY) return over("max", size);
    if (ord === Number.NEGATIVE_INFINITY) return over("min", size);
    return ord === 1 ? over("sum", size) : power(over("sum", power(size, ord)), 1 / ord);
  }
  if (axes.length === 2 && isSumNorm(ord)) {
    // 1: the columns' sums, infinity: the rows'
    const [summed, compared] = Math.abs(ord) === 1 ? axes : [...axes].reverse();
    const sums = reduce("sum", plain("abs", x), summed, { keepdims: true });
    const extreme = reduce(ord > 0 ? "max" : "min", sums, compared, { keepdims: true });
    return keepdims ? extreme : reduce("max", extreme, axes);
  }
  const isSpectral = ord === 2 || ord === -2 || ord === "nuc";
  if (isSpectral && axes.length === 2 && x.shape.length === 2 && !keepdims) {
    return reduce(ord === "nuc" ? "sum" : ord > 0 ? "max" : "min", svd(x).s, null);
  }
  throw new ArgumentError(
    `linalg.norm has no ord ${ord} over ${axes.length} axes of shape [${x.shape}]: ` +
      "for one axis use 1, 2, Infinity, -Infinity or another number but 0, for two 1, -1, 2, -2, Infinity, -Infinity, 'fro' or 'nuc'",
    { ord, axes, shape: x.shape },
  );
}

function isSumNorm(ord: NormOrder): ord is number {
  return typeof ord === "number" && (Math.abs(ord) === 1 || Math.abs(ord) === Number.POSITIVE_INFINITY);
}
