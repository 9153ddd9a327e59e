/**
 * Sums, products, means, extremes and truth over axes.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { anyBoolean, checkOptions, type Expectations } from "../check-options.js";
import type { DType } from "../memory/dtype.js";
import { sizeOf } from "../memory/strides.js";
import { type AxisLike, normalizeAxes } from "./axes.js";
import { binary, cast } from "./elementwise.js";
import type { Combine } from "./emitter/combine.js";
import { nonEmptyBlock } from "./kernel-functions.js";
import { type LazyArray, labelOf, lazyArray } from "./lazy-array.js";
import { classify, compare, logicalNot, where } from "./logic.js";
import { countedMean } from "./moments.js";
import { inexact, isWhole, summed } from "./promotion.js";

/** Names of reductions. */
export type Reduction =
  | "sum"
  | "prod"
  | "mean"
  | "max"
  | "min"
  | "any"
  | "all"
  | "countNonzero"
  | "nansum"
  | "nanprod"
  | "nanmean"
  | "nanmax"
  | "nanmin";

/** Options of reductions. */
export interface ReduceOptions {
  /** reduced axes stay, with size 1 */
  readonly keepdims?: boolean;
}

const expectations: Expectations<ReduceOptions> = { keepdims: anyBoolean };

/**
 * Reduces axes as a tree with fan-in 4.
 *
 * Sums and products of floats are computed in float64 and rounded once; those of integers and bool, and counts, are
 * int64 (uint64 of unsigned integers) and wrap around. `max` and `min` let NaN through, the mean of no elements is
 * NaN; the `nan` forms pass over NaN, and of nothing but NaN `nanmean`, `nanmax` and `nanmin` are NaN.
 * @param axis one axis, a list, or all
 * @throws {ShapeError} for extremes of no elements (of a selection when it is computed), or an unknown axis
 */
export function reduce(reduction: Reduction, array: LazyArray, axis: AxisLike, options: ReduceOptions = {}): LazyArray {
  checkOptions(reduction, options, expectations);
  const axes = normalizeAxes(axis, array.shape.length);
  const count = sizeOf(axes.map((reduced) => array.shape[reduced]));
  const fold = (combine: Combine, input: LazyArray, dtype: DType, divisor = 1) =>
    folded(reduction, combine, input, dtype, axes, options.keepdims ?? false, divisor);
  const dtype = inexact(array.dtype);
  switch (reduction) {
    case "sum":
    case "prod":
      return fold(reduction, array, summed(array.dtype));
    case "mean":
      if (Number.isNaN(count)) return countedMean(array, axes, options);
      return fold("sum", asFloats(array), dtype, count);
    case "nansum":
      return fold("sum", withoutNaN(array, 0), summed(array.dtype));
    case "nanprod":
      return fold("prod", withoutNaN(array, 1), summed(array.dtype));
    case "nanmean": {
      const present = logicalNot(classify("isnan", array));
      const sum = fold("sum", withoutNaN(asFloats(array), 0), "float64");
      return cast(binary("divide", sum, fold("sum", cast(present, "float64"), "float64")), dtype);
    }
    case "countNonzero":
      return fold("sum", cast(array, "bool"), "int64");
    case "any":
    case "all":
      return fold(reduction, cast(array, "bool"), "bool");
    default:
      if (count === 0) throw nothingToCompare(reduction, array, axes);
      return unlessNothing(fold(extremeOf(reduction, array.dtype), array, array.dtype), count, () => {
        const truth = cast(array, "bool");
        return fold("sum", cast(compare("equal", truth, truth), "float64"), "float64");
      });
  }
}

/** The extremes; if only the run tells of how many elements, an error then where there are none. */
function unlessNothing(extremes: LazyArray, count: number, counted: () => LazyArray): LazyArray {
  if (!Number.isNaN(count)) return extremes;
  const counts = counted();
  const label = labelOf(extremes);
  return lazyArray(label, extremes.chunks, extremes.dtype, {
    kind: "task",
    inputs: [extremes, counts],
    fn: nonEmptyBlock,
    argsOf: (index, { block }) => [label, block(extremes, index), block(counts, index)],
  });
}

function extremeOf(reduction: "max" | "min" | "nanmax" | "nanmin", dtype: DType): Combine {
  const isMax = reduction === "max" || reduction === "nanmax";
  const passesNaN = (reduction === "nanmax" || reduction === "nanmin") && !isWhole(dtype);
  if (passesNaN) return isMax ? "fmax" : "fmin";
  return isMax ? "max" : "min";
}

/** Whole numbers as float64, in which means are added up. */
function asFloats(array: LazyArray): LazyArray {
  return isWhole(array.dtype) ? cast(array, "float64") : array;
}

function withoutNaN(array: LazyArray, instead: number): LazyArray {
  return isWhole(array.dtype) ? array : where(classify("isnan", array), instead, array);
}

function folded(
  label: Reduction,
  combine: Combine,
  input: LazyArray,
  dtype: DType,
  axes: readonly number[],
  keepdims: boolean,
  divisor: number,
): LazyArray {
  const chunks = input.chunks.flatMap((sizes, i) => (axes.includes(i) ? (keepdims ? [[1]] : []) : [sizes]));
  return lazyArray(label, chunks, dtype, { kind: "reduce", input, combine, axes, keepdims, divisor });
}

function nothingToCompare(reduction: Reduction, { shape }: LazyArray, axes: readonly number[]): ShapeError {
  return new ShapeError(`${reduction} of an array of shape [${shape}] over axes [${axes}] has no elements to compare`, {
    shape,
    axes,
  });
}
