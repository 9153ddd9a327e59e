/**
 * What a finished task makes possible.
 * @module
 */
import type { Links } from "../graph/links.js";

const none: readonly never[] = [];

/**
 * Counts a task that has finished.
 * @param waiting `[size]` number of dependencies that have not finished; lowered for the dependents of the task
 * @param taken `[size]` 1 while a worker has the task
 * @returns dependents that miss nothing any more and that no worker has
 */
export function unblockedBy(
  task: number,
  { start, to }: Links,
  waiting: Int32Array,
  taken: Uint8Array,
): readonly number[] {
  let unblocked: number[] | undefined;
  for (let i = start[task]; i < start[task + 1]; i++) {
    const dependent = to[i];
    waiting[dependent] -= 1;
    if (waiting[dependent] > 0 || taken[dependent] === 1) continue;
    unblocked ??= [];
    unblocked.push(dependent);
  }
  return unblocked ?? none;
}
