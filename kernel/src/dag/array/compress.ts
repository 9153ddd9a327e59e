/**
 * Indexing with conditions: the elements for which one holds.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { isLong, type TypedArray } from "../memory/dtype.js";
import type { NDArray, NestedNumbers } from "../memory/nd-array.js";
import { normalizeAxis } from "./axes.js";
import type { Chunks } from "./chunks.js";
import { fromArray } from "./creation.js";
import { compressBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { take } from "./take.js";
import { rechunk } from "./unify.js";
import { hasUnknownSizes, sizesText } from "./unknown-sizes.js";

/** Truth of elements, 0 and false being false: computed lazily or known when the graph is built. */
export type Condition = LazyArray | readonly boolean[] | TypedArray | NDArray | NestedNumbers;

/**
 * The elements whose condition is true. Without an axis the condition has the shape of the array and the result is
 * one line in C order, NumPy's `x[condition]`; with one the condition is a line along it, as in `np.compress`.
 *
 * A lazy condition makes chunks of unknown size (NaN): one per block of the array. A condition with one axis that
 * is known when the graph is built makes known ones.
 * @throws {ShapeError} if the condition does not fit
 */
export function compress(array: LazyArray, condition: Condition, axis?: number): LazyArray {
  const along = axis === undefined ? -1 : normalizeAxis(axis, array.shape.length);
  const line = along < 0 ? 0 : along;
  if (!isLazy(condition)) {
    const known = asLazyInput(condition);
    const isLine = Array.isArray(known) || ArrayBuffer.isView(known);
    if (isLine && (along >= 0 || array.shape.length === 1) && !hasUnknownSizes(array)) {
      const truths = Array.from(known as ArrayLike<unknown>);
      assertFits([truths.length], [array.shape[line]]);
      return take(
        array,
        truths.flatMap((truth, i) => (truth ? [i] : [])),
        line,
      );
    }
    return compress(array, fromArray(known as TypedArray), axis);
  }
  assertFits(condition.shape, along < 0 ? array.shape : [array.shape[along]]);
  return along < 0 ? compressAll(array, condition) : compressAlong(array, condition, along);
}

/** Blocks are cut along axis 0 alone, so that their lines follow one another in C order. */
function compressAll(array: LazyArray, condition: LazyArray): LazyArray {
  const chunks = array.chunks.map((sizes, axis) => (axis === 0 ? sizes : [array.shape[axis]]));
  const input = rechunk(array, chunks);
  const mask = rechunk(condition, chunks);
  const counts = chunks.length === 0 ? [Number.NaN] : chunks[0].map(() => Number.NaN);
  return compressed(input, mask, [counts], -1, ([i]) => {
    const at = chunks.map((_, axis) => (axis === 0 ? i : 0));
    return { block: at, mask: at };
  });
}

function compressAlong(array: LazyArray, condition: LazyArray, axis: number): LazyArray {
  const mask = rechunk(condition, [array.chunks[axis]]);
  const chunks = array.chunks.with(
    axis,
    array.chunks[axis].map(() => Number.NaN),
  );
  return compressed(array, mask, chunks, axis, (index) => ({ block: index, mask: [index[axis]] }));
}

function compressed(
  array: LazyArray,
  mask: LazyArray,
  chunks: Chunks,
  axis: number,
  at: (index: readonly number[]) => { readonly block: readonly number[]; readonly mask: readonly number[] },
): LazyArray {
  return lazyArray("compress", chunks, array.dtype, {
    kind: "task",
    inputs: [array],
    // the kernel reads the elements of conditions, JavaScript too: as numbers
    fused: { input: mask, dtype: isLong(mask.dtype) ? "bool" : mask.dtype },
    fn: compressBlock,
    argsOf: (index, { block, fused }) => {
      const place = at(index);
      return [axis, block(array, place.block), ...fused(place.mask)];
    },
  });
}

function isLazy(condition: Condition): condition is LazyArray {
  return typeof condition === "object" && condition !== null && "operation" in condition;
}

/** Booleans as numbers: arrays have no such elements yet. */
function asLazyInput(condition: Exclude<Condition, LazyArray>): TypedArray | NDArray | NestedNumbers {
  if (!Array.isArray(condition)) return condition as TypedArray | NDArray;
  const numbers = (list: readonly unknown[]): NestedNumbers[] =>
    list.map((item) => (Array.isArray(item) ? numbers(item) : Number(item)));
  return numbers(condition);
}

function assertFits(condition: readonly number[], expected: readonly number[]): void {
  if (condition.length === expected.length && condition.every((size, i) => Object.is(size, expected[i]))) return;
  const isKnown = !condition.some(Number.isNaN) && !expected.some(Number.isNaN);
  throw new ShapeError(
    `a condition of shape [${sizesText(condition)}] does not fit: give one of shape [${sizesText(expected)}]` +
      (isKnown ? "" : ", computed from the same selection, or call y = await da.computeChunkSizes(y) first"),
    { condition, expected },
  );
}
