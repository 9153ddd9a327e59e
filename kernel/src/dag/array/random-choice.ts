/**
 * Random elements of a list.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { checkedLater, checkOptions, type Expectations } from "../check-options.js";
import type { ChunksLike } from "./chunks.js";
import type { ShapeLike } from "./creation.js";
import type { LazyArray } from "./lazy-array.js";
import { uniform } from "./random.js";
import { lookup } from "./search.js";

/** Options of `da.random.choice`. */
export interface ChoiceOptions {
  readonly shape: ShapeLike;
  readonly chunks?: ChunksLike;
  /** an integer from 0 up; without one the numbers differ each time the array is made */
  readonly seed?: number;
  /** the probability of each value; default: all the same */
  readonly p?: readonly number[];
}

const expectations: Expectations<ChoiceOptions> = {
  shape: checkedLater,
  chunks: checkedLater,
  seed: checkedLater,
  p: checkedLater,
};
/** How far the sum of probabilities may be from 1, as in NumPy: the square root of the precision of float64. */
const SUM_TOLERANCE = Math.sqrt(Number.EPSILON);

/**
 * Values drawn with replacement: float64 (NumPy keeps integers).
 * @param values numbers, or how many integers from 0 up
 * @throws {ArgumentError} if there are no values, or the probabilities do not fit them
 */
export function choice(values: number | readonly number[], options: ChoiceOptions): LazyArray {
  checkOptions("da.random.choice", options, expectations);
  const list = typeof values === "number" ? Array.from({ length: values }, (_, i) => i) : values;
  if (!Array.isArray(list) || list.length === 0 || !list.every((value) => typeof value === "number")) {
    throw new ArgumentError(
      `da.random.choice: the values must be a list of numbers, or how many, and are ${inspect(values, { depth: 0 })}`,
      { values },
    );
  }
  const { p, ...others } = options;
  const edges = upperEdges(p ?? list.map(() => 1 / list.length), list.length);
  const search = { edges, side: "right", dtype: "float64", values: Float64Array.from(list) } as const;
  return lookup("choice", uniform({ ...others }), search);
}

/** Sums of the probabilities up to each value but the last, which is drawn above all of them. */
function upperEdges(p: readonly number[], count: number): Float64Array {
  let sum = 0;
  const sums = Float64Array.from(p, (one) => {
    sum += one;
    return sum;
  });
  if (p.length === count && p.every((one) => one >= 0) && Math.abs(sum - 1) <= SUM_TOLERANCE)
    return sums.subarray(0, -1);
  throw new ArgumentError(
    `da.random.choice: p must be ${count} numbers from 0 up whose sum is 1; it has ${p.length}, with the sum ${sum}`,
    { p },
  );
}
