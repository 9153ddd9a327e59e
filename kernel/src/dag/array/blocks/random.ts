/**
 * Fills blocks with random numbers.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType, TypedArray } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import { emitRandom, type RandomFill } from "../emitter/random-kernel.js";
import { ziggurat } from "../emitter/ziggurat.js";
import { newBlock } from "./scratch.js";
import { seedState } from "./seed.js";

/** Integers and exponential numbers are made of uniform ones. */
export type Distribution = "normal" | "uniform" | "integers" | "exponential";

/** What is the same for all blocks of a random array. */
export interface RandomPlan {
  readonly distribution: Distribution;
  readonly dtype: DType;
  readonly seed: number;
  /** result = offset + scale * draw */
  readonly offset: number;
  readonly scale: number;
}

/**
 * Draws block number `number` of an array. The state of the generator follows from the seed and that
 * number alone, so any worker draws the same block, each time.
 */
export function randomBlock(plan: RandomPlan, number: number, shape: readonly number[]): Block {
  return newBlock(plan.dtype, shape, undefined, (output, scratch) => {
    const draws = plan.dtype === "float64" ? output : scratch.allocate("float64", shape);
    const { memory } = draws;
    const work = scratch.allocate("float64", [4 + ziggurat.length]);
    const view = arena().view(work);
    new BigUint64Array(view.buffer, work.offset, 4).set(seedState(plan.seed, number));
    view.set(ziggurat, 4);
    const { distribution } = plan;
    const kernel = distribution === "normal" ? "normal" : "uniform";
    const fill = instanceFor<RandomFill>(`random ${kernel}`, memory, () => emitRandom(kernel));
    const [offset, scale] = distribution === "exponential" ? [0, 1] : [plan.offset, plan.scale];
    fill(work.offset, work.offset + 32, draws.offset, sizeOf(shape), offset, scale);
    const numbers = arena().view(draws);
    if (distribution === "exponential") toExponential(numbers, plan.scale);
    // the conversion to integers would round negative numbers up
    if (distribution === "integers") for (let i = 0; i < numbers.length; i++) numbers[i] = Math.floor(numbers[i]);
    if (draws !== output) arena().view(output).set(numbers);
  });
}

/** The distribution function turned round; 1 - u is never 0. */
function toExponential(uniform: TypedArray, scale: number): void {
  for (let i = 0; i < uniform.length; i++) uniform[i] = -scale * Math.log1p(-uniform[i]);
}
