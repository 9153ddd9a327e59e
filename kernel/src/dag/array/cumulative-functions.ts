/**
 * Functions of `da` that cumulate.
 * @module
 */
import { lazyOf } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { cumulate } from "./cumulative.js";

export const cumulativeFunctions = {
  /** Cumulative sums along an axis; of an array with one axis it may be left out. @example da.cumsum(x, 0) */
  cumsum: (array: AnyArray, axis?: number | null): ChunkedArray => wrap(cumulate("cumsum", lazyOf(array), axis)),
  /** Cumulative products along an axis. */
  cumprod: (array: AnyArray, axis?: number | null): ChunkedArray => wrap(cumulate("cumprod", lazyOf(array), axis)),
} as const;
