/**
 * Several new blocks at once.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, fillElements } from "../../memory/dtype.js";
import { newBlock, type Scratch } from "./scratch.js";

/**
 * Calls `compute` with one fresh block for each shape; returns the blocks. If it throws, all are released.
 * @param near a block that will be read; the new ones go into the same memory if it has room
 */
export function newBlocks(
  dtype: DType,
  shapes: readonly (readonly number[])[],
  near: Block,
  compute: (blocks: readonly Block[], scratch: Scratch) => void,
): readonly Block[] {
  const [shape, ...others] = shapes;
  let more: readonly Block[] = [];
  const first = newBlock(dtype, shape, near, (block, scratch) => {
    if (others.length === 0) compute([block], scratch);
    else more = newBlocks(dtype, others, near, (rest) => compute([block, ...rest], scratch));
  });
  return [first, ...more];
}

/** One of the blocks that a task gave. */
export function pickBlock(blocks: readonly Block[], position: number): Block {
  return blocks[position];
}

/** A block of zeros. */
export function zeroBlock(dtype: DType, shape: readonly number[]): Block {
  return newBlock(dtype, shape, undefined, (block) => fillElements(arena().elements(block), 0));
}
