/**
 * Which parts of which blocks make up a region of an array.
 * @module
 */

import type { DType } from "../memory/dtype.js";
import type { AssemblePlan, Piece } from "./blocks/assemble.js";
import { boundsOf, type Chunks } from "./chunks.js";

/** A region made of parts of blocks: the plan of the task and the index of the block of each piece. */
export interface Region {
  readonly plan: AssemblePlan;
  readonly blocks: readonly (readonly number[])[];
}

/**
 * The elements from `start`, `shape` of them along each axis, of an array cut into `chunks`.
 */
export function regionOf(chunks: Chunks, start: readonly number[], shape: readonly number[], dtype: DType): Region {
  const perAxis = chunks.map((sizes, axis) => overlaps(sizes, start[axis], shape[axis]));
  let combinations: { block: number; from: number; to: number; count: number }[][] = [[]];
  for (const parts of perAxis) combinations = combinations.flatMap((list) => parts.map((part) => [...list, part]));
  const pieces = combinations.map(
    (parts): Piece => ({
      from: parts.map(({ from }) => from),
      step: parts.map(() => 1),
      to: parts.map(({ to }) => to),
      shape: parts.map(({ count }) => count),
    }),
  );
  return {
    plan: { dtype, shape, resultShape: shape, pieces },
    blocks: combinations.map((parts) => parts.map(({ block }) => block)),
  };
}

/** The parts of the blocks of one axis that lie in a range; an empty range gives one empty part. */
function overlaps(sizes: readonly number[], start: number, count: number) {
  const bounds = boundsOf(sizes);
  const parts = [];
  for (let block = blockAt(bounds, start); bounds[block] < start + count; block++) {
    const low = Math.max(start, bounds[block]);
    const high = Math.min(start + count, bounds[block + 1]);
    if (high > low) parts.push({ block, from: low - bounds[block], to: low - start, count: high - low });
  }
  return parts.length > 0 ? parts : [{ block: 0, from: 0, to: 0, count: 0 }];
}

/** Number of the last block that begins at or before an element. */
function blockAt(bounds: readonly number[], element: number): number {
  let low = 0;
  let high = bounds.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bounds[middle] <= element) low = middle;
    else high = middle - 1;
  }
  return low;
}
