/**
 * Functions of `da` that cumulate, and their opposite: differences.
 * @module
 */
import { lazyOf } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { cumulate } from "./cumulative.js";
import { diff, gradient } from "./differences.js";

export const cumulativeFunctions = {
  /** Cumulative sums along an axis; of an array with one axis it may be left out. @example da.cumsum(x, 0) */
  cumsum: (array: AnyArray, axis?: number | null): ChunkedArray => wrap(cumulate("cumsum", lazyOf(array), axis)),
  /** Cumulative products along an axis. */
  cumprod: (array: AnyArray, axis?: number | null): ChunkedArray => wrap(cumulate("cumprod", lazyOf(array), axis)),
  /** The differences of neighbours along an axis (default the last), `n` times (1); of bool whether they differ. */
  diff: (array: AnyArray, n?: number, axis?: number): ChunkedArray => wrap(diff(lazyOf(array), n, axis)),
  /**
   * The slope at each element along an axis, from its two neighbours; `spacing` (1) is their distance.
   * @throws {ShapeError} if there are fewer than 2 elements, or several axes and none is named
   */
  gradient: (array: AnyArray, spacing?: number, axis?: number): ChunkedArray =>
    wrap(gradient(lazyOf(array), spacing, axis)),
} as const;
