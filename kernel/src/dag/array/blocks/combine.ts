/**
 * Combines partial results of a reduction: the upper levels of its tree.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType } from "../../memory/dtype.js";
import type { Combine } from "../emitter/combine.js";
import { combiner } from "./partials.js";
import { newBlock } from "./scratch.js";

/** What the last combination does besides combining. */
export interface Finish {
  readonly dtype: DType;
  readonly divisor: number;
  /** shape of the result: without the reduced axes unless they are kept */
  readonly shape: readonly number[];
  /** axes that the result has no more; needed if a size in `shape` is not known */
  readonly reduced?: readonly number[];
}

/** Combines blocks of one shape element by element. */
export function combineBlocks(combine: Combine, ...blocks: readonly Block[]): Block {
  const [first] = blocks;
  return combineInto(first.dtype, first.shape, 1, combine, blocks);
}

/** The last level of the tree: combines, divides for a mean, gives the result its shape and element type. */
export function finishBlocks(combine: Combine, finish: Finish, ...blocks: readonly Block[]): Block {
  const { dtype, divisor, reduced } = finish;
  const isKnown = !finish.shape.some(Number.isNaN);
  const shape = isKnown ? finish.shape : blocks[0].shape.filter((_, axis) => !reduced?.includes(axis));
  return combineInto(dtype, shape, divisor, combine, blocks);
}

function combineInto(
  dtype: DType,
  shape: readonly number[],
  divisor: number,
  combine: Combine,
  blocks: readonly Block[],
): Block {
  return newBlock(dtype, shape, blocks[0], (output) => {
    const target = arena().view(output);
    const views = blocks.map((block) => arena().view(block));
    const f = combiner(combine);
    for (let i = 0; i < target.length; i++) {
      let value = views[0][i];
      for (let j = 1; j < views.length; j++) value = f(value, views[j][i]);
      target[i] = divisor === 1 ? value : value / divisor;
    }
  });
}
