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
import type { OutcomeSettler } from "./deferred-outcome.js";
import type { RunRequest } from "./engine.js";
import { errorData } from "./error-data.js";
import { type RunEnded, State, type StateCode } from "./events.js";
import { type FailedTask, failedCall } from "./failed-call.js";
import type { FunctionSlots } from "./function-slots.js";
import { HeldResults } from "./held-results.js";
import { KeptInputs } from "./kept-inputs.js";
import type { KeptResults, KeptValue } from "./kept-results.js";
import { outcomeOf } from "./outcome-of.js";
import { messageMs, Pace } from "./pace.js";
import { unpackValues } from "./packed-values.js";
import { Recorder } from "./recorder.js";
import { RunAccount } from "./run-account.js";
import { cancelledError, taskError, workerError } from "./run-errors.js";
import { Scheduler } from "./scheduler.js";
import { adoptBlocks, type Encoded, releaseEncoded } from "./value.js";

/** A request whose literals are encoded; `request.graph.literals` is not read. */
export interface EncodedRequest {
  readonly id: string;
  readonly request: RunRequest;
  readonly literals: readonly Encoded[];
}

export interface NextTasks extends TakenTasks {
  /** milliseconds they will take; undefined if nobody can know */
  readonly estimate: number | undefined;
  /** the worker should wait for what comes of them */
  readonly isContinued: boolean;
  /** so should the others: it comes sooner than a message */
  readonly isSoonOver: boolean;
}

/** so many small results may wait for their branch while others begin */
const fewResults = 8;

export class ActiveRun {
  readonly id: string;
  /** how many workers it may use */
  readonly workers: number;
  readonly recorder: Recorder;
  private readonly settler: OutcomeSettler;
  private readonly request: RunRequest;
  private readonly graph: PackedGraph;
  private readonly literals: readonly Encoded[];
  private readonly keptResults: KeptResults;
  private readonly startedAt = now();
  private readonly scheduler: Scheduler;
  private readonly pace: Pace;
  private readonly writer: BatchWriter | undefined;
  private readonly held: HeldResults;
  private readonly keptInputs: KeptInputs;
  private readonly admission: Admission;
  private ending: Exclude<RunEnded["state"], "finished"> | undefined;
  private hasEnded = false;
  private isLoading = false;

  constructor(
    { id, request, literals }: EncodedRequest,
    workers: number,
    keptResults: KeptResults,
    settler: OutcomeSettler,
  ) {
    const { graph } = request;
    this.id = id;
    this.request = request;
    this.graph = graph;
    this.workers = workers;
    this.literals = literals;
    this.keptResults = keptResults;
    this.recorder = new Recorder(startOf(id, request, workers), request.progress);
    this.settler = settler;
    this.pace = new Pace(graph);
    const account = new RunAccount(keptResults.memory, this.recorder, request.options.memoryLimit);
    this.held = new HeldResults(graph.size, account, keptResults.memory);
    this.scheduler = new Scheduler(graph, request.options.retries ?? 0, (...change) => this.changed(...change), 0);
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
    const onError = (error: Error) => this.fail(error);
    const time = () => this.time;
    const isKeeping = request.options.keep ?? false;
    const parts = { graph, pace, scheduler, held, kept: keptInputs, account, workers, isKeeping, time, onError };
    this.admission = new Admission(parts);
    if (this.writer === undefined) this.end("erred", failure as Error);
  }

  get readyCount(): number {
    return this.scheduler.readyCount;
  }

  /** True if `take` gives tasks: some are ready and there is memory for the next one. */
  get hasWork(): boolean {
    return this.admission.isOpen;
  }

  /** True after a failure or a cancel: what workers have not begun should be taken back. */
  get isStopped(): boolean {
    return this.scheduler.isStopped;
  }

  get isOver(): boolean {
    return this.hasEnded;
  }

  /** Milliseconds since the run started. */
  get time(): number {
    return now() - this.startedAt;
  }

  /** The next tasks for one of `workers` workers. */
  take(workers: number): NextTasks {
    const budget = this.pace.batch(Math.ceil(this.readyCount / (2 * workers)));
    const taken = this.scheduler.take(this.admission.batch(budget));
    const { continuation } = taken;
    const { estimate } = budget;
    // Other branches may begin meanwhile if the results that lie about until this one goes on are few and small.
    const isLight = this.scheduler.openCount <= fewResults && taken.tasks.every((task) => this.pace.isLight(task));
    const isContinued = continuation === "ready" || (continuation === "soon" && !isLight);
    const isSoonOver = continuation !== "none" && estimate !== undefined && estimate <= messageMs;
    return { ...taken, isContinued, isSoonOver, estimate };
  }

  /** The message for tasks that were taken. */
  write(taken: TakenTasks, slots: FunctionSlots): WrittenBatch {
    if (this.writer === undefined) throw new TypeError("a run that did not start has no batches");
    return this.writer.write(taken, (index) => slots.slotOf(this.graph.functions[index]));
  }

  /** A worker is at work on a task. */
  begun(task: number, since: number, fraction: number, worker: number): void {
    this.scheduler.started(task, since - this.startedAt, worker);
    if (fraction >= 0) this.recorder.progressed(task, fraction);
  }

  /** A worker has answered: the first `reply.count` of `tasks` ran. */
  replied(tasks: readonly number[], reply: BatchReply, worker: number): void {
    const values = unpackValues(reply.values);
    adoptBlocks(values);
    for (let i = 0; i < reply.returned.length; i++) this.hold(tasks[reply.returned[i]], values[i]);
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

  /** A worker thread ended while it ran the task. */
  died(task: number, reason: string, worker: number): void {
    const key = this.graph.keys[task];
    const error = workerError(key, reason);
    this.failed(task, { key, error: errorData(error) }, () => error, this.time, worker);
    this.endIfDone();
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

  private failed(task: number, failed: FailedTask, error: () => Error, time: number, worker: number): void {
    if (this.scheduler.failed(task, time, worker)) return;
    this.recorder.erred(task, failed, this.time);
    this.ending ??= "erred";
    this.settler.fail(error());
  }

  private changed(task: number, state: StateCode, time: number, worker: number): void {
    this.recorder.changed(task, state, time, worker);
    if (state === State.released) this.held.drop(task);
  }

  private hold(task: number, value: Encoded): void {
    this.pace.observeBytes(task, this.held.hold(task, value));
  }

  private finish(): void {
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
  private fail(error: Error): void {
    if (this.hasEnded) return;
    this.ending ??= "erred";
    this.settler.fail(error);
    this.scheduler.stop(this.time);
    this.keptResults.memory.wake();
  }

  private end(state: RunEnded["state"], error?: Error): void {
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
    this.recorder.end(state, time);
  }
}

function startOf(id: string, { graph, title, cell }: RunRequest, workers: number) {
  const { keys, groups, groupOf, dependencyStart, dependencies } = graph;
  const columns = { keys, groups, groupOf, dependencyStart, dependencies };
  return { type: "start", run: id, time: Date.now(), title, cell, workers, ...columns } as const;
}
