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
const MANY_BLOCKS = 32;

/** What is done with tasks. */
export interface ProductTasks {
  add(key: Key, label: string, fn: (...args: never[]) => unknown, args: readonly unknown[]): void;
  /** a block of a factor as an argument of a task */
  argument(factor: LazyArray, index: readonly number[]): unknown;
}

/**
 * Adds the tasks of block `[i, j]`. Up to 4 products of a sum are one task, which then holds 8 blocks of the factors;
 * all are, if the factors are in memory anyway and the sum need not be cut up.
 */
export function addProduct({ name, operation }: LazyArray, [i, j]: readonly number[], tasks: ProductTasks): void {
  if (operation.kind !== "matmul") throw new TypeError(`${operation.kind} is no product`);
  const { left, right, isLeftTransposed, isRightTransposed } = operation;
  const inner = left.chunks[isLeftTransposed ? 0 : 1].length;
  const blocks = left.chunks[isLeftTransposed ? 1 : 0].length * right.chunks[isRightTransposed ? 0 : 1].length;
  const key = [name, i, j];
  const isMany = blocks >= MANY_BLOCKS;
  const size = isMany && isHeld(left) && isHeld(right) ? inner : FAN_IN;
  const groups = Math.max(1, Math.ceil(inner / size));
  const multiply = (own: Key, group: number, sum?: Key): void => {
    const ks = Array.from({ length: Math.min(size, inner - group * size) }, (_, k) => group * size + k);
    const plan: ProductPlan = { isLeftTransposed, isRightTransposed, isContinued: sum !== undefined };
    tasks.add(own, "matmul", multiplyBlocks, [
      plan,
      ...(sum === undefined ? [] : [ref(sum)]),
      ...ks.map((k) => tasks.argument(left, isLeftTransposed ? [k, i] : [i, k])),
      ...ks.map((k) => tasks.argument(right, isRightTransposed ? [j, k] : [k, j])),
    ]);
  };
  const part = (group: number): Key => [`${name}-product`, i, j, group];
  if (isMany || groups === 1) {
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

/** Its blocks are in memory before the run. */
function isHeld({ operation }: LazyArray): boolean {
  return operation.kind === "kept" || operation.kind === "blocks";
}
