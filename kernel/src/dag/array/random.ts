/**
 * Arrays of random numbers. Every block has its own stream, made from the seed and the block's number:
 * the numbers depend on seed, shape and chunks, not on workers or on how often they are computed.
 * @module
 */
import { randomInt } from "node:crypto";
import { ArgumentError, DTypeError } from "../../errors.js";
import { anyNumber, checkedLater, checkOptions, type Expectation, type Expectations } from "../check-options.js";
import { asDType, type DType } from "../memory/dtype.js";
import { type ChunksLike, normalizeChunks } from "./chunks.js";
import { asShape, type ShapeLike } from "./creation.js";
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

const LARGEST_SEED = 2 ** 48 - 1;

/** A seed, checked or drawn. */
export function asSeed(seed: number | undefined): number {
  if (seed === undefined) return randomInt(LARGEST_SEED);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new ArgumentError(`seed ${seed} must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}`, { seed });
}

function random(distribution: "normal" | "uniform", options: RandomOptions, offset: number, scale: number): LazyArray {
  const dtype = asDType(options.dtype ?? "float64");
  if (dtype === "int32" || dtype === "bool") {
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
