/**
 * What the scheduler asks a policy.
 * @module
 */
import type { Links } from "../../graph/links.js";
import type { PackedGraph } from "../../graph/packed.js";
import type { Levels } from "./levels.js";

/** Tasks of which a worker may get one. */
export interface ReadyTasks {
  readonly size: number;
  push(task: number): void;
  /** The best task for the worker; undefined if there is none. */
  peek(worker: number): number | undefined;
  /** Takes out the task that `peek` gives. */
  pop(worker: number): number | undefined;
  clear(): void;
}

/** Chooses the tasks of one run. */
export interface Policy {
  /** tasks that could run now */
  readonly ready: ReadyTasks;
  /** tasks that need nothing more than what the batch being put together makes */
  readonly reachable: ReadyTasks;
  /** of tasks that get ready together the best is pushed first; else last */
  readonly isBestFirst: boolean;
  /** false: what comes of a batch may wait while others begin */
  readonly finishesBranches: boolean;
  /**
   * True if the batch should go on with the best of `reachable`, false if with the best of `ready`.
   * @param isAlone no other task of the run is with a worker: only this batch can make tasks ready
   */
  goesOn(worker: number, isAlone: boolean): boolean;
  /** The task was given to the worker, or has finished there: its result is or will be held. */
  placed?(task: number, worker: number): void;
}

/** What a policy may know of a run. */
export interface PolicyContext {
  readonly graph: Pick<PackedGraph, "size" | "dependencyStart" | "dependencies" | "priority">;
  /** `[size]` the task at each place of the static order: the inverse of `graph.priority` */
  readonly taskAt: Int32Array;
  readonly dependents: Links;
  readonly levels: Levels;
  /** Bytes of the result of a task as far as they are known now. */
  sizeOf(task: number): number;
}
