/**
 * Trees of tasks over partial results that are arrays themselves.
 * @module
 */
import type { Chunks } from "./chunks.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { FAN_IN } from "./reduction-tree.js";

/** What is combined and how. */
export interface TreeSpec {
  readonly label: string;
  /** axes along which blocks are combined; blocks have size 1 (or `width`) along them */
  readonly axes: readonly number[];
  /** combines blocks of one shape */
  readonly fn: (...args: never[]) => unknown;
  /** what `fn` is given before the blocks */
  readonly before?: readonly unknown[];
  /** size of a combined block along the axes; default 1 */
  readonly width?: number;
}

/** An array with few blocks along some axes, and which of them belong together. */
export interface TreeTop {
  readonly array: LazyArray;
  /** all blocks along the axes, at the index of the result along the others */
  blocksAt(index: readonly number[]): readonly (readonly number[])[];
}

/** Levels of combinations above `partial` until one task can take what is left: at most `FAN_IN` blocks. */
export function combineTree(partial: LazyArray, spec: TreeSpec): TreeTop {
  const { label, axes, fn, before = [], width = 1 } = spec;
  const split = axes.length === 0 ? 1 : Math.max(2, Math.floor(FAN_IN ** (1 / axes.length)));
  let array = partial;
  while (axes.some((axis) => array.chunks[axis].length > split)) {
    const below = array;
    const chunks = below.chunks.map((sizes, axis) =>
      axes.includes(axis) ? new Array<number>(Math.ceil(sizes.length / split)).fill(width) : sizes,
    );
    array = lazyArray(`${label}-combine`, chunks, below.dtype, {
      kind: "task",
      inputs: [below],
      fn,
      argsOf: (index, { block }) => [
        ...before,
        ...neighbours(below.chunks, axes, index, split).map((child) => block(below, child)),
      ],
    });
  }
  return { array, blocksAt: (index) => neighbours(array.chunks, axes, index, split) };
}

/** The blocks below node `index`, in C order. */
function neighbours(chunks: Chunks, axes: readonly number[], index: readonly number[], split: number): number[][] {
  let children: number[][] = [[]];
  for (const [axis, at] of index.entries()) {
    const reduced = axes.includes(axis);
    const first = reduced ? at * split : at;
    const count = reduced ? Math.min(split, chunks[axis].length - first) : 1;
    children = children.flatMap((list) => Array.from({ length: count }, (_, i) => [...list, first + i]));
  }
  return children;
}
