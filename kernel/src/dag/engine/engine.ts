/**
 * The contract of everything that can run a packed graph: threads in this process, the service thread
 * of a kernel, later processes and clusters.
 * @module
 */
import type { ShippedFunction } from "../functions/shipped.js";
import type { Kept, PackedGraph } from "../graph/packed.js";
import type { RunEvent } from "./events.js";

export interface RunOptions {
  /** worker threads; undefined means one per core */
  readonly workers?: number;
  /** results stay on the pool and handles come back (`persist`) */
  readonly keep?: boolean;
  /** how often a task that throws runs again; default 0 */
  readonly retries?: number;
  /** bytes that results of the run may take in memory; default: what the engine allows all runs together */
  readonly memoryLimit?: number;
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
}

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
}

export interface Engine {
  /** names the engine in `Kept` handles */
  readonly name: string;
  /** how functions get into `PackedGraph.functions`; default: as source and values (`shipFunction`) */
  readonly ship?: (fn: (...args: never[]) => unknown) => ShippedFunction;
  start(request: RunRequest): Run;
  /**
   * Gives back the array memory of blocks in `results` of a run. Whoever awaited `Run.results` calls it ONCE, with
   * the very array it got, after it has copied what it needs (`compute`: after `finalize`). Without blocks it does nothing.
   */
  releaseResults(results: readonly unknown[]): void;
  /** Drops kept results; unknown ids are ignored. Runs that use them go on. */
  release(kept: readonly Kept[]): void;
  /** Ends the workers; running runs are cancelled. */
  close(): Promise<void>;
}
