/**
 * The tasks of one block of a matrix product.
 * @module
 */
import { type Key, ref } from "../graph/index.js";
import { combineBlocks, multiplyBlocks } from "./block-functions.js";
import type { ProductPlan } from "./blocks/matmul.js";
import type { LazyArray } from "./lazy-array.js";
import { FAN_IN } from "./reduction-tree.js";

/**
 * A result of this many blocks keeps every core busy without cutting up the sums of each: they are added up one after
 * the other in one block. Those of a smaller result are added up by a tree, whose parts run side by side.
 */
const MANY_BLOCKS = 64;

/** What is done with tasks. */
export interface ProductTasks {
  add(key: Key, label: string, fn: (...args: never[]) => unknown, args: readonly unknown[]): void;
  /** a block of a factor as an argument of a task */
  argument(factor: LazyArray, index: readonly number[]): unknown;
}

/** Adds the tasks of block `[i, j]`; up to 4 products of a sum are one task. */
export function addProduct({ name, operation }: LazyArray, [i, j]: readonly number[], tasks: ProductTasks): void {
  if (operation.kind !== "matmul") throw new TypeError(`${operation.kind} is no product`);
  const { left, right, isLeftTransposed, isRightTransposed } = operation;
  const inner = left.chunks[isLeftTransposed ? 0 : 1].length;
  const blocks = left.chunks[isLeftTransposed ? 1 : 0].length * right.chunks[isRightTransposed ? 0 : 1].length;
  const key = [name, i, j];
  const groups = Math.ceil(inner / FAN_IN);
  const multiply = (own: Key, group: number, sum?: Key): void => {
    const ks = Array.from({ length: Math.min(FAN_IN, inner - group * FAN_IN) }, (_, k) => group * FAN_IN + k);
    const plan: ProductPlan = { isLeftTransposed, isRightTransposed, isContinued: sum !== undefined };
    tasks.add(own, "matmul", multiplyBlocks, [
      plan,
      ...(sum === undefined ? [] : [ref(sum)]),
      ...ks.map((k) => tasks.argument(left, isLeftTransposed ? [k, i] : [i, k])),
      ...ks.map((k) => tasks.argument(right, isRightTransposed ? [j, k] : [k, j])),
    ]);
  };
  const part = (group: number): Key => [`${name}-product`, i, j, group];
  if (blocks >= MANY_BLOCKS || groups === 1) {
    for (let group = 0; group < groups; group++) {
      multiply(group === groups - 1 ? key : part(group), group, group === 0 ? undefined : part(group - 1));
    }
    return;
  }
  let level = Array.from({ length: groups }, (_, group) => {
    multiply(part(group), group);
    return part(group);
  });
  for (let depth = 0; level.length > 1; depth++) {
    const isLast = level.length <= FAN_IN;
    level = Array.from({ length: Math.ceil(level.length / FAN_IN) }, (_, node) => {
      const own = isLast ? key : [`${name}-sum`, i, j, depth, node];
      const parts = level.slice(node * FAN_IN, (node + 1) * FAN_IN);
      tasks.add(own, "matmul-sum", combineBlocks, ["sum", ...parts.map(ref)]);
      return own;
    });
  }
}
