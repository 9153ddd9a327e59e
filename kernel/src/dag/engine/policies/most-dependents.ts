/**
 * The task upon which most data depends.
 * @module
 */
import { countDependents } from "./count-dependents.js";
import type { Policy, PolicyContext } from "./policy.js";
import { type Entry, isBetter, RankedTasks } from "./ranked-tasks.js";

/**
 * The task that most results need, directly or through others, runs first; between equals, the static order. The
 * counts are those of `countDependents`: exact, or for large graphs an upper bound.
 *
 * A batch takes a task that it makes ready only if that is not worse than every task which is ready now.
 */
export class MostDependents implements Policy {
  readonly ready: RankedTasks;
  readonly reachable: RankedTasks;
  readonly isBestFirst = false;
  readonly finishesBranches = true;

  constructor({ graph, dependents, levels }: PolicyContext) {
    const { size, dependencyStart, dependencies } = graph;
    const counts = countDependents({ size, start: dependencyStart, to: dependencies }, dependents);
    const entryOf = (task: number): Entry => {
      return { task, level: levels.levelOf(task), rank: counts[task], tie: graph.priority[task] };
    };
    this.ready = new RankedTasks(entryOf);
    this.reachable = new RankedTasks(entryOf);
  }

  goesOn(): boolean {
    return isBetter(this.reachable.best, this.ready.best);
  }
}
