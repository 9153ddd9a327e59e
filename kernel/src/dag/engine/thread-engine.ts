/**
 * Runs graphs on the cores of this machine: worker threads that share memory, or child processes that do not.
 * @module
 */
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { ArgumentError, CancelledError } from "../../errors.js";
import { parseMemoryLimit } from "../../parse-bytes.js";
import type { Kept } from "../graph/packed.js";
import type { Holder } from "../memory/holders.js";
import { ActiveRun } from "./active-run.js";
import { deferredOutcome } from "./deferred-outcome.js";
import type { TaskDescription } from "./describe-task.js";
import { Dispatcher } from "./dispatcher.js";
import type { EncodedRequest } from "./encoded-request.js";
import type { Engine, Pool, RepeatKind, Run, RunRequest } from "./engine.js";
import { IndependentRun } from "./independent-run.js";
import { InlineRuns } from "./inline-runs.js";
import { KeptResults } from "./kept-results.js";
import { MemoryAccount } from "./memory-account.js";
import { PastRuns } from "./past-runs.js";
import { PoolWorker } from "./pool-worker.js";
import { ProcessWorker } from "./process-worker.js";
import { RepeatableRun } from "./repeatable-run.js";
import {
  decodedRun,
  decodeResults,
  type EncodedResults,
  type EncodedRun,
  encodeLiterals,
  releaseBlocks,
} from "./results.js";
import type { RunControl } from "./run-control.js";
import { newRunId } from "./run-id.js";
import { Trimmer } from "./trimmer.js";

export interface ThreadEngineOptions {
  /** worker threads of runs that do not say how many; default one per core */
  readonly workers?: number;
  /** workers of runs that do not say which; default threads */
  readonly pool?: Pool;
  /** what results of all runs together may take in memory: bytes, or a text such as "2 GB"; default: most of the arena */
  readonly memoryLimit?: number | string;
}

/**
 * Workers start when there is work for them, stay for later runs, and do not keep an idle process alive.
 * Everything happens on the thread that made the engine but the tasks themselves.
 */
export class ThreadEngine implements Engine {
  readonly name = `threads-${randomUUID().slice(0, 8)}`;
  private readonly workers: number;
  private readonly pool: Pool;
  private readonly dispatchers: Readonly<Record<Pool, Dispatcher>> = {
    threads: new Dispatcher((onOutput) => new PoolWorker(onOutput)),
    processes: new Dispatcher((onOutput) => new ProcessWorker(onOutput)),
  };
  private readonly memory: MemoryAccount;
  private readonly keptResults: KeptResults;
  private readonly pastRuns: PastRuns;
  private readonly inlineRuns = new InlineRuns();
  private readonly trimmer = new Trimmer(() => this.load.runs > 0);
  private isClosed = false;

  /** @throws {ArgumentError} if `workers` is not a positive integer or `memoryLimit` no size */
  constructor(options: ThreadEngineOptions = {}) {
    this.workers = checkedWorkers(options.workers ?? availableParallelism());
    this.pool = options.pool ?? "threads";
    const { memoryLimit } = options;
    this.memory = new MemoryAccount(this.name, memoryLimit === undefined ? undefined : parseMemoryLimit(memoryLimit));
    this.memory.listen(() => this.resume());
    this.keptResults = new KeptResults(this.name, this.memory);
    this.pastRuns = new PastRuns(this.keptResults);
  }

  /** How many workers there are, and how many runs go on. */
  get load(): { readonly workers: number; readonly runs: number } {
    const [threads, processes] = [this.dispatchers.threads.load, this.dispatchers.processes.load];
    return { workers: threads.workers + processes.workers, runs: threads.runs + processes.runs + this.inlineRuns.size };
  }

  /** @throws {ArgumentError} if a literal of the graph cannot travel, or the number of workers makes no sense */
  start(request: RunRequest): Run {
    const run = this.startEncoded({ id: newRunId(), request, literals: encodeLiterals(request.graph) });
    void printOutput(run);
    return decodedRun(run);
  }

