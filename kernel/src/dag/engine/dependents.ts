/**
 * Which tasks need a task: the dependencies of a packed graph, turned around.
 * @module
 */
import type { PackedGraph } from "../graph/packed.js";

/** Compressed rows: dependents of task i are `items[start[i]]` up to `items[start[i + 1] - 1]`. */
export interface Rows {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** Dependents of every task, in the order of task indices. */
export function dependentsOf({ size, dependencyStart, dependencies }: PackedGraph): Rows {
  const start = new Int32Array(size + 1);
  for (const dependency of dependencies) start[dependency + 1] += 1;
  for (let task = 0; task < size; task++) start[task + 1] += start[task];
  const next = start.slice(0, size);
  const items = new Int32Array(dependencies.length);
  for (let task = 0; task < size; task++) {
    for (let i = dependencyStart[task]; i < dependencyStart[task + 1]; i++) items[next[dependencies[i]]++] = task;
  }
  return { start, items };
}
