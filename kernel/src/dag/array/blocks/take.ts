/**
 * Gathers elements by their positions along an axis.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, type ElementArray, type Elements, setElements } from "../../memory/dtype.js";
import { linesOf } from "./lines.js";
import { newBlock } from "./scratch.js";

/** Elements that come from one block. */
export interface Taken {
  /** where they stand along the axis of that block */
  readonly from: Int32Array;
  /** where they go along the axis of the result */
  readonly to: Int32Array;
}

/** What a task is told besides its source blocks. */
export interface TakePlan {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly axis: number;
  /** one per source block */
  readonly taken: readonly Taken[];
}

/** A block whose elements along an axis come from several blocks. */
export function takeBlock({ dtype, shape, axis, taken }: TakePlan, ...blocks: readonly Block[]): Block {
  return newBlock(dtype, shape, blocks[0], (output) => {
    const target = arena().elements(output);
    const lines = linesOf(shape, axis);
    for (const [i, block] of blocks.entries()) {
      gather(arena().elements(block), target, { ...lines, size: block.shape[axis] }, taken[i]);
    }
  });
}

function gather(
  source: ElementArray,
  target: ElementArray,
  {
    outer,
    n,
    inner,
    size,
  }: { readonly outer: number; readonly n: number; readonly inner: number; readonly size: number },
  { from, to }: Taken,
): void {
  const elements: Elements = source;
  const places: Elements = target;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < from.length; i++) {
      const at = (o * size + from[i]) * inner;
      const place = (o * n + to[i]) * inner;
      // a call costs more than copying a few elements
      if (inner > 16) setElements(target, source.subarray(at, at + inner), place);
      else for (let j = 0; j < inner; j++) places[place + j] = elements[at + j];
    }
  }
}
