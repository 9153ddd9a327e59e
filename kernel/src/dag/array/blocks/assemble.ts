/**
 * Makes a block from parts of other blocks: slicing, rechunking, joining.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType } from "../../memory/dtype.js";
import { stridesOf } from "../../memory/strides.js";
import { copyStrided } from "./copy.js";
import { resolvedChunks } from "./resolved-shape.js";
import { newBlock } from "./scratch.js";

/** A part of one block and where it goes; one number per axis. */
export interface Piece {
  readonly from: readonly number[];
  /** elements of the source from one element to the next */
  readonly step: readonly number[];
  readonly to: readonly number[];
  readonly shape: readonly number[];
}

/** What the task of an assembled block is told. */
export interface AssemblePlan {
  readonly dtype: DType;
  /** shape with the axes of the sources */
  readonly shape: readonly number[];
  /** shape of the result: the same elements with other axes of size 1 */
  readonly resultShape: readonly number[];
  /** one per source block */
  readonly pieces: readonly Piece[];
}

/** A new block whose elements come from `blocks`; a single block that is taken whole is returned itself. */
export function assembleBlock(plan: AssemblePlan, ...blocks: readonly Block[]): Block {
  const { dtype, shape, resultShape, pieces } = plan;
  if (pieces.length === 1 && takesAll(pieces[0], blocks[0])) return { ...blocks[0], shape: resultShape };
  const result = newBlock(dtype, shape, blocks[0], (output) => {
    const target = arena().elements(output);
    const strides = stridesOf(shape);
    for (const [i, piece] of pieces.entries()) {
      const own = stridesOf(blocks[i].shape);
      const from = {
        data: arena().elements(blocks[i]),
        start: dot(piece.from, own),
        strides: own.map((stride, axis) => stride * piece.step[axis]),
      };
      copyStrided(piece.shape, from, { data: target, start: dot(piece.to, strides), strides });
    }
  });
  return { ...result, shape: resultShape };
}

/**
 * One block made of all blocks of an array, whose sizes need not have been known before.
 * @param blocks number of blocks along each axis; then the blocks in C order
 */
export function joinBlocksOfAnySize(numblocks: readonly number[], ...blocks: readonly Block[]): Block {
  const chunks = resolvedChunks(
    numblocks,
    blocks.map(({ shape }) => shape),
  );
  const shape = chunks.map((sizes) => sizes.reduce((total, size) => total + size, 0));
  const before = stridesOf(numblocks);
  const pieces = blocks.map((block, number): Piece => {
    const to = chunks.map((sizes, axis) => {
      const at = Math.floor(number / before[axis]) % numblocks[axis];
      return sizes.slice(0, at).reduce((total, size) => total + size, 0);
    });
    return { from: to.map(() => 0), step: to.map(() => 1), to, shape: block.shape };
  });
  return assembleBlock({ dtype: blocks[0].dtype, shape, resultShape: shape, pieces }, ...blocks);
}

function takesAll({ step, shape }: Piece, block: Block): boolean {
  return shape.every((size, axis) => size === block.shape[axis] && (step[axis] === 1 || size === 1));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
