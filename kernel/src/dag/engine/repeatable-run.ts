/**
 * A run that can be run again: if it is stopped, what it has done so far is kept for the next attempt.
 * @module
 */
import type { Kept } from "../graph/packed.js";
import type { Remains } from "../graph/remaining-graph.js";
import { ActiveRun } from "./active-run.js";
import { type RunEnded, State, type StateCode } from "./events.js";

export class RepeatableRun extends ActiveRun {
  private readonly isFinished = new Uint8Array(this.graph.size);
  /** Hears of the end, and of what is left if the run did not finish. */
  onEnd: ((remains: Remains | undefined) => void) | undefined;

  protected override changed(task: number, state: StateCode, time: number, worker: number): void {
    super.changed(task, state, time, worker);
    // Before the fields of this class are there, tasks are only queued.
    if (state === State.memory) this.isFinished[task] = 1;
  }

  protected override end(state: RunEnded["state"], error?: Error): void {
    // What is still held is what unfinished tasks need, and what was asked for.
    if (this.onEnd !== undefined) this.onEnd(state === "finished" ? undefined : this.remains());
    super.end(state, error);
  }

  private remains(): Remains {
    const { graph, held, keptResults, isFinished } = this;
    const kept = new Map<number, Kept>();
    for (let task = 0; task < graph.size; task++) {
      if (isFinished[task] === 1 && held.has(task)) {
        kept.set(task, keptResults.keep(held.takeForKeeping(task), graph.keys[task]));
      }
    }
    return { isFinished, kept };
  }
}
