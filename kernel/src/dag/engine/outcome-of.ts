/**
 * What a run that has finished gives its caller.
 * @module
 */
import type { PackedGraph } from "../graph/packed.js";
import type { HeldResults } from "./held-results.js";
import type { KeptResults } from "./kept-results.js";
import type { RunOutcome } from "./results.js";

/**
 * Takes the results of the outputs out of `held`.
 * @param keptResults takes them over; missing: they go to the caller, and must be in memory
 */
export function outcomeOf(
  { outputs, size, keys }: PackedGraph,
  held: HeldResults,
  keptResults?: KeptResults,
): RunOutcome {
  const placeOf = new Int32Array(size).fill(-1);
  const tasks: number[] = [];
  for (const task of outputs) if (placeOf[task] < 0) placeOf[task] = tasks.push(task) - 1;
  const places = Array.from(outputs, (task) => placeOf[task]);
  if (keptResults === undefined) return { values: tasks.map((task) => held.takeOut(task)), places };
  const kept = tasks.map((task) => keptResults.keep(held.takeForKeeping(task), keys[task]));
  return { kept: places.map((place) => kept[place]) };
}
