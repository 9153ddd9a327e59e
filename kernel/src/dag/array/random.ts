/**
 * Arrays of random numbers. Every block has its own stream, made from the seed and the block's number:
 * the numbers depend on seed, shape and chunks, not on workers or on how often they are computed.
 * @module
 */
import { randomInt } from "node:crypto";
import { ArgumentError, DTypeError } from "../../errors.js";
import { anyNumber, checkedLater, checkOptions, type Expectation, type Expectations } from "../check-options.js";
import { asDType, type DType, isFloat, isLong } from "../memory/dtype.js";
import { isElement } from "../memory/promote-types.js";
import type { Distribution } from "./blocks/random.js";
import { type ChunksLike, normalizeChunks } from "./chunks.js";
import { asShape, type ShapeLike } from "./creation.js";
import { cast } from "./elementwise.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";

/** Options of all random arrays. */
export interface RandomOptions {
  readonly shape: ShapeLike;
  readonly chunks?: ChunksLike;
  /** an integer from 0 up; without one the numbers differ each time the array is made */
  readonly seed?: number;
  /** float64 (default) or float32 */
  readonly dtype?: DType;
}

/** Options of `da.random.normal`. */
export interface NormalOptions extends RandomOptions {
  /** mean; default 0 */
  readonly loc?: number;
  /** standard deviation; default 1 */
  readonly scale?: number;
}

/** Options of `da.random.uniform`. */
export interface UniformOptions extends RandomOptions {
  /** smallest number; default 0 */
  readonly low?: number;
  /** numbers are below it; default 1 */
  readonly high?: number;
}

const randomOptions: Expectations<RandomOptions> = {
  shape: checkedLater,
  chunks: checkedLater,
  seed: checkedLater,
  dtype: checkedLater,
};
const scaleExpectation: Expectation = {
  text: "a number from 0 up",
  test: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
};
const normalOptions: Expectations<NormalOptions> = { ...randomOptions, loc: anyNumber, scale: scaleExpectation };
const uniformOptions: Expectations<UniformOptions> = { ...randomOptions, low: anyNumber, high: anyNumber };

/** Normal numbers. */
export function normal(options: NormalOptions): LazyArray {
  checkOptions("da.random.normal", options, normalOptions);
  const { loc = 0, scale = 1 } = options;
  return random("normal", options, loc, scale);
}

/** Uniform numbers from [low, high). */
export function uniform(options: UniformOptions): LazyArray {
  checkOptions("da.random.uniform", options, uniformOptions);
  const { low = 0, high = 1 } = options;
  return random("uniform", options, low, high - low);
}

/** Options of `da.random.integers`. */
export interface IntegerOptions extends Omit<RandomOptions, "dtype"> {
  /** smallest number; default 0 */
  readonly low?: number;
  /** numbers are below it */
  readonly high: number;
  /** int32 (default) or another type that holds the range */
  readonly dtype?: DType;
}

/** Options of `da.random.exponential`. */
export interface ExponentialOptions extends RandomOptions {
  /** mean; default 1 */
  readonly scale?: number;
}

const wholeBound: Expectation = { text: "a whole number", test: (value) => Number.isSafeInteger(value) };
const integerOptions: Expectations<IntegerOptions> = { ...randomOptions, low: wholeBound, high: wholeBound };
const exponentialOptions: Expectations<ExponentialOptions> = { ...randomOptions, scale: scaleExpectation };

/**
 * Integers from [low, high), equally likely up to (high - low) / 2^53.
 * @throws {ArgumentError} if the range is empty or does not fit the element type
 */
export function integers(options: IntegerOptions): LazyArray {
  checkOptions("da.random.integers", options, integerOptions);
  const { low = 0, high, dtype = "int32" } = options;
  const isInside = isElement(low, asDType(dtype)) && isElement(high - 1, dtype);
  if (!(low < high) || !isInside || high - low > Number.MAX_SAFE_INTEGER) {
    throw new ArgumentError(
      `da.random.integers: low ${low} must be below high ${high}, both numbers of ${dtype}, at most 2^53 apart: ` +
        "give other bounds, or a wider dtype such as 'int64'",
      { low, high, dtype },
    );
  }
  // bigints are made of float64, which holds all numbers of the range
  if (isLong(dtype)) return cast(random("integers", { ...options, dtype: "float64" }, low, high - low), dtype);
  return random("integers", { ...options, dtype }, low, high - low);
}

/** Exponential numbers: waiting times with mean `scale`. */
export function exponential(options: ExponentialOptions): LazyArray {
  checkOptions("da.random.exponential", options, exponentialOptions);
  return random("exponential", options, 0, options.scale ?? 1);
}

const LARGEST_SEED = 2 ** 48 - 1;

/** A seed, checked or drawn. */
export function asSeed(seed: number | undefined): number {
  if (seed === undefined) return randomInt(LARGEST_SEED);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new ArgumentError(`seed ${seed} must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}`, { seed });
}

function random(distribution: Distribution, options: RandomOptions, offset: number, scale: number): LazyArray {
  const dtype = asDType(options.dtype ?? "float64");
  if (dtype === "bool" || (!isFloat(dtype) && distribution !== "integers")) {
    throw new DTypeError(
      `random numbers of ${distribution} are float64 or float32, not ${dtype}: use astype('${dtype}')`,
      {
        dtype,
      },
    );
  }
  const chunks = normalizeChunks(asShape(options.shape), options.chunks, { dtype });
  const plan = { distribution, dtype, seed: asSeed(options.seed), offset, scale };
  return lazyArray(distribution, chunks, dtype, { kind: "random", plan });
}
