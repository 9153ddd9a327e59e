/**
 * Runs on the thread of the engine: those whose tasks take less than the messages to a worker and back.
 * @module
 */
import type { ActiveRun } from "./active-run.js";
import type { RunControl } from "./run-control.js";
import { SyncRun } from "./sync-run.js";

export class InlineRuns {
  private readonly runs = new Map<ActiveRun, SyncRun>();

  /** How many go on. */
  get size(): number {
    let count = 0;
    // One that is over is forgotten a little later than its caller has the results.
    for (const run of this.runs.keys()) if (!run.isOver) count += 1;
    return count;
  }

  /** @param run its tasks call functions of this package only */
  start(run: ActiveRun): RunControl {
    const inline = new SyncRun(run, true);
    this.runs.set(run, inline);
    void inline.start().finally(() => this.runs.delete(run));
    // Whoever may stop a run does not keep it once it is over.
    const weak = new WeakRef(inline);
    return {
      cancel: (reason) => weak.deref()?.cancel(reason),
      cancelTasks: (tasks) => weak.deref()?.cancelTasks(tasks),
      pause: () => weak.deref()?.pause(),
      resume: () => weak.deref()?.resume(),
    };
  }

  cancelAll(reason: string): void {
    for (const run of this.runs.values()) run.cancel(reason);
  }
}
