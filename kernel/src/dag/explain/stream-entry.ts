/**
 * Who ran what when.
 * @module
 */
import type { Stream } from "../engine/simulate.js";
import type { PackedGraph } from "../graph/packed.js";

/** One task of a stream. */
export interface StreamEntry {
  readonly key: string;
  /** name of the function, as in the view of a run */
  readonly group: string;
  readonly worker: number;
  /** from the start of the run, in the unit of the makespan */
  readonly start: number;
  readonly end: number;
}

/** The tasks of a stream with their names, in the order in which they began. */
export function streamEntries(
  { keys, groups, groupOf }: Pick<PackedGraph, "keys" | "groups" | "groupOf">,
  { task, worker, start, end }: Stream,
): readonly StreamEntry[] {
  return task.map((index, i) => {
    return { key: keys[index], group: groups[groupOf[index]], worker: worker[i], start: start[i], end: end[i] };
  });
}
