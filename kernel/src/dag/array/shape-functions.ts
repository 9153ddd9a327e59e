/**
 * Functions of `da` that join arrays and move elements.
 * @module
 */
import { lazyOf } from "./array-base.js";
import type { AxisLike } from "./axes.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { concatenate, expandDims, stack } from "./joining.js";
import { flip, repeat, roll, tile } from "./rearranging.js";
import { ravel, reshape, squeeze } from "./reshape.js";
import { triangle } from "./triangles.js";

export const shapeFunctions = {
  /**
   * Arrays one after the other along an axis (default 0).
   * @throws {ShapeError} if they differ along another axis
   * @example da.concatenate([x, y], 1)
   */
  concatenate: (arrays: readonly AnyArray[], axis?: number): ChunkedArray =>
    wrap(concatenate(arrays.map(lazyOf), axis)),
  /** Arrays of one shape along a new axis (default the first). @example da.stack([x, y]).shape // [2, ...x.shape] */
  stack: (arrays: readonly AnyArray[], axis?: number): ChunkedArray => wrap(stack(arrays.map(lazyOf), axis)),
  /** The array with a new axis of size 1. */
  expandDims: (array: AnyArray, axis: number): ChunkedArray => wrap(expandDims(lazyOf(array), axis)),
  /** The array without its axes of size 1, or without those that are named. */
  squeeze: (array: AnyArray, axis?: AxisLike): ChunkedArray => wrap(squeeze(lazyOf(array), axis)),
  /**
   * The same elements in C order in another shape, of which one size may be -1: what is left.
   * @throws {ShapeError} if it holds another number of elements
   * @example da.reshape(x, [100, -1])
   */
  reshape: (array: AnyArray, shape: readonly number[]): ChunkedArray => wrap(reshape(lazyOf(array), shape)),
  /** All elements as one line in C order. */
  ravel: (array: AnyArray): ChunkedArray => wrap(ravel(lazyOf(array))),
  /** The elements in the opposite order along an axis, several, or all. */
  flip: (array: AnyArray, axis?: AxisLike): ChunkedArray => wrap(flip(lazyOf(array), axis)),
  /** The elements moved on by some places along an axis, or in C order, those at the end to the beginning. */
  roll: (array: AnyArray, shift: number, axis?: number): ChunkedArray => wrap(roll(lazyOf(array), shift, axis)),
  /** Every element several times along an axis, or in C order. @example da.repeat(x, 3, 0) */
  repeat: (array: AnyArray, repeats: number, axis?: number): ChunkedArray => wrap(repeat(lazyOf(array), repeats, axis)),
  /** The whole array several times along its last axes. @example da.tile(x, [2, 1]) */
  tile: (array: AnyArray, reps: number | readonly number[]): ChunkedArray => wrap(tile(lazyOf(array), reps)),
  /** The array with 0 above diagonal `k` (default 0, the main one) of its last two axes. */
  tril: (array: AnyArray, k?: number): ChunkedArray => wrap(triangle("tril", lazyOf(array), k)),
  /** The array with 0 below diagonal `k` (default 0, the main one) of its last two axes. */
  triu: (array: AnyArray, k?: number): ChunkedArray => wrap(triangle("triu", lazyOf(array), k)),
} as const;
