/**
 * Functions of `da` that select elements by position or by condition.
 * @module
 */
import type { ComputeOptions } from "../compute-options.js";
import { isChunked, lazyOf, type OperandLike, unwrap } from "./array-base.js";
import { assign } from "./assign.js";
import { computeChunkSizes } from "./chunk-sizes.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { type Condition, compress } from "./compress.js";
import type { LazyArray } from "./lazy-array.js";
import { argwhere, nonzero } from "./nonzero.js";
import type { SliceItem } from "./selection.js";
import { type Indices, take } from "./take.js";
import { blocksAt, vindex } from "./vindex.js";

export const selectionFunctions = {
  /**
   * The elements whose condition is not 0: `x[condition]` in NumPy. The sizes of its blocks are known when it is
   * computed, or after `da.computeChunkSizes`. With an axis the condition is one line along it.
   * @throws {ShapeError} if the condition does not fit
   * @example da.compress(x, [true, false, true], 0)
   */
  compress: (array: AnyArray, condition: AnyArray | Exclude<Condition, LazyArray>, axis?: number): ChunkedArray =>
    wrap(compress(lazyOf(array), isChunked(condition) ? lazyOf(condition) : condition, axis)),
  /**
   * The elements at a list of positions along an axis (default 0), in the order of the list.
   * @throws {ShapeError} if an index is out of bounds
   * @example da.take(x, [1, 6, -1])
   */
  take: (array: AnyArray, indices: Indices, axis?: number): ChunkedArray => wrap(take(lazyOf(array), indices, axis)),
  /**
   * Single elements as one line: one list of positions per axis.
   * @throws {ShapeError} if an index is out of bounds
   * @example da.vindex(x, [0, 5], [1, 2]) // x[0, 1] and x[5, 2]
   */
  vindex: (array: AnyArray, ...lists: readonly Indices[]): ChunkedArray => wrap(vindex(lazyOf(array), lists)),
  /**
   * Some blocks as an array: a number, or null for all, per axis.
   * @throws {ShapeError} if there is no such block
   * @example da.blocks(x, 1, null)
   */
  blocks: (array: AnyArray, ...index: readonly (number | null)[]): ChunkedArray => wrap(blocksAt(lazyOf(array), index)),
  /**
   * Where elements are not 0: for each axis a line of positions, in C order.
   * @example const [rows, columns] = da.nonzero(x.greater(0.5))
   */
  nonzero: (array: AnyArray): ChunkedArray[] => nonzero(lazyOf(array)).map((line) => wrap(line)),
  /**
   * A new array with `value` where a condition is true, or at the places of a slice: `x[where] = value` in NumPy.
   * @throws {ShapeError} if condition or value do not broadcast to the places
   * @throws {DTypeError} if a number is beyond the element type
   * @example da.assign(x, "2:5, 0", -1)
   */
  assign: (array: AnyArray, where: AnyArray | SliceItem | readonly SliceItem[], value: OperandLike): ChunkedArray =>
    wrap(assign(lazyOf(array), isChunked(where) ? lazyOf(where) : where, unwrap(value))),
  /**
   * The positions of the elements that are not 0, in C order: a line for each of them, a column for each axis, int64.
   * @example da.argwhere(x.greater(0.5))
   */
  argwhere: (array: AnyArray): ChunkedArray => wrap(argwhere(lazyOf(array))),
  /** The same array with known sizes of its blocks; computes them if needed. */
  computeChunkSizes: async (array: AnyArray, options?: ComputeOptions): Promise<ChunkedArray> =>
    wrap(await computeChunkSizes(lazyOf(array), options)),
} as const;
