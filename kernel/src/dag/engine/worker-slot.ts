/**
 * The place of one worker: its batches in flight, and a new thread whenever the old one is gone.
 * @module
 */
import { arena } from "../memory/arena.js";
import type { ActiveRun } from "./active-run.js";
import type { BatchReply, OutputMessage } from "./batch.js";
import type { BatchWorker, MakeWorker } from "./batch-worker.js";
import { now } from "./clock.js";
import { messageOf } from "./error-data.js";
import { batchesPerWorker } from "./pool-worker.js";
import { isAfter } from "./worker-control.js";

/** A batch between the engine and its worker. */
interface InFlight {
  readonly run: ActiveRun;
  readonly tasks: readonly number[];
  /** ticket of the first task */
  readonly ticket: number;
  /** milliseconds it will take; undefined if nobody can know */
  readonly estimate: number | undefined;
  readonly isContinued: boolean;
  readonly isSoonOver: boolean;
  readonly sentAt: number;
  /** tasks that were not taken back: the first so many */
  count: number;
}

interface TaskInFlight {
  readonly batch: InFlight;
  readonly run: ActiveRun;
  readonly task: number;
}

/** a worker gets a batch ahead only if the one it has takes no longer than this: what waits behind a long task waits long */
const aheadMs = 6;
/** a batch that was not over so long after it should have been is not soon over */
const lateMs = 5;
/** a worker that dies so often before it begins a task will never begin one */
const maxFailedStarts = 3;
/** a worker with so many functions is replaced when it is idle: a long session ships a new one with every cell */
const maxFunctions = 5_000;

export class WorkerSlot {
  readonly index: number;
  private readonly onChange: () => void;
  private readonly othersRunning: () => readonly string[];
  private readonly makeWorker: MakeWorker;
  private worker: BatchWorker | undefined;
  private inFlight: InFlight[] = [];
  private ticket = 0;
  /** how many workers ended before they began a task, by the id of the run that had the task */
  private readonly failedStarts = new Map<string, number>();
  /** workers that are being ended */
  private readonly ends = new Set<Promise<void>>();

  /**
   * @param onChange called after a batch came back, in whatever way
   * @param othersRunning keys of what runs on other workers
   */
  constructor(index: number, makeWorker: MakeWorker, onChange: () => void, othersRunning: () => readonly string[]) {
    this.index = index;
    this.makeWorker = makeWorker;
    this.onChange = onChange;
    this.othersRunning = othersRunning;
  }

  /** Key of the task that the worker is at; undefined if it is at none. */
  get runningKey(): string | undefined {
    const running = this.running();
    return running?.run.keyOf(running.task);
  }

  get isIdle(): boolean {
    return this.inFlight.length === 0;
  }

  /**
   * True if the worker can have one batch more. After a batch that others continue it waits for those: a batch
   * ahead would begin new branches while results of the last one lie about.
   */
  get hasRoom(): boolean {
    if (this.isIdle) return true;
    const { estimate = aheadMs, isContinued } = this.inFlight[0];
    return this.inFlight.length < batchesPerWorker && estimate < aheadMs && !isContinued;
  }

  /** Gives the worker the next tasks of `run`. */
  send(run: ActiveRun, workers: number): void {
    if (this.isIdle && (this.worker?.isLost || (this.worker?.functions.size ?? 0) > maxFunctions)) {
      void this.endWorker();
    }
    this.worker ??= this.makeWorker((message) => this.printed(message));
    const { worker } = this;
    const { estimate, ...taken } = run.take(workers, this.index);
    const { tasks, isContinued, isSoonOver } = taken;
    const count = tasks.length;
    const ticket = (this.ticket + 1) | 0;
    this.ticket = (this.ticket + count) | 0;
    const batch: InFlight = { run, tasks, ticket, estimate, isContinued, isSoonOver, sentAt: now(), count };
    this.inFlight.push(batch);
    const written = run.write(taken, worker.functions);
    worker.run({ ticket, count, ...written, functions: worker.functions.takeDeliveries() }).then(
      (reply) => this.replied(worker, batch, reply),
      (error: unknown) => this.died(worker, messageOf(error)),
    );
  }

  /**
   * True if what the worker has of `run` will be over sooner than a message takes, and leads on; undefined if it has
   * nothing of it.
   */
  isSoonOver(run: ActiveRun): boolean | undefined {
    const batches = this.inFlight.filter((batch) => batch.run === run);
    if (batches.length === 0) return undefined;
    return batches.every((batch) => batch.isSoonOver && now() - batch.sentAt < lateMs);
  }

  /** Tells runs what the worker is doing. */
  poll(): void {
    const begun = this.worker?.begun();
    const at = this.taskAt(begun?.ticket);
    if (begun !== undefined && at !== undefined) at.run.begun(at.task, begun.since, begun.fraction, this.index);
  }

  /** Milliseconds since the running task began if others wait behind it; else 0. */
  blockedFor(time: number): number {
    const begun = this.worker?.begun();
    if (begun === undefined || this.batchOf(begun.ticket) === undefined) return 0;
    const isLast = !this.inFlight.some(({ ticket, count }) => isAfter((ticket + count - 1) | 0, begun.ticket));
    return isLast ? 0 : time - begun.since;
  }

  /** Takes back every task that the worker has not begun. */
  recall(): void {
    const { worker, ticket } = this;
    if (worker === undefined) return;
    const begun = worker.recall(ticket);
    if (typeof begun === "number") this.takeBack(begun, ticket);
    else {
      void begun.then((answer) => {
        if (worker !== this.worker) return;
        this.takeBack(answer, ticket);
        this.onChange();
      });
    }
  }

