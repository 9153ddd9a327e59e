/**
 * Functions of `da` that give the same elements another shape, or put arrays together.
 * @module
 */
import { lazyOf } from "./array-base.js";
import type { AxisLike } from "./axes.js";
import { broadcastTo, expandDims, moveaxis, squeeze, swapaxes } from "./axis-views.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import type { AxisChunks } from "./chunks.js";
import { concatenate, stack } from "./concatenate.js";
import { asShape, type ShapeLike } from "./creation.js";
import { type PadMode, type PadWidth, pad } from "./pad.js";
import { flip, repeat, roll, tile } from "./rearranging.js";
import { ravel, reshape } from "./reshape.js";
import { triangle } from "./triangles.js";

export const shapeFunctions = {
  /**
   * The same elements in C order with another shape; one size may be -1, which follows from the others. Blocks are cut
   * anew where theirs are not one run of the result.
   * @throws {ShapeError} if the sizes do not hold as many elements
   * @example da.reshape(x, [-1, 3])
   */
  reshape: (array: AnyArray, shape: number | readonly number[]): ChunkedArray => wrap(reshape(lazyOf(array), shape)),
  /** All elements in C order along one axis. */
  ravel: (array: AnyArray): ChunkedArray => wrap(ravel(lazyOf(array))),
  /**
   * New axes of size 1 at these places of the result.
   * @throws {ShapeError} if a place does not exist or is named twice
   * @example da.expandDims(x, 0) // [3] -> [1, 3]
   */
  expandDims: (array: AnyArray, axis: number | readonly number[]): ChunkedArray =>
    wrap(expandDims(lazyOf(array), axis)),
  /**
   * The array without axes of size 1: all of them, or those named.
   * @throws {ShapeError} if a named axis has another size
   */
  squeeze: (array: AnyArray, axis: AxisLike = null): ChunkedArray => wrap(squeeze(lazyOf(array), axis)),
  /** The array with two axes exchanged. */
  swapaxes: (array: AnyArray, first: number, second: number): ChunkedArray =>
    wrap(swapaxes(lazyOf(array), first, second)),
  /**
   * The array with axes at other places; the others keep their order.
   * @throws {ShapeError} if there are not as many places as axes
   * @example da.moveaxis(x, 0, -1)
   */
  moveaxis: (
    array: AnyArray,
    source: number | readonly number[],
    destination: number | readonly number[],
  ): ChunkedArray => wrap(moveaxis(lazyOf(array), source, destination)),
  /**
   * The array repeated along axes that it has not, or has with size 1.
   * @param chunks of the result along these axes
   * @throws {ShapeError} if another size does not fit
   */
  broadcastTo: (array: AnyArray, shape: ShapeLike, chunks?: AxisChunks): ChunkedArray =>
    wrap(broadcastTo(lazyOf(array), asShape(shape), chunks)),
  /**
   * Arrays one after the other along an axis that they have (default 0).
   * @throws {ShapeError} if they differ along another axis
   * @example da.concatenate([x, y], 1)
   */
  concatenate: (arrays: readonly AnyArray[], axis?: number): ChunkedArray =>
    wrap(concatenate(arrays.map(lazyOf), axis)),
  /**
   * Arrays one after the other along a new axis (default 0).
   * @throws {ShapeError} if their shapes differ
   */
  stack: (arrays: readonly AnyArray[], axis?: number): ChunkedArray => wrap(stack(arrays.map(lazyOf), axis)),
  /** The elements in the opposite order along an axis, several, or all. */
  flip: (array: AnyArray, axis?: AxisLike): ChunkedArray => wrap(flip(lazyOf(array), axis)),
  /** The elements moved on by some places along an axis, or in C order, those at the end to the beginning. */
  roll: (array: AnyArray, shift: number, axis?: number): ChunkedArray => wrap(roll(lazyOf(array), shift, axis)),
  /** Every element several times along an axis, or in C order. @example da.repeat(x, 3, 0) */
  repeat: (array: AnyArray, repeats: number, axis?: number): ChunkedArray => wrap(repeat(lazyOf(array), repeats, axis)),
  /** The whole array several times along its last axes. @example da.tile(x, [2, 1]) */
  tile: (array: AnyArray, reps: number | readonly number[]): ChunkedArray => wrap(tile(lazyOf(array), reps)),
  /**
   * The array with elements around it: `mode` a number (0), "edge", "symmetric", "reflect" or "wrap", as in NumPy.
   * @throws {ArgumentError} if a width is none, or more than the elements that the mode repeats
   * @example da.pad(x, [[1, 1], [0, 2]], "edge")
   */
  pad: (array: AnyArray, width: PadWidth, mode?: PadMode): ChunkedArray => wrap(pad(lazyOf(array), width, mode)),
  /** The array with 0 above diagonal `k` (default 0, the main one) of its last two axes. */
  tril: (array: AnyArray, k?: number): ChunkedArray => wrap(triangle("tril", lazyOf(array), k)),
  /** The array with 0 below diagonal `k` (default 0, the main one) of its last two axes. */
  triu: (array: AnyArray, k?: number): ChunkedArray => wrap(triangle("triu", lazyOf(array), k)),
} as const;
