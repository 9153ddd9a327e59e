/**
 * One run while it goes: scheduler, values and events of one graph. It knows no threads; the dispatcher
 * asks it for batches and tells it what became of them.
 * @module
 */
import type { PackedGraph } from "../graph/packed.js";
import { Admission } from "./admission.js";
import type { BatchReply, OutputMessage } from "./batch.js";
import { BatchWriter, type WrittenBatch } from "./batch-writer.js";
import type { TakenTasks } from "./branch.js";
import { now } from "./clock.js";
import { type Death, Deaths, neverBegan } from "./deaths.js";
import type { OutcomeSettler } from "./deferred-outcome.js";
import { type EncodedRequest, startOf } from "./encoded-request.js";
import type { RunRequest } from "./engine.js";
import { errorData } from "./error-data.js";
import { type RunEnded, State, type StateCode } from "./events.js";
import { type FailedTask, failedCall } from "./failed-call.js";
import type { FunctionSlots } from "./function-slots.js";
import { HeldResults } from "./held-results.js";
import { KeptInputs } from "./kept-inputs.js";
import type { KeptResults, KeptValue } from "./kept-results.js";
import { type NextTasks, nextTasks } from "./next-tasks.js";
import { outcomeOf } from "./outcome-of.js";
import { Pace } from "./pace.js";
import { unpackValues } from "./packed-values.js";
import { Recorder } from "./recorder.js";
import { ReportQueue } from "./report-queue.js";
import { reportOf } from "./reported-results.js";
import { RunAccount } from "./run-account.js";
import { cancelledError, taskError } from "./run-errors.js";
import { Scheduler } from "./scheduler.js";
import { adoptBlocks, type Encoded, releaseEncoded } from "./value.js";

/** so many small results may wait for their branch while others begin */
const fewResults = 8;

export class ActiveRun {
  readonly id: string;
  /** how many workers it may use */
  readonly workers: number;
  readonly recorder: Recorder;
  /** undefined if nobody asked for them */
  readonly reports: ReportQueue | undefined;
  protected readonly settler: OutcomeSettler;
  private readonly request: RunRequest;
  protected readonly graph: PackedGraph;
  private readonly literals: readonly Encoded[];
  protected readonly keptResults: KeptResults;
  private readonly startedAt = now();
  protected readonly scheduler: Scheduler;
  private readonly pace: Pace;
  private readonly writer: BatchWriter | undefined;
  private readonly deaths = new Deaths();
  protected readonly held: HeldResults;
  private readonly keptInputs: KeptInputs;
  private readonly admission: Admission;
  protected ending: Exclude<RunEnded["state"], "finished"> | undefined;
  protected hasEnded = false;
  private isLoading = false;

  constructor(encoded: EncodedRequest, workers: number, keptResults: KeptResults, settler: OutcomeSettler) {
    const { id, request, literals } = encoded;
    const { graph } = request;
    this.id = id;
    this.request = request;
    this.graph = graph;
    this.workers = workers;
    this.literals = literals;
    this.keptResults = keptResults;
    this.recorder = new Recorder(startOf(encoded, workers), request.progress);
    this.reports = request.options.report ? new ReportQueue() : undefined;
    this.settler = settler;
    this.pace = new Pace(graph);
    const account = new RunAccount(keptResults.memory, this.recorder, request.options.memoryLimit);
    this.held = new HeldResults(graph.size, account, keptResults.memory);
    this.scheduler = this.newScheduler(request.options.retries ?? 0);
    let kept: readonly KeptValue[] = [];
    let failure: unknown;
    try {
      kept = keptResults.use(graph.kept);
      this.writer = new BatchWriter(graph, { results: this.held.values, literals, kept });
    } catch (error) {
      failure = error;
    }
    this.keptInputs = new KeptInputs(graph, kept);
    const { scheduler, pace, held, keptInputs } = this;
    const onError = (error: Error, task?: number) => this.fail(error, task);
    const time = () => this.time;
    const {
      title,
      options: { keep: isKeeping = false },
    } = request;
    const parts = { graph, pace, scheduler, held, kept: keptInputs, account, workers, isKeeping, time, onError, title };
    this.admission = new Admission(parts);
    if (this.writer === undefined) this.end("erred", failure as Error);
  }

