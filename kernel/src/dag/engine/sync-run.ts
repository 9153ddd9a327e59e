/**
 * One run in the thread of its caller, task after task.
 * @module
 */
import { setImmediate as turn } from "node:timers/promises";
import { arena } from "../memory/arena.js";
import type { ActiveRun } from "./active-run.js";
import type { BatchReply } from "./batch.js";
import { now } from "./clock.js";
import type { StreamName } from "./events.js";
import { FunctionSlots } from "./function-slots.js";
import { IndependentRun } from "./independent-run.js";
import { OwnFunctions } from "./own-functions.js";
import { unpackValues } from "./packed-values.js";
import { SyncBatchRun } from "./sync-batch-run.js";
import { hearOutput, type SyncTask } from "./sync-context.js";
import { taskCancelled } from "./task-signal.js";
import { blocksOf } from "./value.js";
import { WorkerControl } from "./worker-control.js";

/** milliseconds that other code of the thread waits at most for its turn between tasks, and between deliveries of events */
const TURN_MS = 20;
/** the caller's thread, as a worker of the run */
const WORKER = 0;

export class SyncRun implements SyncTask {
  private readonly run: ActiveRun;
  private readonly isSilent: boolean;
  private readonly control = new WorkerControl();
  private readonly slots = new FunctionSlots();
  private readonly functions = new OwnFunctions();
  private controller = new AbortController();
  /** of the task that `controller` is for */
  private signalled = 0;
  /** those of the batch at hand */
  private tasks: readonly number[] = [];
  /** of the first of them */
  private ticket = 1;
  private turnAt = 0;
  private timer: NodeJS.Timeout | undefined;
  /** ends the wait of a paused run; undefined while it is not paused */
  private unpause: (() => void) | undefined;
  private whenUnpaused: Promise<void> | undefined;

  /**
   * @param isSilent the tasks neither print nor ask for their signal: then nothing listens for it, which would slow down
   * every promise of the thread from then on (`AsyncLocalStorage`)
   */
  constructor(run: ActiveRun, isSilent = false) {
    this.run = run;
    this.isSilent = isSilent;
  }

  /** That of the task at hand: aborted when the task, or the run, is cancelled. */
  get signal(): AbortSignal {
    const { ticket } = this.control;
    if (ticket !== this.signalled) this.controller = new AbortController();
    this.signalled = ticket;
    return this.controller.signal;
  }

  /** Runs all tasks. The first one begins after the code that asked for it has had its turn. */
  async start(): Promise<void> {
    const stopHearing = this.isSilent ? undefined : hearOutput();
    this.timer = setInterval(() => this.tell(), TURN_MS);
    try {
      await this.takeTurn();
      this.run.endIfDone();
      while (!this.run.isOver) {
        await this.whenUnpaused;
        if (!this.run.isOver) await this.runBatch();
        if (!this.run.isOver && now() - this.turnAt > TURN_MS) await this.takeTurn();
      }
    } finally {
      clearInterval(this.timer);
      stopHearing?.();
    }
  }

  /** Nothing new starts; the task at hand hears of it by its signal. */
  cancel(reason: string | undefined): void {
    this.run.cancel(reason);
    // A task that awaits what never comes is not to keep the process alive.
    this.timer?.unref();
    this.recall();
    this.abort();
    this.unpause?.();
  }

  /** No task begins until `resume`; the one at hand goes on. */
  pause(): void {
    if (this.run.isOver || this.unpause !== undefined) return;
    this.whenUnpaused = new Promise((resolve) => {
      this.unpause = resolve;
    });
    this.recall();
    this.run.recorder.paused(true, this.run.time);
  }

  resume(): void {
    if (this.unpause === undefined) return;
    this.unpause();
    this.unpause = undefined;
    if (!this.run.isOver) this.run.recorder.paused(false, this.run.time);
  }

  /** Of a run of independent tasks: these never start; the one at hand hears of it, and its result is dropped. */
  cancelTasks(tasks: readonly number[]): void {
    const busy = this.run instanceof IndependentRun ? this.run.cancelTasks(tasks) : [];
    if (busy.length === 0) return;
    this.recall();
    if (busy.includes(this.tasks[(this.control.ticket - this.ticket) | 0])) this.abort();
  }

  progress(fraction: number): void {
    this.control.progress(fraction);
  }

  printed(name: StreamName, text: string): void {
    const { ticket } = this.control;
    const task = this.tasks[(ticket - this.ticket) | 0];
    if (task !== undefined && !this.run.isOver) this.run.printed(task, { ticket, name, text });
  }

  /** What of the batch at hand has not begun does not begin. */
  private recall(): void {
    this.control.recall((this.ticket + this.tasks.length) | 0);
  }

  private abort(): void {
    void this.signal;
    this.controller.abort(taskCancelled());
  }

  private async runBatch(): Promise<void> {
    const { run } = this;
    if (!run.hasWork(WORKER)) {
      await this.takeTurn();
      // What was waited for may have been the last: the disk failed, or what it brought is not wanted any more.
      run.endIfDone();
      return;
    }
    const taken = run.take(1);
    const { tasks } = taken;
    this.tasks = tasks;
    const written = run.write(taken, this.slots);
    const functions = this.slots.takeDeliveries();
    await this.functions.load(functions);
    const message = { ticket: this.ticket, count: tasks.length, ...written, functions };
    const batch = new SyncBatchRun(message, this.control, this.functions, this.isSilent ? undefined : this);
    const reply = await batch.run();
    retainLent(batch, reply);
    this.ticket = (this.ticket + tasks.length) | 0;
    this.tasks = [];
    run.replied(tasks, { ...reply, isAdopted: true }, WORKER);
  }

  private async takeTurn(): Promise<void> {
    this.run.recorder.flush(this.run.time);
    await turn();
    this.turnAt = now();
  }

  /** What a task does that awaits something. */
  private tell(): void {
    const { run } = this;
    if (run.isOver) return;
    const begun = this.control.begun();
    const task = begun && this.tasks[(begun.ticket - this.ticket) | 0];
    if (begun !== undefined && task !== undefined) run.begun(task, begun.since, begun.fraction, WORKER);
    run.recorder.flush(run.time);
  }
}

/** The blocks that the batch made come with their references; those that it was lent get theirs here. */
function retainLent(batch: SyncBatchRun, { values }: BatchReply): void {
  for (const block of unpackValues(values).flatMap(blocksOf)) if (!batch.isOwn(block)) arena().retain(block);
}
