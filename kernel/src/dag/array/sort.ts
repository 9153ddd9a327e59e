/**
 * Sorting along an axis, percentiles and the median.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ShapeError } from "../../errors.js";
import { itemsize } from "../memory/dtype.js";
import { normalizeAxis } from "./axes.js";
import { blockShape, boundsOf } from "./chunks.js";
import { cast } from "./elementwise.js";
import { mergeRanks, percentilesOf, sortBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { inexact } from "./promotion.js";
import { transpose } from "./shaping.js";
import { rechunk } from "./unify.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The elements in ascending order along an axis, NaN last. The chunks stay; of an array with several axes the whole
 * lines are brought into one block first.
 * @throws {ShapeError} if the axis does not exist or the sizes of the blocks are not known
 */
export function sort(array: LazyArray, axis = -1): LazyArray {
  const ndim = array.shape.length;
  const along = normalizeAxis(axis, ndim);
  assertKnownSizes(array, "sort");
  // the digits of int32 sort faster than anything that knows narrow elements
  if (itemsize(array.dtype) < 4) return cast(sort(cast(array, "int32"), axis), array.dtype);
  if (ndim === 1) return sortLine(array);
  // lines run along the last axis and are whole
  const order = array.shape.map((_, i) => i).filter((i) => i !== along);
  const whole = rechunk(array, array.chunks.with(along, [array.shape[along]]));
  const sorted = sortedBlocks(transpose(whole, [...order, along]));
  const back = order.map((_, i) => i).toSpliced(along, 0, ndim - 1);
  return rechunk(transpose(sorted, back), array.chunks);
}

function sortedBlocks(input: LazyArray): LazyArray {
  const { dtype } = input;
  return lazyArray(input.chunks.at(-1)?.length === 1 ? "sort" : "sort-block", input.chunks, dtype, {
    kind: "task",
    inputs: [],
    fused: { input, dtype },
    fn: sortBlock,
    argsOf: (index, { fused }) => [dtype, ...fused(index)],
  });
}

/** Each block of the result takes its ranks out of all sorted blocks. */
function sortLine(array: LazyArray): LazyArray {
  const sorted = sortedBlocks(array);
  const [sizes] = array.chunks;
  if (sizes.length === 1) return sorted;
  const bounds = boundsOf(sizes);
  return lazyArray("sort", array.chunks, array.dtype, {
    kind: "task",
    inputs: [sorted],
    fn: mergeRanks,
    argsOf: ([i], { block }) => [bounds[i], bounds[i + 1], ...sizes.map((_, other) => block(sorted, [other]))],
  });
}

/**
 * The elements below which a share of all is: exact, between two elements by their distance (NumPy's method
 * "linear"); NaN if one of the elements is.
 * @param percents from 0 to 100: one, and the result has no axes, or several
 * @throws {ShapeError} if the array has not one axis
 * @throws {ArgumentError} if a percentage is not from 0 to 100
 */
export function percentile(array: LazyArray, percents: number | readonly number[]): LazyArray {
  const list = typeof percents === "number" ? [percents] : percents;
  if (!Array.isArray(list) || !list.every((percent) => percent >= 0 && percent <= 100)) {
    throw new ArgumentError(`percentile: ${inspect(percents)} must be numbers from 0 to 100`, { percents });
  }
  if (array.shape.length !== 1) {
    throw new ShapeError(
      `percentile of an array of shape [${array.shape}] needs one axis: take a line of it with slice`,
      { shape: array.shape },
    );
  }
  const sorted = sortedBlocks(itemsize(array.dtype) < 4 ? cast(array, "int32") : array);
  const dtype = inexact(array.dtype);
  const chunks = typeof percents === "number" ? [] : [[list.length]];
  return lazyArray("percentile", chunks, dtype, {
    kind: "task",
    inputs: [sorted],
    fn: percentilesOf,
    argsOf: (index, { block }) => [
      list,
      { dtype, shape: blockShape(chunks, index) },
      ...array.chunks[0].map((_, i) => block(sorted, [i])),
    ],
  });
}
