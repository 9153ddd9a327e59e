/**
 * First in, first out.
 * @module
 */
import type { Policy, PolicyContext } from "./policy.js";
import { type Entry, RankedTasks } from "./ranked-tasks.js";

/**
 * What became ready first runs first: breadth first. A task that is given back or runs again keeps its place.
 *
 * A batch takes a task that is not ready yet only if none is and no other worker has tasks of the run: those might
 * make others ready before it. Batches on one worker therefore run in exactly the order of single tasks.
 */
export class Fifo implements Policy {
  readonly ready: RankedTasks;
  readonly reachable: RankedTasks;
  readonly isBestFirst = true;
  readonly finishesBranches = false;

  constructor({ graph, levels }: PolicyContext) {
    this.ready = new RankedTasks(arrivals(graph.size, (task) => levels.levelOf(task)));
    this.reachable = new RankedTasks(arrivals(graph.size, (task) => levels.levelOf(task)));
  }

  goesOn(_worker: number, isAlone: boolean): boolean {
    const reachable = this.reachable.best;
    const ready = this.ready.best;
    if (reachable === undefined) return false;
    return ready === undefined ? isAlone : reachable.level < ready.level;
  }
}

/** Entries with the number of their first arrival. */
function arrivals(size: number, levelOf: (task: number) => number): (task: number) => Entry {
  const first = new Int32Array(size);
  let count = 0;
  return (task) => {
    if (first[task] === 0) {
      count += 1;
      first[task] = count;
    }
    return { task, level: levelOf(task), rank: 0, tie: first[task] };
  };
}
