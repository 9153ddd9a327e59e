/**
 * Functions of `da` that make arrays beside `zeros`, `ones`, `full` and `arange`.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { lazyOf } from "./array-base.js";
import { expandDims } from "./axis-views.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { asShape, type CreationOptions, full, range } from "./creation.js";
import { binary, cast } from "./elementwise.js";
import { compare, where } from "./logic.js";

/** Options of `da.linspace`. */
export interface LinspaceOptions extends CreationOptions {
  /** whether `stop` is the last number; default true */
  readonly endpoint?: boolean;
}

/** Options of `da.eye`. */
export interface EyeOptions extends CreationOptions {
  /** number of columns; default that of rows */
  readonly columns?: number;
  /** the diagonal that is 1: above the main one if positive */
  readonly k?: number;
}

function linspace(start: number, stop: number, count = 50, { endpoint = true, ...options }: LinspaceOptions = {}) {
  if (![start, stop].every(Number.isFinite) || !Number.isInteger(count) || count < 0) {
    throw new ArgumentError(`linspace(${start}, ${stop}, ${count}) needs finite bounds and a count of 0 or more`, {
      start,
      stop,
      count,
    });
  }
  const index = range(0, count, 1, { ...options, dtype: "float64" });
  const steps = endpoint ? count - 1 : count;
  const inside = binary("add", binary("multiply", index, steps > 0 ? (stop - start) / steps : 0), start);
  // rounding must not move the last one
  const all = endpoint && count > 1 ? where(compare("equal", index, count - 1), stop, inside) : inside;
  return wrap(cast(all, options.dtype ?? "float64"));
}

function eye(rows: number, { columns = rows, k = 0, ...options }: EyeOptions = {}) {
  asShape([rows, columns]);
  const { chunks } = full([rows, columns], 0, options);
  const row = range(k, rows + k, 1, { chunks: [chunks[0]] });
  const column = range(0, columns, 1, { chunks: [chunks[1]] });
  return wrap(cast(compare("equal", expandDims(row, 1), column), options.dtype ?? "float64"));
}

const likeOf = (array: AnyArray, value: number, options: CreationOptions = {}) => {
  const { shape, chunks, dtype } = lazyOf(array);
  return wrap(full(shape, value, { chunks, dtype, ...options }));
};

export const creationFunctions = {
  /**
   * `count` (50) numbers at equal distances from `start` to `stop`.
   * @throws {ArgumentError} if a bound is not finite or the count is none
   * @example da.linspace(0, 1, 5) // 0, 0.25, 0.5, 0.75, 1
   */
  linspace: (start: number, stop: number, count?: number, options?: LinspaceOptions): ChunkedArray =>
    linspace(start, stop, count, options),
  /**
   * A matrix with 1 on a diagonal and 0 elsewhere.
   * @throws {ShapeError} if a size is none
   */
  eye: (rows: number, options?: EyeOptions): ChunkedArray => eye(rows, options),
  /** Zeros in the shape, blocks and element type of an array, where options do not say otherwise. */
  zerosLike: (array: AnyArray, options?: CreationOptions): ChunkedArray => likeOf(array, 0, options),
  /** Ones in the shape, blocks and element type of an array, where options do not say otherwise. */
  onesLike: (array: AnyArray, options?: CreationOptions): ChunkedArray => likeOf(array, 1, options),
  /** One number in the shape, blocks and element type of an array, where options do not say otherwise. */
  fullLike: (array: AnyArray, value: number, options?: CreationOptions): ChunkedArray => likeOf(array, value, options),
} as const;
