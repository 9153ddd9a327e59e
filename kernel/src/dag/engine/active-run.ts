/**
 * One run while it goes: scheduler, values and events of one graph. It knows no threads; the dispatcher
 * asks it for batches and tells it what became of them.
 * @module
 */
import type { PackedGraph } from "../graph/packed.js";
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
import type { KeptResults } from "./kept-results.js";
import { messageMs, Pace } from "./pace.js";
import { unpackValues } from "./packed-values.js";
import { Recorder } from "./recorder.js";
import { cancelledError, taskError, workerError } from "./run-errors.js";
import { Scheduler } from "./scheduler.js";
import { adoptBlocks, type Encoded, nbytes, releaseEncoded } from "./value.js";

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
  private readonly results: Encoded[];
  private readonly isResultHeld: Uint8Array;
  private ending: Exclude<RunEnded["state"], "finished"> | undefined;
  private hasEnded = false;

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
    this.results = new Array(graph.size);
    this.isResultHeld = new Uint8Array(graph.size);
    this.scheduler = new Scheduler(graph, request.options.retries ?? 0, (...change) => this.changed(...change), 0);
    try {
      const kept = keptResults.use(graph.kept);
      this.writer = new BatchWriter(graph, { results: this.results, literals, kept });
    } catch (error) {
      this.end("erred", error as Error);
    }
  }

  get readyCount(): number {
    return this.scheduler.readyCount;
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
    const taken = this.scheduler.take(budget);
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
    if (!reply.isAdopted) adoptBlocks(values);
    for (let i = 0; i < reply.returned.length; i++) this.hold(tasks[reply.returned[i]], values[i]);
    for (let i = 0; i < reply.count; i++) {
      const start = reply.times[2 * i] - this.startedAt;
      const end = reply.times[2 * i + 1] - this.startedAt;
      this.scheduler.started(tasks[i], start, worker);
      if (reply.failure !== undefined && i === reply.count - 1) {
        const failed = failedCall(this.graph, tasks[i], reply.failure);
        this.failed(tasks[i], failed, () => taskError(failed), end, worker);
      } else {
        this.scheduler.finished(tasks[i], end, worker);
        this.pace.observe(tasks[i], end - start);
      }
    }
    this.giveBack(tasks.slice(reply.count));
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
    if (state === State.released) this.drop(task);
  }

  private hold(task: number, value: Encoded): void {
    this.results[task] = value;
    this.isResultHeld[task] = 1;
    const bytes = nbytes(value);
    this.pace.observeBytes(task, bytes);
    this.recorder.held(bytes);
  }

  /** Takes a result out; whoever gets it owns its blocks. */
  private takeOut(task: number): Encoded {
    const value = this.results[task];
    this.results[task] = undefined;
    this.isResultHeld[task] = 0;
    this.recorder.held(-nbytes(value));
    return value;
  }

  private drop(task: number): void {
    if (this.isResultHeld[task] === 1) releaseEncoded(this.takeOut(task));
  }

  private finish(): void {
    const { outputs, size } = this.graph;
    const placeOf = new Int32Array(size).fill(-1);
    const values: Encoded[] = [];
    for (const task of outputs) {
      if (placeOf[task] < 0) placeOf[task] = values.push(this.takeOut(task)) - 1;
    }
    const places = Array.from(outputs, (task) => placeOf[task]);
    if (this.request.options.keep) {
      const kept = values.map((value) => this.keptResults.keep(value));
      this.settler.succeed({ kept: places.map((place) => kept[place]) });
    } else this.settler.succeed({ values, places });
    this.end("finished");
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
    if (this.writer !== undefined) this.keptResults.leave(this.graph.kept);
    this.recorder.end(state, time);
  }
}

function startOf(id: string, { graph, title, cell }: RunRequest, workers: number) {
  const { keys, groups, groupOf, dependencyStart, dependencies } = graph;
  const columns = { keys, groups, groupOf, dependencyStart, dependencies };
  return { type: "start", run: id, time: Date.now(), title, cell, workers, ...columns } as const;
}
