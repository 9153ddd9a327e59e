/**
 * `da`: chunked arrays by NumPy's names.
 * @module
 */
import type { TypedArray } from "../memory/dtype.js";
import type { NDArray, NestedNumbers } from "../memory/nd-array.js";
import type { AxisLike } from "./axes.js";
import { type AnyArray, type ArrayLike, type ChunkedArray, lazyOf, unwrap, wrap } from "./chunked-array.js";
import { type CreationOptions, type FromArrayOptions, fromArray, full, range, type ShapeLike } from "./creation.js";
import { binary, power } from "./elementwise.js";
import { linalg, productFunctions } from "./linalg.js";
import { type NormalOptions, normal, type UniformOptions, uniform } from "./random.js";
import { RandomGenerator } from "./random-generator.js";
import type { ReduceOptions } from "./reductions.js";
import { slice } from "./selection.js";

type Binary = (left: ArrayLike, right: ArrayLike) => ChunkedArray;
interface Reduce {
  (array: AnyArray): ChunkedArray<number>;
  (array: AnyArray, axis: AxisLike, options?: ReduceOptions): ChunkedArray;
}

/**
 * Numbers from 0 or `start` up to, not including, `stop`, along one axis.
 * @throws {ArgumentError} if a bound is not finite or `step` is 0
 * @example da.arange(2, 10, 3, { chunks: 2 }) // 2, 5, 8
 */
function arange(stop: number, options?: CreationOptions): ChunkedArray;
function arange(start: number, stop: number, options?: CreationOptions): ChunkedArray;
function arange(start: number, stop: number, step: number, options?: CreationOptions): ChunkedArray;
function arange(...args: readonly (number | CreationOptions | undefined)[]): ChunkedArray {
  const numbers = args.filter((arg) => typeof arg === "number");
  const options = args.find((arg) => typeof arg === "object");
  const [start, stop, step] = numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], numbers[2] ?? 1];
  return wrap(range(start, stop, step, options));
}

/** @throws {ArgumentError} if it is no chunked array */
function checked(array: AnyArray): AnyArray {
  lazyOf(array);
  return array;
}

/**
 * Functions that make and combine chunked arrays, by NumPy's names; those that take an array first are methods of
 * arrays too. A shape is elements per axis, `[rows, columns]`; `chunks` is the size of a block: one number for all
 * axes, one per axis, "auto" (about 8 MiB a block, the default) or bytes such as "4 MiB".
 * @example await da.ones([4, 6], { chunks: 2 }).sum(0).compute() // [4, 4, 4, 4, 4, 4]
 */
export const da = {
  /**
   * An array of a typed array, nested lists or an NDArray; the data is copied.
   * @throws {ShapeError} if nested lists are ragged or `shape` does not fit
   * @example da.fromArray([[1, 2], [3, 4]], { chunks: 1 })
   */
  fromArray: (data: TypedArray | NDArray | NestedNumbers, options?: FromArrayOptions): ChunkedArray =>
    wrap(fromArray(data, options)),
  /** @example da.zeros([1000, 1000], { chunks: 250, dtype: "float32" }) */
  zeros: (shape: ShapeLike, options?: CreationOptions): ChunkedArray => wrap(full(shape, 0, options)),
  /** @example da.ones(10) */
  ones: (shape: ShapeLike, options?: CreationOptions): ChunkedArray => wrap(full(shape, 1, options)),
  /** @example da.full([2, 3], 7) */
  full: (shape: ShapeLike, value: number, options?: CreationOptions): ChunkedArray => wrap(full(shape, value, options)),
  arange,
  random: {
    /** Normal numbers. One seed gives one array, whatever the number of workers. */
    normal: (options: NormalOptions): ChunkedArray => wrap(normal(options)),
    /** Uniform numbers from `low` (0) up to, not including, `high` (1). */
    uniform: (options: UniformOptions): ChunkedArray => wrap(uniform(options)),
    /** A generator whose draws differ from one another; equal seeds give equal sequences. */
    generator: (seed?: number): RandomGenerator => new RandomGenerator(seed),
  },
  /** The sum of two arrays, or of an array and a number: shapes are broadcast, chunks brought together. */
  add: ((left, right) => wrap(binary("add", unwrap(left), unwrap(right)))) as Binary,
  /** @example da.subtract(1, x) */
  subtract: ((left, right) => wrap(binary("subtract", unwrap(left), unwrap(right)))) as Binary,
  /** The product of elements; of matrices it is `matmul`. */
  multiply: ((left, right) => wrap(binary("multiply", unwrap(left), unwrap(right)))) as Binary,
  /** The quotient; of integers it is float64. */
  divide: ((left, right) => wrap(binary("divide", unwrap(left), unwrap(right)))) as Binary,
  /** Elements to a power; integers need an integer exponent from 0 up. */
  power: ((base, exponent) => wrap(power(unwrap(base), unwrap(exponent)))) as Binary,
  /** The elements with the other sign. */
  negative: (array: AnyArray) => checked(array).negative(),
  /** Absolute values. */
  abs: (array: AnyArray) => checked(array).abs(),
  /** Square roots; of integers they are float64. */
  sqrt: (array: AnyArray) => checked(array).sqrt(),
  /** e to the power of each element, less than 1.1 ulp from the exact value. */
  exp: (array: AnyArray) => checked(array).exp(),
  /** The sum over an axis, a list of axes, or all. */
  sum: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).sum(axis, options)) as Reduce,
  /** The mean over an axis, a list of axes, or all. */
  mean: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).mean(axis, options)) as Reduce,
  /** The largest elements; NaN where there is one. */
  max: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).max(axis, options)) as Reduce,
  /** The smallest elements; NaN where there is one. */
  min: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).min(axis, options)) as Reduce,
  /** The array with its axes in another order, by default reversed. */
  transpose: (array: AnyArray, order?: readonly number[]) => checked(array).transpose(order),
  /**
   * The matrix product of `[m, k]` and `[k, n]`: `[m, n]`.
   * @throws {ShapeError} if an array has not two axes or the inner sizes differ
   */
  matmul: (left: AnyArray, right: AnyArray) => checked(left).matmul(right),
  ...productFunctions,
  linalg,
  /** A range of indices, for `x.slice(da.slice(2, 9), 0)`. */
  slice: (start?: number | null, stop?: number | null, step?: number | null) => slice(start, stop, step),
} as const;
