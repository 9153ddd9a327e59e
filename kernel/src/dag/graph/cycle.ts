/**
 * Search for a cycle among dependencies.
 * @module
 */
import { GraphError } from "../../errors.js";
import type { Graph } from "./graph.js";
import { formatKey } from "./key.js";
import type { Links } from "./links.js";

/** Longest cycle written out in full; a longer one shows its first and last keys. */
const LONGEST_PATH = 20;

/**
 * Does nothing for a graph without a cycle.
 * @param dependencies between the entries of `graph`
 * @throws {GraphError} with the path `a -> b -> c -> a` if `roots` need a cycle
 */
export function checkCycles(graph: Graph, dependencies: Links, roots: readonly number[]): void {
  const cycle = findCycle(dependencies, roots);
  if (cycle === undefined) return;
  const names = cycle.map((entry) => formatKey(graph.keyAt(entry)));
  const half = LONGEST_PATH / 2;
  const shown =
    names.length <= LONGEST_PATH
      ? names
      : [...names.slice(0, half), `… ${names.length - LONGEST_PATH} more …`, ...names.slice(-half)];
  throw new GraphError(
    `tasks need each other in a circle: ${[...shown, names[0]].join(" -> ")}. Remove one of these references.`,
    { cycle: cycle.map((entry) => graph.keyAt(entry)) },
  );
}

/**
 * Nodes of one cycle, each followed by one of its dependencies; undefined if there is none. Starts at the
 * cycle's lowest number.
 * @param roots where the search starts; only what these need is looked at
 */
function findCycle(dependencies: Links, roots: readonly number[]): readonly number[] | undefined {
  const { start, to } = dependencies;
  const next = start.slice(0, dependencies.size);
  const isOnPath = new Uint8Array(dependencies.size);
  const path: number[] = [];
  for (const root of roots) {
    if (next[root] !== start[root]) continue;
    path.push(root);
    while (path.length > 0) {
      const node = path.at(-1)!;
      isOnPath[node] = 1;
      if (next[node] === start[node + 1]) {
        isOnPath[node] = 0;
        path.pop();
        continue;
      }
      const dependency = to[next[node]++];
      if (isOnPath[dependency] === 1) return rotate(path.slice(path.indexOf(dependency)));
      if (next[dependency] === start[dependency]) path.push(dependency);
    }
  }
  return undefined;
}

function rotate(cycle: readonly number[]): readonly number[] {
  let first = 0;
  cycle.forEach((node, i) => {
    if (node < cycle[first]) first = i;
  });
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
