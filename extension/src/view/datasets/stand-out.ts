import type { Span } from "../lens.js";
import type { RunStore } from "../store/run-store.js";
import type { Scene } from "./row.js";

/** What is left of the opacity of all that does not stand out. */
export const PALE = 0.22;

/** True for a function that the reader points at, or as long as none is. */
export function isGroupMeant({ lens }: Scene, group: number): boolean {
  return lens?.groups === undefined || lens.groups.has(group);
}

/** True for a task that stands out in the graph: its function is meant, and it ran in the time that is marked. */
export function isTaskMeant(scene: Scene, task: number): boolean {
  const { store, lens } = scene;
  if (!isGroupMeant(scene, store.tasks.group[task]!)) return false;
  return lens?.brush === undefined || ranIn(store, task, lens.brush);
}

/** The same for a bucket, of whose tasks only the function is known. */
export function areBucketsMeant(scene: Scene, group: number): boolean {
  const { store, lens } = scene;
  if (!isGroupMeant(scene, group)) return false;
  return lens?.brush === undefined || !store.sums || groupRanIn(store, group, lens.brush);
}

function ranIn({ tasks }: RunStore, task: number, [from, to]: Span): boolean {
  const [start, end] = [tasks.start[task]!, tasks.end[task]!];
  return start >= 0 && start <= to && (end < 0 || end >= from);
}

function groupRanIn({ sums }: RunStore, group: number, [from, to]: Span): boolean {
  if (!sums) return true;
  const { lanes, slices, sliceMs } = sums.stream;
  for (let slice = Math.floor(from / sliceMs); slice <= Math.min(slices - 1, Math.floor(to / sliceMs)); slice++) {
    for (let lane = 0; lane < lanes; lane++) if (sums.stream.at(lane, slice)[group]! > 0) return true;
  }
  return false;
}
