import { acyclic } from "../layout/graph.js";
import { layersOf } from "../layout/layers.js";
import type { RunStore } from "../store/run-store.js";
import type { Plan } from "./plan.js";

const MOST_TASKS_IN_LINE = 5;
const MOST_PILLS = 60;
/** More pills than this below each other would be higher than a screen. */
const MOST_PILLS_IN_LAYER = 16;
export const MOST_TILES = 4_000;
/** A bucket is two marks, its ground and its level, so that fewer may be drawn. */
export const MOST_BUCKETS = 2_100;

/**
 * How much detail fits: a line up to 5 tasks, a pill per task up to 60, then a card per function with a
 * tile per task up to 4,000, beyond with a tile per several tasks. A graph that is only drawn
 * (`visualize`), or that the reader opened, shows its pills however small it is; a graph with more than
 * 16 tasks side by side has cards.
 */
export function levelOf(store: RunStore, isOpen: boolean): Plan["level"] {
  if (store.n > MOST_TILES) return "buckets";
  if (store.n > MOST_PILLS || !store.tasks.hasTasks || store.n === 0) return store.n === 0 ? "line" : "overview";
  if (store.n <= MOST_TASKS_IN_LINE && store.state !== "planned" && !isOpen) return "line";
  const perLayer = new Map<number, number>();
  for (const layer of layersOf(store.n, taskEdges(store))) perLayer.set(layer, (perLayer.get(layer) ?? 0) + 1);
  return Math.max(...perLayer.values()) > MOST_PILLS_IN_LAYER ? "overview" : "nodes";
}

/** Dependencies between tasks as edges. */
export function taskEdges(store: RunStore) {
  const { dependencyStart, dependencies } = store.tasks;
  const edges: { from: number; to: number }[] = [];
  for (let to = 0; to < store.n; to++) {
    for (let k = dependencyStart[to] ?? 0; k < (dependencyStart[to + 1] ?? 0); k++) {
      edges.push({ from: dependencies[k]!, to });
    }
  }
  return acyclic(store.n, edges);
}
