/**
 * The contract of everything that can run a packed graph: threads and processes of this machine,
 * the thread of the caller, the service thread of a kernel, later clusters.
 * @module
 */
import type { SessionScope, ShippedFunction } from "../functions/shipped.js";
import type { Kept, PackedGraph } from "../graph/packed.js";
import type { Holder } from "../memory/holders.js";
import type { TaskDescription } from "./describe-task.js";
import type { RunEvent } from "./events.js";
import type { PolicyName } from "./policies/policy-name.js";
import type { ReportedResults } from "./reported-results.js";

/** Workers that share the memory of their engine, or have processes of their own. */
export type Pool = "threads" | "processes";

/** What of a run that has ended runs again: what has not finished, or everything. */
export type RepeatKind = "failed" | "all";

export interface RunOptions {
  /** workers; undefined means one per core */
  readonly workers?: number;
  /** results stay on the pool and handles come back (`persist`) */
  readonly keep?: boolean;
  /** how often a task that throws runs again; default 0 */
  readonly retries?: number;
  /** which ready task a free worker gets; default `combined` */
  readonly policy?: PolicyName;
  /** every result comes by `Run.reports`, too; default false */
  readonly report?: boolean;
  /**
   * Tasks live for themselves (futures): one that fails takes only those that need it with it. Results stay with the
   * engine, each is told as soon as it is there by an event `settled`, and `Run.results` is an empty list.
   */
  readonly independent?: boolean;
  /** which workers of an engine that has both; default threads. Kept results are for runs on either. */
  readonly pool?: Pool;
  /** bytes that results of the run may take in memory; default: what the engine allows all runs together */
  readonly memoryLimit?: number;
  /** the run can be run again after its end (`Run.repeat`), as long as the engine remembers it; default false */
  readonly isRepeatable?: boolean;
  /**
   * the tasks call functions of this package only and take about a millisecond together: the engine may run them on
   * its own thread; default false
   */
  readonly isBrief?: boolean;
}

export interface RunRequest {
  readonly graph: PackedGraph;
  readonly options: RunOptions;
  /** what the view calls the run */
  readonly title: string;
  /** id of the execute request of the cell that asked, in a kernel */
  readonly cell?: string;
  /** false: no view; of the events only start, output, error and end */
  readonly progress: boolean;
  /** id of the run that this one repeats */
  readonly repeats?: string;
}

/** What is said of a run to those who only see it. */
export type SeenRequest = Omit<RunRequest, "graph">;

export interface Run {
  readonly id: string;
  /** every event from the start, in order; ends after `end`. Each call gives an own iterator. */
  readonly events: AsyncIterable<RunEvent>;
  /**
   * One value per entry of `graph.outputs`, or `Kept` handles if `keep`. A task asked for twice gives the same object twice.
   *
   * Values come as the task returned them, but copied: instances of classes are plain objects. An NDArray comes
   * as an NDArray with its own data. A `Block` is lent: its bytes stay valid until `Engine.releaseResults`.
   *
   * Rejects with TaskError, CancelledError or WorkerError as soon as that is known; the event `end` follows
   * when the last task that was running has ended.
   */
  readonly results: Promise<readonly unknown[]>;
  /** Stops the run: waiting tasks never start, busy workers are replaced after a grace of 500 ms. */
  cancel(reason?: string): void;
  /**
   * With the option `report`: copies of the results of all tasks, each before the event that tells its end is read.
   * For one reader. Missing if the run was started without the option, and of an engine that cannot tell them.
   */
  readonly reports?: AsyncIterable<ReportedResults>;
  /**
   * Of a run of independent tasks: these, and those that need them, never start; a worker that is still busy with one
   * after a grace of 500 ms is replaced, and what else it had runs on another. The events tell what was cancelled.
   */
  cancelTasks?(tasks: readonly number[]): void;
  /** No worker gets a task of the run until `resume`; tasks that run go on. The event `paused` tells. */
  pause(): void;
  /** Goes on after `pause`; else it does nothing. */
  resume(): void;
  /**
   * Runs it again after its end, as a run of its own that `Engine.onRepeat` tells; what the failed or stopped run still had
   * is used. Only where the engine is seen (`Observer`).
   * @returns the id of the new run
   * @throws {GraphError} if the run still goes on, is not remembered, or has nothing that failed
   */
  repeat?(kind: RepeatKind): string;
  /** What a task calls, for people; undefined if that is not known any more. Only where there is `repeat`. */
  describe?(task: number): TaskDescription | undefined;
}

export interface Engine {
  /** names the engine in `Kept` handles */
  readonly name: string;
  /** how functions get into `PackedGraph.functions`; default: as source and values (`shipFunction`) */
  readonly ship?: (fn: (...args: never[]) => unknown, scope: SessionScope) => ShippedFunction;
  start(request: RunRequest): Run;
  /**
   * Gives back the array memory of blocks in `results` of a run. Whoever awaited `Run.results` calls it ONCE, with
   * the very array it got, after it has copied what it needs (`compute`: after `finalize`). Without blocks it does nothing.
   */
  releaseResults(results: readonly unknown[]): void;
  /** Drops kept results; unknown ids are ignored. Runs that use them go on. */
  release(kept: readonly Kept[]): void;
  /**
   * Copies of kept results, one for each handle, which stay kept; `releaseResults` as for the results of a run.
   * Rejects with GraphError if one is not there any more. An engine without it has no futures.
   */
  fetch?(kept: readonly Kept[]): Promise<readonly unknown[]>;
  /** What holds results of the engine, those with one name together, in any order. An engine without it cannot tell. */
  holders?(): Promise<readonly Holder[]>;
  /** Calls back for every run that was started by `Run.repeat`. An engine without it repeats nothing. */
  onRepeat?(hear: (of: string, run: Run) => void): void;
  /** Ends the workers; running runs are cancelled. */
  close(): Promise<void>;
}
