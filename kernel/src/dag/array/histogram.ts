/**
 * Histograms.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { combineBlocks } from "./block-functions.js";
import { combineTree } from "./block-tree.js";
import type { Bins } from "./blocks/histogram.js";
import { blockIndices } from "./chunks.js";
import { cast } from "./elementwise.js";
import { histogramBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";

/**
 * Counts per bin, int64 `[bins]`, and the edges, one more. A bin contains its lower edge, the last
 * one its upper edge too; elements outside and NaN are not counted.
 * @param bins their number, which needs a range, or their edges
 * @throws {ArgumentError} if the bins or the range are not understood
 */
export function histogram(
  array: LazyArray,
  bins: number | readonly number[],
  range?: readonly [number, number],
): { readonly counts: LazyArray; readonly edges: Float64Array } {
  const plan: Bins = typeof bins === "number" ? uniformBins(bins, range) : edgesOf(bins);
  const counts = countBins("histogram", array, plan.edges.length - 1, { fn: histogramBlock, told: plan });
  return { counts, edges: plan.edges };
}

/** Sums of what a function counts in the blocks of an array, which reach it as float64: int64 `[size]`. */
export function countBins(
  label: string,
  array: LazyArray,
  size: number,
  count: { readonly fn: (...args: never[]) => unknown; readonly told: unknown },
): LazyArray {
  const indices = blockIndices(array.chunks);
  const partial = lazyArray(`${label}-chunk`, [indices.map(() => size)], "float64", {
    kind: "task",
    inputs: [],
    fused: { input: array, dtype: "float64" },
    fn: count.fn,
    argsOf: ([number], { fused }) => [count.told, ...fused(indices[number])],
  });
  const top = combineTree(partial, { label, axes: [0], fn: combineBlocks, before: ["sum"], width: size });
  const counts = lazyArray(label, [[size]], "float64", {
    kind: "task",
    inputs: [top.array],
    fn: combineBlocks,
    argsOf: (_, { block }) => ["sum", ...top.blocksAt([0]).map((at) => block(top.array, at))],
  });
  return cast(counts, "int64");
}

/** As NumPy's `linspace`: the last edge is exact. */
function uniformBins(count: number, range: readonly [number, number] | undefined): Bins {
  if (!Number.isInteger(count) || count < 1) {
    throw new ArgumentError(`histogram: the number of bins must be an integer from 1 up and is ${inspect(count)}`, {
      bins: count,
    });
  }
  if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isFinite) || range[0] > range[1]) {
    throw new ArgumentError(
      `histogram: the range must be [lowest, highest] and is ${inspect(range)}: give it, or the edges of the bins, ` +
        "because the extremes are not known before the array is computed",
      { range },
    );
  }
  const [low, high] = range[0] === range[1] ? [range[0] - 0.5, range[1] + 0.5] : range;
  const step = (high - low) / count;
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => low + i * step);
  edges[count] = high;
  if (edges.some((edge, i) => i > 0 && edge <= edges[i - 1])) {
    throw new ArgumentError(
      `histogram: there are no ${count} bins of different edges from ${low} to ${high}: give fewer or a wider range`,
      { bins: count, range },
    );
  }
  return { edges, isUniform: true };
}

function edgesOf(bins: readonly number[]): Bins {
  const isAscending = Array.isArray(bins) && bins.every((edge, i) => i === 0 || bins[i - 1] <= edge);
  if (!isAscending || bins.length < 2) {
    throw new ArgumentError(
      `histogram: the bins must be a number or ascending edges and are ${inspect(bins, { depth: 1, breakLength: 80 })}`,
      { bins },
    );
  }
  return { edges: Float64Array.from(bins), isUniform: false };
}