  /** Starts a run whose literals are encoded and whose results nobody decodes here. */
  startEncoded(request: EncodedRequest): EncodedRun {
    if (this.isClosed) throw new CancelledError("the engine is closed: make a new one", { engine: this.name });
    const { independent, isBrief, isRepeatable, pool } = request.request.options;
    // While another run goes on this thread has work to hand out, and a worker may be free.
    const isInline = isBrief && (pool ?? this.pool) === "threads" && this.load.runs === 0;
    const workers = isInline ? 1 : checkedWorkers(request.request.options.workers ?? this.workers);
    const { outcome, settler } = deferredOutcome();
    const Kind = independent ? IndependentRun : isRepeatable ? RepeatableRun : ActiveRun;
    if (Kind === RepeatableRun) this.pastRuns.add(request);
    const run = new Kind(request, workers, this.keptResults, settler);
    if (run instanceof RepeatableRun) run.onEnd = (remains) => this.pastRuns.ended(run.id, remains);
    const dispatcher = this.dispatchers[pool ?? this.pool];
    const control = isInline ? this.inlineRuns.start(run) : controlOf(dispatcher, new WeakRef(run));
    if (!isInline && !run.isOver) dispatcher.add(run);
    this.trimmer.used();
    const { id, reports, recorder } = run;
    return { id, events: recorder.log, outcome, ...control, reports };
  }

  /**
   * Runs again a run that has ended.
   * @throws {GraphError} as `Run.repeat`
   */
  repeatEncoded(of: string, kind: RepeatKind): { readonly run: EncodedRun; readonly request: RunRequest } {
    const again = this.pastRuns.again(of, kind, newRunId());
    return { run: this.startEncoded(again), request: again.request };
  }

  /** What a task of a repeatable run calls, for people. */
  describeTask(run: string, task: number): TaskDescription | undefined {
    return this.pastRuns.describe(run, task);
  }

  async fetch(kept: readonly Kept[]): Promise<readonly unknown[]> {
    return decodeResults(await this.fetchEncoded(kept));
  }

  /** Results that nobody decodes here. */
  fetchEncoded(kept: readonly Kept[]): Promise<EncodedResults> {
    return this.keptResults.lend(kept);
  }

  async holders(): Promise<readonly Holder[]> {
    return this.memory.resultsByName();
  }

  /** @param collect collects garbage where the handles of kept results are; resolves when what was dropped is released */
  collectWith(collect: () => Promise<void>): void {
    this.memory.collectWith(collect);
  }

  releaseResults(results: readonly unknown[]): void {
    releaseBlocks(results);
  }

  release(kept: readonly Kept[]): void {
    this.keptResults.release(kept);
  }

  /** Deletes the files of results that did not fit in memory, at once: for a process that ends without `close`. */
  deleteFiles(): void {
    this.memory.deleteFiles();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.trimmer.close();
    this.inlineRuns.cancelAll("the engine was closed");
    await Promise.all(Object.values(this.dispatchers).map((dispatcher) => dispatcher.close()));
    // Runs that waited for the disk end now.
    await this.memory.settled();
    this.resume();
    this.pastRuns.clear();
    this.keptResults.releaseAll();
    await this.memory.close();
  }

  private resume(): void {
    for (const dispatcher of Object.values(this.dispatchers)) dispatcher.resume();
  }
}

/** The dispatcher holds a run while it goes; whoever may stop it does not keep it, with its graph and arguments, any longer. */
function controlOf(dispatcher: Dispatcher, weak: WeakRef<ActiveRun>): RunControl {
  return {
    cancel(reason) {
      const run = weak.deref();
      if (run !== undefined) dispatcher.cancel(run, reason);
    },
    cancelTasks(tasks) {
      const run = weak.deref();
      if (run instanceof IndependentRun) dispatcher.cancelTasks(run, tasks);
    },
    pause() {
      const run = weak.deref();
      if (run !== undefined) dispatcher.pause(run);
    },
    resume() {
      const run = weak.deref();
      if (run !== undefined) dispatcher.resumeRun(run);
    },
  };
}

/** In a plain script, what tasks print appears where the script prints. */
async function printOutput({ events }: EncodedRun): Promise<void> {
  for await (const event of events) if (event.type === "output") process[event.name].write(event.text);
}

function checkedWorkers(workers: number): number {
  if (Number.isInteger(workers) && workers > 0) return workers;
  throw new ArgumentError(`workers: ${workers} is not a positive integer: give how many threads may run tasks`, {
    workers,
  });
}
