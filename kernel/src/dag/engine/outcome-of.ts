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
export function outcomeOf({ outputs }: PackedGraph, held: HeldResults, keptResults?: KeptResults): RunOutcome {
  const placeOf = new Map<number, number>();
  for (const task of outputs) if (!placeOf.has(task)) placeOf.set(task, placeOf.size);
  const tasks = [...placeOf.keys()];
  const places = Array.from(outputs, (task) => placeOf.get(task) ?? 0);
  if (keptResults === undefined) return { values: tasks.map((task) => held.takeOut(task)), places };
  const kept = tasks.map((task) => keptResults.keep(held.takeForKeeping(task)));
  return { kept: places.map((place) => kept[place]) };
}