  /** Tells the task that the worker runs for `run`, if there is one, that it was cancelled. */
  abort(run: ActiveRun): void {
    const batches = this.inFlight.filter((batch) => batch.run === run);
    const [first] = batches;
    const last = batches.at(-1);
    if (first !== undefined && last !== undefined)
      this.worker?.abort(first.ticket, (last.ticket + last.tasks.length - 1) | 0);
  }

  /** Tells the task that the worker runs, if it is one of those, that it was cancelled. */
  abortTasks(run: ActiveRun, isMeant: (task: number) => boolean): void {
    for (const batch of this.inFlight) {
      if (batch.run !== run) continue;
      for (const [i, task] of batch.tasks.entries()) {
        const ticket = (batch.ticket + i) | 0;
        if (isMeant(task)) this.worker?.abort(ticket, ticket);
      }
    }
  }

  /** @param last ticket of the newest task that was taken back */
  private takeBack(begun: number, last: number): void {
    for (const batch of this.inFlight) {
      // Sent while the answer was on its way.
      if (isAfter(batch.ticket, last)) continue;
      const keeps = Math.min(batch.count, Math.max(0, (begun - batch.ticket + 1) | 0));
      const back = batch.tasks.slice(keeps, batch.count);
      batch.count = keeps;
      batch.run.giveBack(back);
    }
  }

  /** Ends the worker if it is still at work for `run`; a new one takes its place. */
  endIfBusyWith(run: ActiveRun): void {
    if (this.inFlight.some((batch) => batch.run === run && batch.count > 0)) void this.endWorker();
  }

  /** Ends the worker if the task that it is at is one of those; a new one takes its place. */
  endIfAt(run: ActiveRun, isMeant: (task: number) => boolean): void {
    const running = this.running();
    if (running?.run === run && isMeant(running.task)) void this.endWorker();
  }

  /** Ends the worker; all its tasks go back to their runs. Resolves when it is gone, and those before it. */
  async endWorker(): Promise<void> {
    if (this.worker !== undefined) this.end(this.worker);
    this.worker = undefined;
    this.giveAllBack(this.takeInFlight());
    await Promise.all(this.ends);
  }

  private end(worker: BatchWorker): void {
    const ended = worker.end().finally(() => this.ends.delete(ended));
    this.ends.add(ended);
  }

  private replied(worker: BatchWorker, batch: InFlight, reply: BatchReply): void {
    // Of a worker that was replaced: its blocks are freed when it has ended.
    if (worker !== this.worker) return;
    this.failedStarts.clear();
    this.inFlight.splice(this.inFlight.indexOf(batch), 1);
    batch.run.replied(batch.tasks.slice(0, batch.count), reply, this.index);
    this.onChange();
  }

  private died(worker: BatchWorker, reason: string): void {
    if (worker !== this.worker) return;
    const running = this.running();
    // One that ended between two tasks was no failed start.
    const hasBegun = (worker.begun()?.ticket ?? 0) !== 0;
    this.worker = undefined;
    const batches = this.takeInFlight();
    this.end(worker);
    if (running !== undefined) {
      const { run, task } = running;
      batches[batches.indexOf(running.batch)] = without(running.batch, task);
      const memory = worker.isOwnProcess ? undefined : { process: process.memoryUsage.rss(), arrays: arena().used };
      run.died(task, { reason, worker: this.index, memory, others: this.othersRunning() });
    } else if (!hasBegun) this.giveUpIfItNeverStarts(batches, reason);
    this.giveAllBack(batches);
  }

  private giveUpIfItNeverStarts(batches: InFlight[], reason: string): void {
    const index = batches.findIndex(({ count }) => count > 0);
    if (index < 0) return;
    const { run, tasks } = batches[index];
    // Each run for itself: whoever killed the workers of another one may leave those of this one alone.
    const count = (this.failedStarts.get(run.id) ?? 0) + 1;
    this.failedStarts.set(run.id, count);
    if (count < maxFailedStarts) return;
    batches[index] = without(batches[index], tasks[0]);
    run.neverBegan(tasks[0], reason);
  }

  /** The task that the worker has begun last, if it is one of a batch in flight. */
  private running(): TaskInFlight | undefined {
    return this.taskAt(this.worker?.begun()?.ticket);
  }

  private taskAt(ticket: number | undefined): TaskInFlight | undefined {
    const batch = ticket === undefined ? undefined : this.batchOf(ticket);
    if (ticket === undefined || batch === undefined) return undefined;
    return { batch, run: batch.run, task: batch.tasks[(ticket - batch.ticket) | 0] };
  }

  private batchOf(ticket: number): InFlight | undefined {
    return this.inFlight.find((batch) => {
      const position = (ticket - batch.ticket) | 0;
      return position >= 0 && position < batch.count;
    });
  }

  private takeInFlight(): InFlight[] {
    const taken = this.inFlight;
    this.inFlight = [];
    this.ticket = 0;
    return taken;
  }

  private giveAllBack(batches: readonly InFlight[]): void {
    for (const { run, tasks, count } of batches) run.giveBack(tasks.slice(0, count));
    if (batches.length > 0) this.onChange();
  }

  private printed(message: OutputMessage): void {
    const at = this.taskAt(message.ticket);
    at?.run.printed(at.task, message);
  }
}

/** The batch without a task that is settled. */
function without(batch: InFlight, task: number): InFlight {
  return { ...batch, tasks: batch.tasks.filter((other) => other !== task), count: batch.count - 1 };
}