  get readyCount(): number {
    return this.scheduler.readyCount;
  }

  /** Highest user priority among the tasks that could run now. */
  get topPriority(): number {
    return this.scheduler.topPriority;
  }

  /** True if `take` gives the worker tasks: some are ready and there is memory for the next one. */
  hasWork(worker: number): boolean {
    return this.admission.isOpen(worker);
  }

  /** True after a failure or a cancel: what workers have not begun should be taken back. */
  get isStopped(): boolean {
    return this.scheduler.isStopped;
  }

  /** True if its tasks live for themselves (`RunOptions.independent`). */
  get isIndependent(): boolean {
    return false;
  }

  get isOver(): boolean {
    return this.hasEnded;
  }

  /** Key of a task, for people. */
  keyOf(task: number): string {
    return this.graph.keys[task];
  }

  /** Milliseconds since the run started. */
  get time(): number {
    return now() - this.startedAt;
  }

  /** The next tasks for worker number `worker` of `workers`. */
  take(workers: number, worker = 0): NextTasks {
    const budget = this.pace.batch(Math.ceil(this.readyCount / (2 * workers)));
    const taken = this.scheduler.take(this.admission.batch(budget), worker);
    const isLight = this.scheduler.openCount <= fewResults && taken.tasks.every((task) => this.pace.isLight(task));
    return nextTasks(taken, this.pace, isLight);
  }

  /** The message for tasks that were taken. */
  write(taken: TakenTasks, slots: FunctionSlots): WrittenBatch {
    if (this.writer === undefined) throw new TypeError("a run that did not start has no batches");
    const wanted = this.reports === undefined ? taken : { ...taken, isReturned: taken.tasks.map(() => true) };
    return this.writer.write(wanted, (index) => slots.slotOf(this.graph.functions[index]));
  }

  /** A worker is at work on a task. */
  begun(task: number, since: number, fraction: number, worker: number): void {
    this.scheduler.started(task, since - this.startedAt, worker);
    if (fraction >= 0) this.recorder.progressed(task, fraction);
  }

  /** A worker has answered: the first `reply.count` of `tasks` ran. */
  replied(tasks: readonly number[], reply: BatchReply, worker: number): void {
    const values = unpackValues(reply.values);
    if (!reply.isAdopted) adoptBlocks(values);
    const returned = Array.from(reply.returned, (position) => tasks[position]);
    this.reports?.push(reportOf(returned, values));
    for (const [i, task] of returned.entries()) this.hold(task, values[i]);
    const { failure } = reply;
    const isAgain = failure !== undefined && this.admission.mayFitAlone(tasks[reply.count - 1], failure.error);
    const count = isAgain ? reply.count - 1 : reply.count;
    for (let i = 0; i < count; i++) {
      const start = reply.times[2 * i] - this.startedAt;
      const end = reply.times[2 * i + 1] - this.startedAt;
      this.scheduler.started(tasks[i], start, worker);
      if (failure !== undefined && i === reply.count - 1) {
        const failed = failedCall(this.graph, tasks[i], failure);
        this.failed(tasks[i], failed, () => taskError(failed), end, worker);
      } else {
        this.scheduler.finished(tasks[i], end, worker);
        this.pace.observe(tasks[i], end - start);
      }
    }
    this.giveBack(tasks.slice(count));
  }

  /** A worker ended while it ran the task. */
  died(task: number, death: Death): void {
    const error = this.deaths.add(task, this.graph.keys[task], death);
    if (error === undefined) this.giveBack([task]);
    else this.giveUp(task, error, death.worker);
  }

