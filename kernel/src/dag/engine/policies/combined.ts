/**
 * The default policy.
 * @module
 */
import { OrderedTasks } from "./ordered-tasks.js";
import type { Policy, PolicyContext } from "./policy.js";

/**
 * The static order, which weighs all the others for the whole graph: it finishes the branch at hand, near its data, and
 * lets memory go before it takes more. Of the tasks that are ready, a worker always gets the first in that order.
 *
 * Dask's local scheduler takes the order only between tasks that get ready together, and the newest of those first
 * (dask/local.py). On the graphs of its own tests that holds more results: one that waited behind newer ones is not
 * gone back to.
 */
export class Combined implements Policy {
  readonly ready: OrderedTasks;
  readonly reachable: OrderedTasks;
  readonly isBestFirst = true;
  readonly finishesBranches = true;

  constructor(context: PolicyContext) {
    this.ready = new OrderedTasks(context);
    this.reachable = new OrderedTasks(context);
  }

  goesOn(): boolean {
    return this.reachable.best < this.ready.best;
  }
}
