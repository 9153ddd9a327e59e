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
import { type NormalOptions, normal, type UniformOptions, uniform } from "./random.js";
import { RandomGenerator } from "./random-generator.js";
import type { ReduceOptions } from "./reductions.js";
import { slice } from "./selection.js";

type Binary = (left: ArrayLike, right: ArrayLike) => ChunkedArray;
interface Reduce {
  (array: AnyArray): ChunkedArray<number>;
  (array: AnyArray, axis: AxisLike, options?: ReduceOptions): ChunkedArray;
}

/** Numbers from 0 or `start` up to, not including, `stop`. */
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

/** Functions that make and combine chunked arrays; each also stands as a method where one array comes first. */
export const da = {
  /** An array of a typed array, nested lists or an NDArray; the data is copied. */
  fromArray: (data: TypedArray | NDArray | NestedNumbers, options?: FromArrayOptions): ChunkedArray =>
    wrap(fromArray(data, options)),
  zeros: (shape: ShapeLike, options?: CreationOptions): ChunkedArray => wrap(full(shape, 0, options)),
  ones: (shape: ShapeLike, options?: CreationOptions): ChunkedArray => wrap(full(shape, 1, options)),
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
  add: ((left, right) => wrap(binary("add", unwrap(left), unwrap(right)))) as Binary,
  subtract: ((left, right) => wrap(binary("subtract", unwrap(left), unwrap(right)))) as Binary,
  multiply: ((left, right) => wrap(binary("multiply", unwrap(left), unwrap(right)))) as Binary,
  divide: ((left, right) => wrap(binary("divide", unwrap(left), unwrap(right)))) as Binary,
  power: ((base, exponent) => wrap(power(unwrap(base), unwrap(exponent)))) as Binary,
  negative: (array: AnyArray) => checked(array).negative(),
  abs: (array: AnyArray) => checked(array).abs(),
  sqrt: (array: AnyArray) => checked(array).sqrt(),
  exp: (array: AnyArray) => checked(array).exp(),
  sum: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).sum(axis, options)) as Reduce,
  mean: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).mean(axis, options)) as Reduce,
  max: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).max(axis, options)) as Reduce,
  min: ((array: AnyArray, axis: AxisLike = null, options?: ReduceOptions) =>
    checked(array).min(axis, options)) as Reduce,
  transpose: (array: AnyArray, order?: readonly number[]) => checked(array).transpose(order),
  matmul: (left: AnyArray, right: AnyArray) => checked(left).matmul(right),
  /** A range of indices, for `x.slice(da.slice(2, 9), 0)`. */
  slice: (start?: number | null, stop?: number | null, step?: number | null) => slice(start, stop, step),
} as const;
