/**
 * The tree that combines the partial results of a reduction.
 * @see Dask `_tree_reduce`, dask/array/reductions.py: levels, fan-in per axis
 * @module
 */
import type { Key } from "../graph/index.js";

/** Partial results that one task combines. */
export const FAN_IN = 4;

type Index = readonly number[];

/** Makes the tasks of a tree; each returns the key of its result. */
export interface TreeTasks {
  chunk(block: Index): Key;
  combine(level: number, node: Index, children: readonly Key[]): Key;
}

/** Adds the tasks of a reduction to a graph. */
export interface ReductionTree {
  /** Adds what is below one block of the result; the keys its last task combines. */
  add(index: Index, tasks: TreeTasks): Key[];
}

/** @param blocks number of blocks of the input along each axis */
export function treeOf({ axes, keepdims }: { axes: Index; keepdims: boolean }, blocks: Index): ReductionTree {
  const split = axes.length === 0 ? 1 : Math.max(2, Math.floor(FAN_IN ** (1 / axes.length)));
  const nodesAt = (level: number) =>
    blocks.map((count, axis) => (axes.includes(axis) ? Math.ceil(count / split ** level) : count));
  let depth = 1;
  while (axes.some((axis) => nodesAt(depth)[axis] > 1)) depth++;

  const childrenOf = (level: number, node: Index, tasks: TreeTasks): Key[] => {
    const below = nodesAt(level - 1);
    let children: number[][] = [[]];
    for (const [axis, at] of node.entries()) {
      const first = axes.includes(axis) ? at * split : at;
      const count = axes.includes(axis) ? Math.min(split, below[axis] - first) : 1;
      const along = Array.from({ length: count }, (_, i) => first + i);
      children = children.flatMap((list) => along.map((i) => [...list, i]));
    }
    return children.map((child) => {
      if (level === 1) return tasks.chunk(child);
      const keys = childrenOf(level - 1, child, tasks);
      return keys.length === 1 ? keys[0] : tasks.combine(level - 1, child, keys);
    });
  };

  return {
    add(index, tasks) {
      const kept = [...index];
      const node = blocks.map((_, axis) => {
        if (!axes.includes(axis)) return keepdims ? index[axis] : (kept.shift() ?? 0);
        return 0;
      });
      return childrenOf(depth, node, tasks);
    },
  };
}
