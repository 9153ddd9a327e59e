/**
 * Where a batch ends, so that it leaves few results that wait for tasks of other batches.
 *
 * A batch that ends in the middle of a branch of the graph leaves its last results lying about until another batch has
 * made what they miss; with a batch on every worker, and each in a branch of its own, those add up.
 * @module
 */
import type { Links } from "../graph/links.js";
import type { PackedGraph } from "../graph/packed.js";

/** Which cuts of a batch are worth while. */
export interface CutRange {
  /** at least so many tasks stay in the batch */
  readonly least: number;
  /** beyond so many tasks the batch goes on only if that leaves less */
  readonly enough: number;
}

/** What a cut is judged by. */
export interface CutContext {
  readonly graph: Pick<PackedGraph, "dependencyStart" | "dependencies">;
  readonly dependents: Links;
  /** `[size]` number of consumers that have not finished, plus one if the result is asked for */
  readonly uses: Int32Array;
  /** `[size]` 1 if the result is asked for */
  readonly isOutput: Uint8Array;
  /** `[size]` all 0; also after the call */
  readonly inside: Int32Array;
  /** True if a task misses so few inputs outside the batch that it belongs to the branch at hand. */
  readonly isNear: (task: number) => boolean;
}

/**
 * How many of `tasks`, which come in the order in which they run, should go to a worker together: at least half of
 * them, so that batches stay worth their messages. Only a task that uses results is a place to cut, or the first that
 * is `enough`. Results that a wide reduction will use wait anyway and are not counted.
 */
export function cutOf(tasks: readonly number[], range: CutRange, context: CutContext): number {
  const { dependencyStart, dependencies } = context.graph;
  const { uses, isOutput, inside } = context;
  const least = Math.max(range.least, tasks.length / 2);
  let open = 0;
  let fewest = Number.POSITIVE_INFINITY;
  let cut = tasks.length;
  // `inside` is 1 plus the number of consumers in the batch.
  for (const [i, task] of tasks.entries()) {
    const count = i + 1;
    inside[task] = 1;
    if (hasNearUser(task, context)) open += 1;
    for (let k = dependencyStart[task]; k < dependencyStart[task + 1]; k++) {
      const input = dependencies[k];
      if (inside[input] === 0) continue;
      inside[input] += 1;
      if (inside[input] > uses[input] - isOutput[input] && hasNearUser(input, context)) open -= 1;
    }
    const isPlace =
      dependencyStart[task] < dependencyStart[task + 1] || count === tasks.length || count === range.enough;
    if (count < least || !isPlace) continue;
    if (open < fewest || (open === fewest && count <= range.enough)) {
      fewest = open;
      cut = count;
    }
  }
  for (const task of tasks) inside[task] = 0;
  return cut;
}

function hasNearUser(task: number, { dependents: { start, to }, isNear }: CutContext): boolean {
  for (let i = start[task]; i < start[task + 1]; i++) if (isNear(to[i])) return true;
  return false;
}
