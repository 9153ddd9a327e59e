/**
 * Fills blocks with random numbers.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import { emitRandom, type RandomFill } from "../emitter/random-kernel.js";
import { ziggurat } from "../emitter/ziggurat.js";
import { newBlock } from "./scratch.js";
import { seedState } from "./seed.js";

/** What is the same for all blocks of a random array. */
export interface RandomPlan {
  readonly distribution: "normal" | "uniform";
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
    const fill = instanceFor<RandomFill>(`random ${plan.distribution}`, memory, () => emitRandom(plan.distribution));
    fill(work.offset, work.offset + 32, draws.offset, sizeOf(shape), plan.offset, plan.scale);
    if (draws !== output) arena().view(output).set(arena().view(draws));
  });
}
