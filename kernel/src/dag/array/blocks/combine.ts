/**
 * Combines partial results of a reduction: the upper levels of its tree.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { asNumbers, type DType, isBigInts } from "../../memory/dtype.js";
import type { Combine } from "../emitter/combine.js";
import { type Arithmetic, longArithmetic, numberArithmetic } from "./partials.js";
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
    const target = arena().elements(output);
    const views = blocks.map((block) => arena().elements(block));
    if (isBigInts(target)) {
      combineElements(target, views.filter(isBigInts), longArithmetic(combine));
      return;
    }
    const numbers = asNumbers(target);
    combineElements(numbers, views.map(asNumbers), numberArithmetic(combine));
    if (divisor !== 1) for (let i = 0; i < numbers.length; i++) numbers[i] /= divisor;
  });
}

function combineElements<Item>(
  target: { readonly length: number; [index: number]: Item },
  views: readonly ArrayLike<Item>[],
  { combine }: Arithmetic<Item>,
): void {
  for (let i = 0; i < target.length; i++) {
    let value = views[0][i];
    for (let j = 1; j < views.length; j++) value = combine(value, views[j][i]);
    target[i] = value;
  }
}
