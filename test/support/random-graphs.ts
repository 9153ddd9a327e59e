import type { PackedGraph } from "../../kernel/src/dag/graph/packed.js";
import { packedGraph, result, type TaskSpec } from "./packed-graphs.js";

/**
 * A graph of sums whose keys stand in a random order of execution.
 * @param links inputs a task has on average; they come from tasks before it
 */
export function randomSums(size: number, links: number, random: () => number): PackedGraph {
  const tasks: Record<string, TaskSpec> = {};
  for (let i = 0; i < size; i++) {
    const needs = new Set<number>();
    for (let k = Math.floor(random() * 2 * links); k > 0 && i > 0; k--) needs.add(Math.floor(random() * i));
    tasks[`t${i}`] = ["sum", i, ...Array.from(needs, (need) => result(`t${need}`))];
  }
  const keys = Object.keys(tasks);
  return packedGraph(tasks, keys.slice(-Math.ceil(size / 4)));
}

/** Sums of all results of a graph of `randomSums`, by task. */
export function sumsOf({ size, dependencyStart, dependencies }: PackedGraph): number[] {
  const sums: number[] = [];
  for (let i = 0; i < size; i++) {
    const needs = dependencies.subarray(dependencyStart[i], dependencyStart[i + 1]);
    sums.push(Array.from(needs, (need) => sums[need]).reduce((sum, value) => sum + value, i));
  }
  return sums;
}
