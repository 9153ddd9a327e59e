/**
 * Random orders.
 * @module
 */
import { checkedLater, checkOptions, type Expectations } from "../check-options.js";
import { arena } from "../memory/arena.js";
import { randomBlock } from "./blocks/random.js";
import type { LazyArray } from "./lazy-array.js";
import { asSeed } from "./random.js";
import { take } from "./take.js";

/** Options of `da.random.permutation`. */
export interface PermutationOptions {
  /** an integer from 0 up; without one the order differs each time the array is made */
  readonly seed?: number;
}

const expectations: Expectations<PermutationOptions> = { seed: checkedLater };

/**
 * The array with its elements along axis 0 in a random order. The order is drawn here, by the calling thread.
 * @see R. Durstenfeld: Algorithm 235, Random permutation, 1964
 */
export function permutation(array: LazyArray, options: PermutationOptions = {}): LazyArray {
  checkOptions("da.random.permutation", options, expectations);

  const size = array.shape[0] ?? 0;
  const order = Float64Array.from({ length: size }, (_, i) => i);
  const plan = { distribution: "uniform", dtype: "float64", seed: asSeed(options.seed), offset: 0, scale: 1 } as const;
  const block = randomBlock(plan, 0, [size]);
  const draws = arena().view(block);
  for (let i = size - 1; i > 0; i--) {
    const other = Math.floor(draws[i] * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  arena().release(block);
  return take(array, order, 0);
}
