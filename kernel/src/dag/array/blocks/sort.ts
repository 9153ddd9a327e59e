/**
 * Sorting of blocks, and of arrays of several blocks: every block is sorted, then each block of the result takes
 * its ranks out of all of them and merges what it took.
 * @see H. Shi, J. Schaeffer: Parallel sorting by regular sampling, 1992 (here the cuts are exact, not sampled)
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, type ElementArray, setElements } from "../../memory/dtype.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource } from "./fused-source.js";
import { lineOf, mergeLines } from "./merge-lines.js";
import { newBlock } from "./scratch.js";
import { lineSorter } from "./sort-line.js";
import { numbersOf, splitRuns } from "./split-runs.js";

/** A block with every line along the last axis sorted; NaN last. */
export function sortBlock(dtype: DType, plan: FusedPlan, place: Place, ...blocks: readonly Block[]): Block {
  return blockFromSource(
    dtype,
    { plan, place, blocks },
    (space) => space,
    (source, output, scratch) => {
      const target = arena().elements(output);
      let elements: ElementArray = target;
      source.eachElements(1, (piece, start) => {
        if (piece.length === target.length) elements = piece;
        else setElements(target, piece, start);
      });
      const n = source.shape.at(-1) ?? 1;
      const sortLine = lineSorter(output, n, scratch);
      for (let start = 0; n > 0 && start < target.length; start += n) sortLine(elements, start, n);
    },
  );
}

/**
 * The elements of ranks `first` to `last` (not included) of all blocks together, sorted.
 * @param blocks sorted lines
 */
export function mergeRanks(first: number, last: number, ...blocks: readonly Block[]): Block {
  const { dtype } = blocks[0];
  const lines = blocks.map((block) => numbersOf(arena().elements(block)));
  const numbers = lines.reduce((total, { length }) => total + length, 0);
  return newBlock(dtype, [last - first], blocks[0], (output, scratch) => {
    const end = Math.min(last, numbers);
    const from = splitRuns(lines, Math.min(first, end));
    const to = splitRuns(lines, end);
    const parts = lines.flatMap((_, i) => (from[i] < to[i] ? [lineOf(scratch.local(blocks[i]), from[i], to[i])] : []));
    mergeLines(parts, output, scratch);
    if (end < last)
      arena()
        .view(output)
        .fill(Number.NaN, Math.max(0, end - first));
  });
}

/**
 * Percentiles of all blocks together, between two elements by their distance (NumPy's method "linear").
 * @param percents from 0 to 100
 * @param blocks sorted lines
 */
export function percentilesOf(
  percents: readonly number[],
  finish: { readonly dtype: DType; readonly shape: readonly number[] },
  ...blocks: readonly Block[]
): Block {
  const views = blocks.map((block) => arena().elements(block));
  const lines = views.map(numbersOf);
  const size = views.reduce((total, { length }) => total + length, 0);
  const hasNaN = lines.reduce((total, { length }) => total + length, 0) < size;
  const at = (rank: number) => {
    const cuts = splitRuns(lines, rank);
    return lines.reduce(
      (least, line, i) => (cuts[i] < line.length ? Math.min(least, Number(line[cuts[i]])) : least),
      Infinity,
    );
  };
  return newBlock(finish.dtype, finish.shape, blocks[0], (output) => {
    const target = arena().view(output);
    for (const [i, percent] of percents.entries()) {
      const rank = (percent / 100) * (size - 1);
      const low = Math.floor(rank);
      const a = at(low);
      const b = rank > low ? at(low + 1) : a;
      target[i] = size === 0 || hasNaN ? Number.NaN : interpolated(a, b, rank - low);
    }
  });
}

/** As NumPy's `_lerp`: exact at both ends. */
function interpolated(a: number, b: number, t: number): number {
  if (a === b) return a;
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}
