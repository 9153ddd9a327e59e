/**
 * Brings runs and workers together: hands out batches, watches what runs, ends workers that do not stop.
 * @module
 */
import type { ActiveRun } from "./active-run.js";
import type { MakeWorker } from "./batch-worker.js";
import { now } from "./clock.js";
import type { IndependentRun } from "./independent-run.js";
import { Turns } from "./turns.js";
import { WorkerSlot } from "./worker-slot.js";

/** between two looks at the workers, and between two deliveries of events */
const tickMs = 20;
/** a cancelled task may end by itself for so long; its run, which is not over, keeps the process alive, not the timer */
const graceMs = 500;
/** tasks are taken back from a worker whose task runs this long while another worker is idle */
const blockedMs = 5;

export class Dispatcher {
  private readonly slots: WorkerSlot[] = [];
  private readonly runs = new Set<ActiveRun>();
  private readonly turns = new Turns();
  private readonly recalled = new WeakSet<ActiveRun>();
  private readonly paused = new Set<ActiveRun>();
  private readonly makeWorker: MakeWorker;
  private timer: NodeJS.Timeout | undefined;

  constructor(makeWorker: MakeWorker) {
    this.makeWorker = makeWorker;
  }

  get load(): { readonly workers: number; readonly runs: number } {
    return { workers: this.slots.length, runs: this.runs.size };
  }

  add(run: ActiveRun): void {
    while (this.slots.length < run.workers) {
      const index = this.slots.length;
      this.slots.push(
        new WorkerSlot(
          index,
          this.makeWorker,
          () => this.changed(),
          () => this.runningBeside(index),
        ),
      );
    }
    this.runs.add(run);
    this.turns.joined(run);
    this.timer ??= setInterval(() => this.tick(), tickMs);
    run.endIfDone();
    this.changed();
  }

  /** Nothing new of the run starts; workers that are still busy with it after the grace are replaced. */
  cancel(run: ActiveRun, reason: string | undefined): void {
    run.cancel(reason);
    this.changed();
    if (run.isOver) return;
    for (const slot of this.slots) slot.abort(run);
    setTimeout(() => {
      for (const slot of this.slots) slot.endIfBusyWith(run);
    }, graceMs).unref();
  }

  /** These tasks never start; workers that are still at one of them after the grace are replaced. */
  cancelTasks(run: IndependentRun, tasks: readonly number[]): void {
    const busy = run.cancelTasks(tasks);
    if (busy.length > 0) {
      const isBusy = new Set(busy);
      for (const slot of this.slots) {
        slot.recall();
        slot.abortTasks(run, (task) => isBusy.has(task));
      }
      setTimeout(() => {
        for (const slot of this.slots) slot.endIfAt(run, (task) => isBusy.has(task));
      }, graceMs).unref();
    }
    this.changed();
  }

  /** No worker gets tasks of the run until `resumeRun`; those that no worker has begun are taken back. */
  pause(run: ActiveRun): void {
    if (run.isOver || this.paused.has(run)) return;
    this.paused.add(run);
    run.recorder.paused(true, run.time);
    for (const slot of this.slots) slot.recall();
    this.changed();
  }

  resumeRun(run: ActiveRun): void {
    if (!this.paused.delete(run) || run.isOver) return;
    run.recorder.paused(false, run.time);
    this.changed();
  }

  /** Cancels every run and ends every worker. */
  async close(): Promise<void> {
    for (const run of this.runs) run.cancel("the engine was closed");
    await Promise.all(this.slots.map((slot) => slot.endWorker()));
    this.changed();
  }

  private runningBeside(index: number): readonly string[] {
    return this.slots.flatMap((slot) => (slot.index === index ? [] : (slot.runningKey ?? [])));
  }

  /** Looks again at what may run: there is memory that was not. */
  resume(): void {
    for (const run of this.runs) run.endIfDone();
    this.changed();
  }

  private changed(): void {
    for (const run of this.runs) if (run.isStopped) this.recallOnce(run);
    for (const run of this.runs) if (run.isOver) this.forget(run);
    if (this.runs.size > 0) {
      this.handOut();
      return;
    }
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private forget(run: ActiveRun): void {
    this.runs.delete(run);
    this.paused.delete(run);
  }

  /** Tasks of a stopped run that no worker has begun are taken back, so that they never run. */
  private recallOnce(run: ActiveRun): void {
    if (this.recalled.has(run)) return;
    this.recalled.add(run);
    for (const slot of this.slots) slot.recall();
  }

  /** First every idle worker gets a batch, then those that may have one ahead. */
  private handOut(): void {
    for (const isIdle of [true, false]) {
      for (const slot of this.slots) {
        if (slot.isIdle !== isIdle || !slot.hasRoom) continue;
        const run = this.nextRun(slot.index);
        if (run !== undefined) slot.send(run, Math.min(run.workers, this.slots.length));
      }
    }
  }

  /** The run whose best task has the highest priority; those of one priority take turns. */
  private nextRun(worker: number): ActiveRun | undefined {
    let next: ActiveRun | undefined;
    for (const run of this.runs) {
      if (run.readyCount === 0 || worker >= run.workers || this.paused.has(run)) continue;
      if (next !== undefined && !this.turns.isBefore(run, next)) continue;
      // Last: a run without memory for its next task begins to make room for it.
      if (!this.goesOnSoon(run) && run.hasWork(worker)) next = run;
    }
    if (next !== undefined) this.turns.taken(next);
    return next;
  }

  /** True if waiting for what runs costs nothing: beginning another branch would leave more results lying about. */
  private goesOnSoon(run: ActiveRun): boolean {
    let isSoon = false;
    for (const slot of this.slots) {
      const isSoonOver = slot.isSoonOver(run);
      if (isSoonOver === false) return false;
      isSoon ||= isSoonOver === true;
    }
    return isSoon;
  }

  private tick(): void {
    for (const slot of this.slots) slot.poll();
    this.rebalance();
    for (const run of this.runs) run.recorder.flush(run.time);
  }

  /** A long task holds up those behind it in its batch: they go to workers that have nothing to do. */
  private rebalance(): void {
    if (!this.slots.some((slot) => slot.isIdle)) return;
    const time = now();
    for (const slot of this.slots) if (slot.blockedFor(time) > blockedMs) slot.recall();
    this.handOut();
  }
}
