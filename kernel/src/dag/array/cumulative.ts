/**
 * Cumulative sums and products along an axis.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { isLong } from "../memory/dtype.js";
import { normalizeAxis } from "./axes.js";
import type { CumulatePlan, Cumulative, CumulativePlan } from "./blocks/cumulative.js";
import { cumulateLongs } from "./cumulate-longs.js";
import { summedType } from "./emitter/summed.js";
import { cumulateBlock, cumulateTotals, totalBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { summed } from "./promotion.js";
import { ravel } from "./reshape.js";

/**
 * Element i of each line is the sum (product) of elements 0 to i. Floats are added up in float64; of integers and bool
 * the result is int64 (uint64 of unsigned integers) and wraps around.
 * @throws {ShapeError} if the axis does not exist, or is left out for an array of several axes
 */
export function cumulate(op: Cumulative, array: LazyArray, axis?: number | null): LazyArray {
  const ndim = array.shape.length;
  if (ndim === 0) return cumulate(op, ravel(array), axis);
  if ((axis === undefined || axis === null) && ndim !== 1) {
    throw new ShapeError(
      `${op} of an array of shape [${array.shape}] needs an axis: give an integer from 0 to ${ndim - 1} ` +
        "(NumPy's default, the flattened array, would go through every block in turn)",
      { shape: array.shape },
    );
  }
  const along = normalizeAxis(axis ?? 0, ndim);
  const chunksWith = (sizes: readonly number[]) => array.chunks.map((own, i) => (i === along ? sizes : own));
  const blocks = array.chunks[along];
  const dtype = summed(array.dtype);
  if (isLong(dtype)) return cumulateLongs({ op, axis: along, dtype }, array);
  const source = summedType(array.dtype);
  const plan: CumulativePlan = { op, axis: along, source };
  const totals = lazyArray(`${op}-total`, chunksWith(blocks.map(() => 1)), "float64", {
    kind: "task",
    inputs: [],
    fused: { input: array, dtype: source },
    fn: totalBlock,
    argsOf: (index, { fused }) => [plan, ...fused(index)],
  });
  const prefixes = lazyArray(`${op}-prefix`, chunksWith([Math.max(2, blocks.length)]), "float64", {
    kind: "task",
    inputs: [totals],
    fn: cumulateTotals,
    // nobody asks for what stands behind the last block
    argsOf: (index, { block }) => {
      const numbers = blocks.slice(0, Math.max(1, blocks.length - 1)).keys();
      return [op, along, ...Array.from(numbers, (number) => block(totals, index.toSpliced(along, 1, number)))];
    },
  });
  return lazyArray(op, array.chunks, dtype, {
    kind: "task",
    inputs: [prefixes],
    fused: { input: array, dtype: source },
    fn: cumulateBlock,
    argsOf: (index, { block, fused }) => {
      const own: CumulatePlan = { ...plan, dtype, number: index[along] };
      return [own, block(prefixes, index.toSpliced(along, 1, 0)), ...fused(index)];
    },
  });
}
