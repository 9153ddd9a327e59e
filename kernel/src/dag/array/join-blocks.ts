/**
 * Copies computed blocks out of the arena into one ordinary array.
 * @module
 */
import { arena } from "../memory/arena.js";
import { type Block, isBlock } from "../memory/block.js";
import { constructorOf } from "../memory/dtype.js";
import { NDArray } from "../memory/nd-array.js";
import { sizeOf, stridesOf } from "../memory/strides.js";
import { copyStrided } from "./blocks/copy.js";
import { blockIndices, boundsOf } from "./chunks.js";
import type { LazyArray } from "./lazy-array.js";

/**
 * The value of an array from its blocks in C order.
 * @returns a number if the array has no axes
 */
export function joinBlocks({ shape, chunks, dtype }: LazyArray, results: readonly unknown[]): NDArray | number {
  const blocks = results.filter(isBlock);
  if (shape.length === 0) return arena().view(blocks[0])[0];
  const data = new (constructorOf(dtype))(sizeOf(shape));
  const strides = stridesOf(shape);
  const bounds = chunks.map(boundsOf);
  for (const [number, index] of blockIndices(chunks).entries()) {
    const block: Block = blocks[number];
    const start = index.reduce((at, i, axis) => at + bounds[axis][i] * strides[axis], 0);
    const from = { data: arena().view(block), start: 0, strides: stridesOf(block.shape) };
    copyStrided(block.shape, from, { data, start, strides });
  }
  return new NDArray(data, shape);
}
