/**
 * The different elements of an array.
 * @module
 */

import { compress } from "./compress.js";
import { concatenate } from "./concatenate.js";
import { full, range } from "./creation.js";
import { cast } from "./elementwise.js";
import { joinBlocksOfAnySize, uniqueCounts } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { classify, compare, logical, logicalNot } from "./logic.js";
import { ravel } from "./reshape.js";
import { slice } from "./selection.js";
import { sliceAlong } from "./shaping.js";
import { sort } from "./sort.js";
import { rechunk } from "./unify.js";

/** Different elements, and how often each occurs; both in one block, whose size is not known before. */
export interface Uniques {
  readonly values: LazyArray;
  /** int64 */
  readonly counts: LazyArray;
}

/**
 * The different elements in ascending order, all NaN as one, and their counts.
 * @throws {ShapeError} if the sizes of the blocks are not known
 */
export function unique(array: LazyArray): Uniques {
  const sorted = sort(ravel(array), 0);
  const [size] = sorted.shape;
  const after = sliceAlong(sorted, 0, slice(1));
  const before = rechunk(sliceAlong(sorted, 0, slice(null, -1)), after.chunks);
  const differs = logical("logicalAnd", compare("notEqual", before, after), logicalNot(classify("isnan", before)));
  const first = full(Math.min(size, 1), 1, { dtype: "bool" });
  const isFirst = concatenate([first, differs]);
  const values = compress(sorted, isFirst);
  const positions = compress(range(0, size, 1, { chunks: sorted.chunks }), isFirst);
  return {
    values: inOneBlock("unique", values, values.dtype, joinBlocksOfAnySize, [values.chunks[0].length]),
    counts: cast(inOneBlock("unique-counts", positions, "float64", uniqueCounts, size), "int64"),
  };
}

/** A task that reads all blocks of a line. */
function inOneBlock(
  label: string,
  line: LazyArray,
  dtype: LazyArray["dtype"],
  fn: (...args: never[]) => unknown,
  told: unknown,
): LazyArray {
  return lazyArray(label, [[Number.NaN]], dtype, {
    kind: "task",
    inputs: [line],
    fn,
    argsOf: (_, { block }) => [told, ...line.chunks[0].map((_, number) => block(line, [number]))],
  });
}
