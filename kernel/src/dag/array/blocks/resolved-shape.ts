/**
 * Sizes that are known only when blocks exist: after an operation that keeps some elements by their value.
 * @module
 */
import { ShapeError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { stridesOf } from "../../memory/strides.js";
import type { FusedPlan, Place } from "./fused-plan.js";

/**
 * The shape of a place of a fused group, with sizes that are NaN taken from the blocks.
 * @throws {ShapeError} if the blocks differ along such an axis, or none has it
 */
export function resolvedShape(plan: FusedPlan, place: Place, blocks: readonly Block[]): readonly number[] {
  if (!place.shape.some(Number.isNaN)) return place.shape;
  return place.shape.map((size, axis) => {
    if (!Number.isNaN(size)) return size;
    const sizes = blocks.flatMap(({ shape }, i) => shape.filter((_, own) => plan.axes[i][own] === axis));
    const [first] = sizes;
    if (first !== undefined && sizes.every((other) => other === first)) return first;
    throw new ShapeError(
      `blocks that meet have ${sizes.join(" and ") || "no known number of"} elements along axis ${axis}: ` +
        "arrays of unknown chunk sizes must come from the same selection",
      { sizes, axis },
    );
  });
}

/**
 * The sizes of blocks along each axis.
 * @param blocks number of blocks along each axis
 * @param shapes of all blocks, in C order
 */
export function resolvedChunks(blocks: readonly number[], shapes: readonly (readonly number[])[]): number[][] {
  const steps = stridesOf(blocks);
  return blocks.map((count, axis) => Array.from({ length: count }, (_, i) => shapes[i * steps[axis]][axis]));
}

/** The shape of a block. */
export function shapeOfBlock(block: Block): readonly number[] {
  return block.shape;
}

/** The block itself, under the name of another array. */
export function sameBlock(block: Block): Block {
  return block;
}

/**
 * The extremes themselves.
 * @param counts of how many elements each of them is
 * @throws {ShapeError} if one is of none
 */
export function nonEmptyBlock(what: string, extremes: Block, counts: Block): Block {
  if (
    arena()
      .view(counts)
      .every((count) => count > 0)
  )
    return extremes;
  throw new ShapeError(
    `${what} of a selection has no elements to compare: none fulfils its condition; count them first with da.countNonzero`,
    { counts: counts.shape },
  );
}

/** The same memory with another shape of as many elements. */
export function reshapedBlock(block: Block, shape: readonly number[]): Block {
  return { ...block, shape };
}
