import type { RunStarted } from "../dag/engine/events.js";

/**
 * Which groups each group needs.
 * @returns per group: pairs of another group and the number of task dependencies on it
 */
export function groupEdges({
  groups,
  groupOf,
  dependencyStart,
  dependencies,
}: RunStarted): (readonly [group: number, edges: number])[][] {
  const found = groups.map(() => new Map<number, number>());
  for (let task = 0; task < groupOf.length; task++) {
    const own = groupOf[task];
    for (let k = dependencyStart[task]; k < dependencyStart[task + 1]; k++) {
      const other = groupOf[dependencies[k]];
      if (other !== own) found[own].set(other, (found[own].get(other) ?? 0) + 1);
    }
  }
  return found.map((edges) => [...edges].sort(([a], [b]) => a - b));
}
