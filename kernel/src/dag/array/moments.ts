/**
 * Variance, standard deviation and moments over axes.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { anyBoolean, anyNumber, checkOptions, type Expectations } from "../check-options.js";
import { type AxisLike, normalizeAxes } from "./axes.js";
import { combineTree } from "./block-tree.js";
import type { MomentsFinish, MomentsPlan } from "./blocks/moments.js";
import { blockShape } from "./chunks.js";
import { summedType } from "./emitter/summed.js";
import { combineMoments, finishMoments, momentsBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { inexact } from "./promotion.js";
import { transpose } from "./shaping.js";

/** Options of `var`, `std` and `moment`. */
export interface MomentOptions {
  /** sums are divided by the number of elements minus this; default 0 */
  readonly ddof?: number;
  /** reduced axes stay, with size 1 */
  readonly keepdims?: boolean;
}

const expectations: Expectations<MomentOptions> = { ddof: anyNumber, keepdims: anyBoolean };

/**
 * The mean of squared distances from the mean; of float32 it is float32, of integers float64.
 * @throws {ShapeError} if an axis does not exist
 */
export function variance(array: LazyArray, axis: AxisLike = null, options: MomentOptions = {}): LazyArray {
  return moments("var", array, axis, options, { result: "moment", order: 2 });
}

/** The square root of the variance. */
export function standardDeviation(array: LazyArray, axis: AxisLike = null, options: MomentOptions = {}): LazyArray {
  return moments("std", array, axis, options, { result: "std", order: 2 });
}

/**
 * The mean of (x - mean)^order, as Dask's `moment`.
 * @throws {ArgumentError} if `order` is not an integer from 0 up
 */
export function moment(array: LazyArray, order: number, axis: AxisLike = null, options: MomentOptions = {}): LazyArray {
  if (!Number.isInteger(order) || order < 0) {
    throw new ArgumentError(`moment: the order must be an integer from 0 up and is ${inspect(order)}`, { order });
  }
  if (order >= 2) return moments("moment", array, axis, options, { result: "moment", order });
  // by definition: the zeroth is 1, the first 0
  const { chunks, dtype } = moments("moment", array, axis, options, { result: "moment", order: 2 });
  return lazyArray("moment", chunks, dtype, { kind: "full", value: 1 - order });
}

/** The mean, for arrays whose number of elements is known only when they are computed. */
export function countedMean(array: LazyArray, axis: AxisLike, options: { readonly keepdims?: boolean }): LazyArray {
  return moments("mean", array, axis, options, { result: "mean", order: 1 });
}

function moments(
  label: string,
  array: LazyArray,
  axis: AxisLike,
  options: MomentOptions,
  { result, order }: { readonly result: MomentsFinish["result"]; readonly order: number },
): LazyArray {
  checkOptions(label, options, expectations);
  const { ddof = 0, keepdims = false } = options;
  const wanted = normalizeAxes(axis, array.shape.length);
  const { input, axes } = neighbouring(array, wanted);
  const summed = summedType(array.dtype);
  const plan: MomentsPlan = { dtype: summed, order, from: axes[0] ?? 0, to: (axes.at(-1) ?? -1) + 1 };
  const partialChunks = input.chunks.map((sizes, i) => (axes.includes(i) ? sizes.map(() => 1) : sizes));
  const partial = lazyArray(`${label}-chunk`, [[order + 1], ...partialChunks], "float64", {
    kind: "task",
    inputs: [],
    fused: { input, dtype: summed },
    fn: momentsBlock,
    argsOf: ([, ...index], { fused }) => [plan, ...fused(index)],
  });
  const treeAxes = axes.map((reduced) => reduced + 1);
  const top = combineTree(partial, { label, axes: treeAxes, fn: combineMoments });
  const chunks = array.chunks.flatMap((sizes, i) => (wanted.includes(i) ? (keepdims ? [[1]] : []) : [sizes]));
  const dtype = inexact(array.dtype);
  return lazyArray(label, chunks, dtype, {
    kind: "task",
    inputs: [top.array],
    fn: finishMoments,
    argsOf: (index, { block }) => {
      const finish: MomentsFinish = { result, ddof, dtype, shape: blockShape(chunks, index) };
      const kept = keepdims ? index.filter((_, i) => !wanted.includes(i)) : [...index];
      const node = input.shape.map((_, i) => (axes.includes(i) ? 0 : (kept.shift() ?? 0)));
      return [finish, ...top.blocksAt([0, ...node]).map((at) => block(top.array, at))];
    },
  });
}

/** The array with the reduced axes side by side: kernels see rows or columns. */
function neighbouring(array: LazyArray, axes: readonly number[]): { input: LazyArray; axes: readonly number[] } {
  if (axes.every((axis, i) => i === 0 || axis === axes[i - 1] + 1)) return { input: array, axes };
  const kept = array.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const input = transpose(array, [...kept, ...axes]);
  return { input, axes: axes.map((_, i) => kept.length + i) };
}
