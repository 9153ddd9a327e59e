/**
 * Copies computed blocks out of the arena into one ordinary array.
 * @module
 */
import { arena } from "../memory/arena.js";
import { type Block, isBlock } from "../memory/block.js";
import { type ElementArray, zeros } from "../memory/dtype.js";
import { shownElement } from "../memory/element-of.js";
import { NDArray } from "../memory/nd-array.js";
import { sizeOf, stridesOf } from "../memory/strides.js";
import { copyStrided } from "./blocks/copy.js";
import { resolvedChunks } from "./blocks/resolved-shape.js";
import { blockIndices, boundsOf, numblocksOf, shapeOf } from "./chunks.js";
import type { LazyArray } from "./lazy-array.js";
import { hasUnknownSizes } from "./unknown-sizes.js";

/**
 * The value of an array from its blocks in C order.
 * @returns a number if the array has no axes; see `shownElement` for integers of 64 bits
 */
export function joinBlocks(array: LazyArray, results: readonly unknown[]): NDArray<ElementArray> | number {
  const { dtype } = array;
  const blocks = results.filter(isBlock);
  const chunks = hasUnknownSizes(array)
    ? resolvedChunks(
        numblocksOf(array.chunks),
        blocks.map((block) => block.shape),
      )
    : array.chunks;
  const shape = shapeOf(chunks);
  if (shape.length === 0) return shownElement(arena().elements(blocks[0])[0]);
  const data = zeros(dtype, sizeOf(shape));
  const strides = stridesOf(shape);
  const bounds = chunks.map(boundsOf);
  for (const [number, index] of blockIndices(chunks).entries()) {
    const block: Block = blocks[number];
    const start = index.reduce((at, i, axis) => at + bounds[axis][i] * strides[axis], 0);
    const from = { data: arena().elements(block), start: 0, strides: stridesOf(block.shape) };
    copyStrided(block.shape, from, { data, start, strides });
  }
  return new NDArray(data, shape, strides, dtype);
}
