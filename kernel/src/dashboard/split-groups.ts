/**
 * Groups whose tasks do not need each other in a circle.
 * @module
 */
import type { RunStarted } from "../dag/engine/events.js";
import { groupEdges } from "./group-edges.js";

/** A function that is called in every turn of a long loop would become as many groups. */
const MOST_GROUPS = 200;

/**
 * A function that is used at two depths of a graph makes its group need itself through others, and such a
 * graph of groups has no first and no last. Where that is so the group is split at each gap between the
 * depths of its tasks; the parts keep its name.
 * @returns `started` with more groups; itself if its groups need each other in no circle, or if the parts
 *   would be more than 200 groups
 */
export function splitGroups(started: RunStarted): RunStarted {
  const circular = groupsInCircles(groupEdges(started));
  if (circular.size === 0) return started;
  const depth = depthsOf(started);
  const first = new Map<string, number>();
  const groups: string[] = [];
  const part = partsOf(started, circular, depth);
  const groupOf = Int32Array.from(started.groupOf, (group, task) => {
    const name = `${group} ${part[task]}`;
    const known = first.get(name);
    if (known !== undefined) return known;
    first.set(name, groups.length);
    return groups.push(started.groups[group]) - 1;
  });
  return groups.length > MOST_GROUPS ? started : { ...started, groups, groupOf };
}

/** Groups left when those that need nothing, and those that nothing needs, are taken away again and again. */
function groupsInCircles(edges: readonly (readonly (readonly [group: number, n: number])[])[]): Set<number> {
  const needs = edges.map((list) => new Set(list.map(([group]) => group)));
  const left = new Set(needs.keys());
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    const needed = new Set([...left].flatMap((group) => [...needs[group]]));
    for (const group of [...left]) {
      const hasNeeds = [...needs[group]].some((other) => left.has(other));
      if (!hasNeeds || !needed.has(group)) left.delete(group);
    }
  }
  return left;
}

/** Longest way from a task that needs nothing. */
function depthsOf({ groupOf, dependencyStart, dependencies }: RunStarted): Int32Array {
  const n = groupOf.length;
  const depth = new Int32Array(n).fill(-1);
  for (let root = 0; root < n; root++) {
    const path = [root];
    while (path.length > 0) {
      const task = path[path.length - 1];
      let deepest = -1;
      let isReady = true;
      for (let k = dependencyStart[task]; k < dependencyStart[task + 1]; k++) {
        const need = dependencies[k];
        if (depth[need] < 0) {
          path.push(need);
          isReady = false;
        } else if (depth[need] > deepest) deepest = depth[need];
      }
      if (!isReady) continue;
      depth[task] = deepest + 1;
      path.pop();
    }
  }
  return depth;
}

/** Which part of its group each task belongs to: parts are runs of depths without a gap. */
function partsOf({ groupOf }: RunStarted, circular: ReadonlySet<number>, depth: Int32Array): Int32Array {
  const depths = new Map<number, Set<number>>();
  for (const [task, group] of groupOf.entries()) {
    if (!circular.has(group)) continue;
    const known = depths.get(group) ?? new Set();
    depths.set(group, known.add(depth[task]));
  }
  const partAt = new Map<number, Map<number, number>>();
  for (const [group, known] of depths) {
    const parts = new Map<number, number>();
    let part = -1;
    let before = Number.NEGATIVE_INFINITY;
    for (const at of [...known].sort((a, b) => a - b)) {
      if (at > before + 1) part += 1;
      parts.set(at, part);
      before = at;
    }
    partAt.set(group, parts);
  }
  return Int32Array.from(groupOf, (group, task) => partAt.get(group)?.get(depth[task]) ?? 0);
}
