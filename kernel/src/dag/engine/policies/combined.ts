/**
 * The default policy.
 * @module
 */
import type { Policy, PolicyContext } from "./policy.js";
import { ReadyStack } from "./ready-stack.js";

/**
 * Last in, first out, as in Dask's local scheduler: a worker goes on with what its last task made ready, which is near
 * its data and lets memory go. Tasks that get ready together run in the static order, which knows the whole graph.
 * @see dask/local.py, dask/order.py
 */
export class Combined implements Policy {
  readonly ready: ReadyStack;
  readonly reachable: ReadyStack;
  readonly isBestFirst = false;
  readonly finishesBranches = true;

  constructor({ levels }: PolicyContext) {
    this.ready = new ReadyStack(levels.count, levels.levelOf);
    this.reachable = new ReadyStack(levels.count, levels.levelOf);
  }

  goesOn(): boolean {
    return this.reachable.topLevel <= this.ready.topLevel;
  }
}
