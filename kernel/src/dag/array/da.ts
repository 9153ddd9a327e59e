/**
 * `da`: chunked arrays by NumPy's names.
 * @module
 */
import { lazyOf } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import {
  type ArraySource,
  type CreationOptions,
  type FromArrayOptions,
  fromArray,
  full,
  range,
  type ShapeLike,
} from "./creation.js";
import { creationFunctions } from "./creation-functions.js";
import { cumulativeFunctions } from "./cumulative-functions.js";
import { elementwiseFunctions, logicFunctions } from "./elementwise-functions.js";
import { linalg, productFunctions } from "./linalg.js";
import { mapFunctions } from "./map-functions.js";
import { memory } from "./memory.js";
import { orderingFunctions } from "./ordering-functions.js";
import { type PermutationOptions, permutation } from "./permutation.js";
import {
  type ExponentialOptions,
  exponential,
  type IntegerOptions,
  integers,
  type NormalOptions,
  normal,
  type UniformOptions,
  uniform,
} from "./random.js";
import { type ChoiceOptions, choice } from "./random-choice.js";
import { RandomGenerator } from "./random-generator.js";
import { reductionFunctions } from "./reduction-functions.js";
import { slice } from "./selection.js";
import { selectionFunctions } from "./selection-functions.js";
import { shapeFunctions } from "./shape-functions.js";
import { statisticsFunctions } from "./statistics-functions.js";
import { storageFunctions } from "./storage-functions.js";

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
  fromArray: (data: ArraySource, options?: FromArrayOptions): ChunkedArray => wrap(fromArray(data, options)),
  /** @example da.zeros([1000, 1000], { chunks: 250, dtype: "float32" }) */
  zeros: (shape: ShapeLike, options?: CreationOptions): ChunkedArray => wrap(full(shape, 0, options)),
  /** @example da.ones(10) */
  ones: (shape: ShapeLike, options?: CreationOptions): ChunkedArray => wrap(full(shape, 1, options)),
  /** @example da.full([2, 3], 7) */
  full: (shape: ShapeLike, value: number | bigint, options?: CreationOptions): ChunkedArray =>
    wrap(full(shape, value, options)),
  arange,
  ...creationFunctions,
  random: {
    /** Normal numbers. One seed gives one array, whatever the number of workers. */
    normal: (options: NormalOptions): ChunkedArray => wrap(normal(options)),
    /** Uniform numbers from `low` (0) up to, not including, `high` (1). */
    uniform: (options: UniformOptions): ChunkedArray => wrap(uniform(options)),
    /** Integers from `low` (0) up to, not including, `high`. */
    integers: (options: IntegerOptions): ChunkedArray => wrap(integers(options)),
    /** Exponential numbers with mean `scale` (1). */
    exponential: (options: ExponentialOptions): ChunkedArray => wrap(exponential(options)),
    /** The elements along axis 0 in a random order. @example da.random.permutation(x, { seed: 1 }) */
    permutation: (array: AnyArray, options?: PermutationOptions): ChunkedArray =>
      wrap(permutation(lazyOf(array), options)),
    /**
     * Values drawn from a list, or from the integers below a number, with replacement and equal or given probabilities.
     * @example da.random.choice([1, 5, 20], { shape: 1000, p: [0.2, 0.3, 0.5], seed: 1 })
     */
    choice: (values: number | readonly number[], options: ChoiceOptions): ChunkedArray => wrap(choice(values, options)),
    /** A generator whose draws differ from one another; equal seeds give equal sequences. */
    generator: (seed?: number): RandomGenerator => new RandomGenerator(seed),
  },
  ...storageFunctions,
  ...shapeFunctions,
  ...elementwiseFunctions,
  ...logicFunctions,
  ...reductionFunctions,
  ...mapFunctions,
  /** The array with its axes in another order, by default reversed. */
  transpose: (array: AnyArray, order?: readonly number[]) => checked(array).transpose(order),
  /**
   * The matrix product of `[m, k]` and `[k, n]`: `[m, n]`.
   * @throws {ShapeError} if an array has not two axes or the inner sizes differ
   */
  matmul: (left: AnyArray, right: AnyArray) => checked(left).matmul(right),
  ...productFunctions,
  linalg,
  memory,
  /** A range of indices, for `x.slice(da.slice(2, 9), 0)`. */
  slice: (start?: number | null, stop?: number | null, step?: number | null) => slice(start, stop, step),
  ...statisticsFunctions,
  ...cumulativeFunctions,
  ...selectionFunctions,
  ...orderingFunctions,
  ...shapeFunctions,
} as const;
