/**
 * Whose turn it is among the runs.
 *
 * A run whose best task has a higher priority comes first. Of equal ones each gets a batch in turn; runs of independent
 * tasks (futures) have one turn together, and among themselves the first to come is served first.
 * @module
 */
import type { ActiveRun } from "./active-run.js";

export class Turns {
  /** number of the last turn; a run with a lower one comes first */
  private readonly turnOf = new WeakMap<ActiveRun, number>();
  private turnOfIndependent = 0;
  private last = 0;

  /** A run has come: it is the last of its priority; of independent tasks, the last of those. */
  joined(run: ActiveRun): void {
    this.last += 1;
    this.turnOf.set(run, this.last);
  }

  /** The run has got a batch. */
  taken(run: ActiveRun): void {
    this.last += 1;
    if (run.isIndependent) this.turnOfIndependent = this.last;
    else this.turnOf.set(run, this.last);
  }

  /** True if `run` goes before `other`, which came earlier. */
  isBefore(run: ActiveRun, other: ActiveRun): boolean {
    if (run.topPriority !== other.topPriority) return run.topPriority > other.topPriority;
    return this.turn(run) < this.turn(other);
  }

  private turn(run: ActiveRun): number {
    return run.isIndependent ? this.turnOfIndependent : (this.turnOf.get(run) ?? 0);
  }
}
