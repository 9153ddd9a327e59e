/**
 * A run of tasks that live for themselves (`RunOptions.independent`): each result that is asked for stays with the
 * engine and is told as soon as it is there, also that there will be none.
 * @module
 */
import { ActiveRun } from "./active-run.js";
import { errorData } from "./error-data.js";
import { State, type StateCode, type TasksSettled } from "./events.js";
import type { FailedTask } from "./failed-call.js";
import type { HeldResults } from "./held-results.js";
import { IndependentScheduler } from "./independent-scheduler.js";
import { kindOf } from "./kind-of.js";
import { type Encoded, releaseEncoded } from "./value.js";

export class IndependentRun extends ActiveRun {
  declare protected readonly scheduler: IndependentScheduler;
  /** tasks asked for that have not settled */
  private readonly open = new Set(this.graph.outputs);
  /** settled, but not told yet */
  private readonly finished: number[] = [];
  private readonly cancelled: number[] = [];
  private readonly erred: number[] = [];
  private hasErred = false;

  override get isIndependent(): boolean {
    return true;
  }

  /**
   * Cancels the tasks that have not ended, and those that need them.
   * @returns those that are with workers
   */
  cancelTasks(tasks: readonly number[]): readonly number[] {
    if (this.hasEnded) return [];
    this.scheduler.cancelTasks(tasks, this.time);
    this.endIfDone();
    return tasks.filter((task) => this.scheduler.isLost(task) && this.scheduler.isTaken(task));
  }

  override endIfDone(): void {
    this.tell();
    super.endIfDone();
  }

  protected override newScheduler(retries: number): IndependentScheduler {
    return new IndependentScheduler(this.graph, retries, this.changed.bind(this), 0);
  }

  protected override changed(task: number, state: StateCode, time: number, worker: number): void {
    super.changed(task, state, time, worker);
    // Before the fields of this class are there, tasks are only queued, or the run has ended with an error.
    if (this.hasEnded || state < State.memory || state === State.released || !this.open.delete(task)) return;
    if (state === State.memory) this.finished.push(task);
    else if (state === State.erred) this.erred.push(task);
    else this.cancelled.push(task);
  }

  protected override fell(task: number, failed: FailedTask, error: Error): void {
    this.recorder.erred(task, failed, this.time);
    this.hasErred = true;
    this.tellSettled("erred", this.erred, { error: errorData(error) });
  }

  protected override fail(error: Error, task?: number): void {
    if (task === undefined) super.fail(error);
    else this.giveUp(task, error, -1);
  }

  protected override hold(task: number, value: Encoded): void {
    if (this.scheduler.isLost(task)) releaseEncoded(value);
    else super.hold(task, value);
  }

  protected override finish(): void {
    this.settler.succeed({ kept: [] });
    this.end(this.hasErred ? "erred" : "finished");
  }

  private tell(): void {
    if (this.finished.length > 0) {
      const kinds = this.finished.map((task) => kindOf(this.held.values[task]));
      const kept = this.finished.map((task) => this.keptResults.keep(this.handOver(task), this.graph.keys[task]));
      this.tellSettled("finished", this.finished, { kept, kinds });
    }
    this.tellSettled("cancelled", this.cancelled, {});
  }

  private handOver(task: number): ReturnType<HeldResults["takeForKeeping"]> {
    if (this.scheduler.handOver(task).isNeeded) return this.held.shareForKeeping(task);
    return this.held.takeForKeeping(task);
  }

  private tellSettled(
    state: TasksSettled["state"],
    tasks: number[],
    told: Partial<Pick<TasksSettled, "kept" | "kinds" | "error">>,
  ): void {
    if (tasks.length === 0) return;
    this.recorder.log.push({ type: "settled", run: this.id, task: tasks.slice(), state, kept: [], kinds: [], ...told });
    tasks.length = 0;
  }
}
