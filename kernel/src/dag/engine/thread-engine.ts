/**
 * Runs graphs on the cores of this machine: worker threads that share memory.
 * @module
 */
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { ArgumentError, CancelledError } from "../../errors.js";
import { parseMemoryLimit } from "../../parse-bytes.js";
import type { Kept } from "../graph/packed.js";
import { ActiveRun, type EncodedRequest } from "./active-run.js";
import { deferredOutcome } from "./deferred-outcome.js";
import { Dispatcher } from "./dispatcher.js";
import type { Engine, Run, RunRequest } from "./engine.js";
import { KeptResults } from "./kept-results.js";
import { MemoryAccount } from "./memory-account.js";
import { decodedRun, type EncodedRun, encodeLiterals, releaseBlocks } from "./results.js";
import { newRunId } from "./run-id.js";

export interface ThreadEngineOptions {
  /** worker threads of runs that do not say how many; default one per core */
  readonly workers?: number;
  /** what results of all runs together may take in memory: bytes, or a text such as "2 GB"; default: most of the arena */
  readonly memoryLimit?: number | string;
}

/**
 * Threads start when there is work for them, stay for later runs, and do not keep an idle process alive.
 * Everything happens on the thread that made the engine but the tasks themselves.
 */
export class ThreadEngine implements Engine {
  readonly name = `threads-${randomUUID().slice(0, 8)}`;
  private readonly workers: number;
  private readonly dispatcher = new Dispatcher();
  private readonly memory: MemoryAccount;
  private readonly keptResults: KeptResults;
  private isClosed = false;

  /** @throws {ArgumentError} if `workers` is not a positive integer or `memoryLimit` no size */
  constructor(options: ThreadEngineOptions = {}) {
    this.workers = checkedWorkers(options.workers ?? availableParallelism());
    const { memoryLimit } = options;
    this.memory = new MemoryAccount(this.name, memoryLimit === undefined ? undefined : parseMemoryLimit(memoryLimit));
    this.memory.listen(() => this.dispatcher.resume());
    this.keptResults = new KeptResults(this.name, this.memory);
  }

  /** How many threads run tasks, and how many runs go on. */
  get load(): { readonly workers: number; readonly runs: number } {
    return this.dispatcher.load;
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
    const workers = checkedWorkers(request.request.options.workers ?? this.workers);
    const { outcome, settler } = deferredOutcome();
    const run = new ActiveRun(request, workers, this.keptResults, settler);
    if (!run.isOver) this.dispatcher.add(run);
    return { id: run.id, events: run.recorder.log, outcome, cancel: this.cancelOf(new WeakRef(run)) };
  }

  /** The dispatcher holds a run while it goes; whoever may cancel it does not keep it, with its graph and arguments, any longer. */
  private cancelOf(weak: WeakRef<ActiveRun>): EncodedRun["cancel"] {
    return (reason) => {
      const run = weak.deref();
      if (run !== undefined) this.dispatcher.cancel(run, reason);
    };
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
    await this.dispatcher.close();
    // Runs that waited for the disk end now.
    await this.memory.settled();
    this.dispatcher.resume();
    this.keptResults.releaseAll();
    await this.memory.close();
  }
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
