/**
 * What runs next in a run of tasks that live for themselves, as futures do: one that fails or is cancelled takes with
 * it only those that need it, and those that nobody else needs.
 * @module
 */
import { State, type StateCode } from "./events.js";
import { Scheduler } from "./scheduler.js";

/** More inputs than a task can have. */
const NEVER = 2 ** 31 - 1;

export class IndependentScheduler extends Scheduler {
  /** inputs of lost tasks that are still with workers */
  private readonly lent = new Map<number, readonly number[]>();

  /** True if the task will have no result, whatever a worker still does for it. */
  isLost(task: number): boolean {
    return this.state[task] === State.erred || this.state[task] === State.cancelled;
  }

  /** Results that are asked for are with their owner: the run needs this one only as long as tasks of its own do. */
  handOver(task: number): { readonly isNeeded: boolean } {
    this.isOutput[task] = 0;
    this.uses[task] -= 1;
    return { isNeeded: this.uses[task] > 0 };
  }

  /** Cancels tasks that have not ended, and all that need them. What a worker has of them has to be taken back. */
  cancelTasks(tasks: readonly number[], time: number): void {
    this.lose(
      tasks.filter((task) => !this.hasEnded(task)),
      State.cancelled,
      time,
    );
  }

  override started(task: number, time: number, worker: number): void {
    if (!this.isLost(task)) super.started(task, time, worker);
  }

  override finished(task: number, time: number, worker: number): void {
    if (this.isLost(task)) this.leaveLost(task, time);
    else super.finished(task, time, worker);
  }

  override failed(task: number, time: number, worker: number): boolean {
    if (!this.isLost(task)) return super.failed(task, time, worker);
    this.leaveLost(task, time);
    return true;
  }

  override gaveUp(task: number, time: number, worker: number): boolean {
    if (!this.isLost(task)) return super.gaveUp(task, time, worker);
    this.leaveLost(task, time);
    return false;
  }

  override giveBack(task: number, time: number): void {
    if (this.isLost(task)) this.leaveLost(task, time);
    else super.giveBack(task, time);
  }

  override unpark(task: number, time: number): void {
    if (this.isLost(task)) this.leaveLost(task, time);
    else super.unpark(task, time);
  }

  protected override fell(task: number, time: number, worker: number): void {
    this.lose([task], State.erred, time, worker);
  }

  /** Each task once: those given, what needs them, and what only they needed. */
  private lose(tasks: readonly number[], state: StateCode, time: number, worker = -1): void {
    const stack = tasks.map((task) => ({ task, state, worker }));
    let wasQueued = false;
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { task, state, worker } = next;
      if (this.hasEnded(task)) continue;
      wasQueued ||= this.state[task] === State.queued;
      this.unfinished -= 1;
      this.change(task, state, time, worker);
      // Its inputs may finish all the same: that does not make it ready.
      this.waiting[task] = NEVER;
      this.forEachDependent(task, (dependent) => stack.push({ task: dependent, state, worker: -1 }));
      for (const unneeded of this.endUses(task, time)) {
        stack.push({ task: unneeded, state: State.cancelled, worker: -1 });
      }
    }
    if (wasQueued) this.withdraw();
  }

  /** @returns inputs that have not run and that nobody needs any more */
  private endUses(task: number, time: number): readonly number[] {
    const { dependencyStart, dependencies } = this.graph;
    const unneeded: number[] = [];
    for (const needed of dependencies.subarray(dependencyStart[task], dependencyStart[task + 1])) {
      if (this.state[needed] === State.memory) {
        if (this.taken[task] === 0) this.drop(needed, time);
        else this.lent.set(task, [...(this.lent.get(task) ?? []), needed]);
      } else {
        this.uses[needed] -= 1;
        if (this.uses[needed] === 0) unneeded.push(needed);
      }
    }
    return unneeded;
  }

  /** A worker is through with a task that was lost meanwhile: only now it reads its inputs no more. */
  private leaveLost(task: number, time: number): void {
    this.leave(task);
    for (const needed of this.lent.get(task) ?? []) this.drop(needed, time);
    this.lent.delete(task);
  }

  private hasEnded(task: number): boolean {
    return this.isLost(task) || this.state[task] === State.memory || this.state[task] === State.released;
  }
}
