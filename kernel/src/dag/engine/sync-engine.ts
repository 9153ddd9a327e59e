/**
 * Runs graphs in the thread of its caller, for debugging: breakpoints and stacks are those of the caller's own
 * functions. Values are copied and refused as on workers, so that what works here works there.
 * @module
 */
import { randomUUID } from "node:crypto";
import { CancelledError } from "../../errors.js";
import type { SessionScope, ShippedFunction } from "../functions/shipped.js";
import type { Kept } from "../graph/packed.js";
import type { Holder } from "../memory/holders.js";
import { ActiveRun } from "./active-run.js";
import { deferredOutcome } from "./deferred-outcome.js";
import type { Engine, Run, RunRequest } from "./engine.js";
import type { Observer } from "./engine-host.js";
import { IndependentRun } from "./independent-run.js";
import { KeptResults } from "./kept-results.js";
import { ownFunction } from "./own-functions.js";
import { decodedRun, decodeResults, encodeLiterals, releaseBlocks } from "./results.js";
import { newRunId } from "./run-id.js";
import { SyncRun } from "./sync-run.js";

/**
 * One task at a time; between tasks, and while a task awaits something, other code of the thread has its turn. A task
 * that neither ends nor awaits cannot be stopped. What tasks print goes where the thread prints.
 */
export class SyncEngine implements Engine {
  readonly name = `sync-${randomUUID().slice(0, 8)}`;
  private readonly observe: Observer;
  private readonly keptResults = new KeptResults(this.name);
  private readonly runs = new Set<SyncRun>();
  private isClosed = false;

  /** @param observe sees every run that starts */
  constructor(observe: Observer = () => undefined) {
    this.observe = observe;
  }

  readonly ship = (fn: (...args: never[]) => unknown, scope: SessionScope): ShippedFunction => ownFunction(fn, scope);

  /** @throws {ArgumentError} if a literal of the graph could not travel to a worker */
  start(request: RunRequest): Run {
    if (this.isClosed) throw new CancelledError("the engine is closed: make a new one", { engine: this.name });
    const { outcome, settler } = deferredOutcome();
    const literals = encodeLiterals(request.graph);
    const Kind = request.options.independent ? IndependentRun : ActiveRun;
    const active = new Kind({ id: newRunId(), request, literals }, 1, this.keptResults, settler);
    const sync = new SyncRun(active);
    this.runs.add(sync);
    void sync.start().finally(() => this.runs.delete(sync));
    // Whoever may cancel a run does not keep it once it is over.
    const weak = new WeakRef(sync);
    const cancel = (reason?: string): void => weak.deref()?.cancel(reason);
    const cancelTasks = (tasks: readonly number[]): void => weak.deref()?.cancelTasks(tasks);
    const pause = (): void => weak.deref()?.pause();
    const resume = (): void => weak.deref()?.resume();
    const { id, recorder, reports } = active;
    const run = decodedRun({ id, events: recorder.log, outcome, cancel, cancelTasks, pause, resume, reports });
    this.observe(run, request);
    return run;
  }

  async fetch(kept: readonly Kept[]): Promise<readonly unknown[]> {
    return decodeResults(await this.keptResults.lend(kept));
  }

  async holders(): Promise<readonly Holder[]> {
    return this.keptResults.memory.resultsByName();
  }

  releaseResults(results: readonly unknown[]): void {
    releaseBlocks(results);
  }

  release(kept: readonly Kept[]): void {
    this.keptResults.release(kept);
  }

  /** Cancels what runs; the task at hand ends by itself. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const run of this.runs) run.cancel("the engine was closed");
    await this.keptResults.memory.settled();
    this.keptResults.releaseAll();
    await this.keptResults.memory.close();
  }
}
