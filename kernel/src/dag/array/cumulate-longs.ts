/**
 * Cumulative sums and products of integers, in 64 bits.
 * @module
 */
import type { CumulateLongsPlan } from "./blocks/cumulate-longs.js";
import { cumulateLongBlock, cumulateLongTotals, totalLongBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";

/** As `cumulate`, for whole numbers. */
export function cumulateLongs(plan: CumulateLongsPlan, array: LazyArray): LazyArray {
  const { op, axis, dtype } = plan;
  const blocks = array.chunks[axis];
  const chunksWith = (sizes: readonly number[]) => array.chunks.with(axis, sizes);
  const totals = lazyArray(`${op}-total`, chunksWith(blocks.map(() => 1)), dtype, {
    kind: "task",
    inputs: [],
    fused: { input: array, dtype },
    fn: totalLongBlock,
    argsOf: (index, { fused }) => [plan, ...fused(index)],
  });
  const prefixes = lazyArray(`${op}-prefix`, chunksWith([Math.max(2, blocks.length)]), dtype, {
    kind: "task",
    inputs: [totals],
    fn: cumulateLongTotals,
    // nobody asks for what stands behind the last block
    argsOf: (index, { block }) => {
      const numbers = blocks.slice(0, Math.max(1, blocks.length - 1)).keys();
      return [plan, ...Array.from(numbers, (number) => block(totals, index.toSpliced(axis, 1, number)))];
    },
  });
  return lazyArray(op, array.chunks, dtype, {
    kind: "task",
    inputs: [prefixes],
    fused: { input: array, dtype },
    fn: cumulateLongBlock,
    argsOf: (index, { block, fused }) => [
      plan,
      index[axis],
      block(prefixes, index.toSpliced(axis, 1, 0)),
      ...fused(index),
    ],
  });
}