  /** No worker can begin the task. */
  neverBegan(task: number, reason: string): void {
    this.giveUp(task, neverBegan(this.graph.keys[task], reason), -1);
  }

  /** Tasks that did not run go back to where they came from. */
  giveBack(tasks: readonly number[]): void {
    const { time } = this;
    for (const task of tasks) this.scheduler.giveBack(task, time);
    this.endIfDone();
  }

  printed(task: number, { name, text }: OutputMessage): void {
    this.recorder.printed(task, name, text);
  }

  cancel(reason: string | undefined): void {
    if (this.hasEnded) return;
    this.ending ??= "cancelled";
    this.settler.fail(cancelledError(this.request.title, reason));
    this.scheduler.stop(this.time);
    this.endIfDone();
  }

  /** Ends a run whose tasks are all done; also one without tasks. */
  endIfDone(): void {
    if (this.hasEnded || !this.scheduler.isDone) return;
    if (this.ending !== undefined) this.end(this.ending);
    else this.finish();
  }

  protected newScheduler(retries: number): Scheduler {
    const { policy = "combined" } = this.request.options;
    const sizeOf = (task: number) => this.graph.memory?.[task] || this.pace.bytesOf(task);
    return new Scheduler(this.graph, retries, this.changed.bind(this), 0, { policy, sizeOf });
  }

  /** The task has failed for good. */
  protected fell(task: number, failed: FailedTask, error: Error): void {
    this.recorder.erred(task, failed, this.time);
    this.ending ??= "erred";
    this.settler.fail(error);
  }

  private failed(task: number, failed: FailedTask, error: () => Error, time: number, worker: number): void {
    if (!this.scheduler.failed(task, time, worker)) this.fell(task, failed, error());
  }

  protected giveUp(task: number, error: Error, worker: number): void {
    if (this.scheduler.gaveUp(task, this.time, worker)) {
      this.fell(task, { key: this.graph.keys[task], error: errorData(error) }, error);
    }
    this.endIfDone();
  }

  protected changed(task: number, state: StateCode, time: number, worker: number): void {
    this.recorder.changed(task, state, time, worker);
    if (state === State.released) this.held.drop(task);
  }

  protected hold(task: number, value: Encoded): void {
    const bytes = this.held.hold(task, value);
    this.pace.observeBytes(task, bytes);
    this.recorder.sized(task, bytes);
  }

  protected finish(): void {
    const { keep } = this.request.options;
    if (!keep && !this.isLoaded(this.graph.outputs)) return;
    this.settler.succeed(outcomeOf(this.graph, this.held, keep ? this.keptResults : undefined));
    this.end("finished");
  }

  /** True if results are in memory; else they are brought there, and the run ends later. */
  private isLoaded(tasks: Int32Array): boolean {
    if (this.isLoading) return false;
    const loaded = this.admission.loadAll(tasks);
    if (loaded === undefined) return true;
    this.isLoading = true;
    loaded
      .catch((error: Error) => this.fail(error))
      .finally(() => {
        this.isLoading = false;
        this.endIfDone();
      });
    return false;
  }

  /** The run cannot go on, whatever its tasks do. */
  protected fail(error: Error, _task?: number): void {
    if (this.hasEnded) return;
    this.ending ??= "erred";
    this.settler.fail(error);
    this.scheduler.stop(this.time);
    this.keptResults.memory.wake();
  }

  protected end(state: RunEnded["state"], error?: Error): void {
    this.hasEnded = true;
    if (error !== undefined) this.settler.fail(error);
    const { time } = this;
    if (state !== "finished") {
      this.scheduler.stop(time);
      this.scheduler.releaseAll(time);
    }
    for (const literal of this.literals) releaseEncoded(literal);
    this.admission.end();
    this.keptInputs.leave(this.keptResults.memory);
    if (this.writer !== undefined) this.keptResults.leave(this.graph.kept);
    this.reports?.close();
    this.recorder.end(state, time);
  }
}
