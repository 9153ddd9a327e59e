/**
 * What an engine reports of a run while it goes. Events are columns: one event carries many tasks.
 * All times are milliseconds since the run's `time`, except `time` itself (milliseconds since 1970).
 * @module
 */
import type { Kept } from "../graph/packed.js";
import type { ErrorData } from "./error-data.js";

/** States of a task, in Dask's words; the number is its code in events. */
export const State = {
  /** known, needs the results of other tasks */
  waiting: 0,
  /** ready; every worker is busy */
  queued: 1,
  /** on a worker */
  processing: 2,
  /** finished, result held */
  memory: 3,
  /** finished, result dropped because nobody needs it any more */
  released: 4,
  /** threw, or needs a task that threw */
  erred: 5,
  /** never ran or was stopped because the run was cancelled */
  cancelled: 6,
} as const;
export type StateCode = (typeof State)[keyof typeof State];

/** Where a task prints. */
export type StreamName = "stdout" | "stderr";

/** How a run stands or ended. */
export type RunState = "running" | "finished" | "erred" | "cancelled";

/** The first event: the whole graph, once. */
export interface RunStarted {
  readonly type: "start";
  readonly run: string;
  /** milliseconds since 1970 */
  readonly time: number;
  readonly title: string;
  /** id of the execute request whose cell started the run; undefined outside a kernel */
  readonly cell: string | undefined;
  readonly workers: number;
  readonly keys: readonly string[];
  readonly groups: readonly string[];
  readonly groupOf: Int32Array;
  readonly dependencyStart: Int32Array;
  readonly dependencies: Int32Array;
}

/** Numbers, one per task that an event is about: a list or a typed array (`Array.from` makes a list of either). */
export interface Column<T extends number = number> extends Iterable<T> {
  readonly length: number;
  readonly [index: number]: T;
  entries(): IterableIterator<[number, T]>;
  includes(value: T): boolean;
  join(separator?: string): string;
}

/** Tasks that changed state, in order. The four columns have one length; engines send typed arrays. */
export interface TasksChanged {
  readonly type: "tasks";
  readonly run: string;
  readonly task: Column;
  readonly state: Column<StateCode>;
  /** when it happened on the worker (processing, memory, erred) or in the scheduler (others) */
  readonly time: Column;
  /** worker index, -1 where none is meant */
  readonly worker: Column;
}

/** Fractions that running tasks reported by `progress(fraction)`. */
export interface TasksProgressed {
  readonly type: "progress";
  readonly run: string;
  readonly task: readonly number[];
  /** 0 … 1 */
  readonly fraction: readonly number[];
}

/** Bytes held by results of the run. */
export interface MemoryChanged {
  readonly type: "memory";
  readonly run: string;
  readonly time: number;
  readonly bytes: number;
  /** bytes of results on disk, not counted in `bytes`; missing as long as none ever was there */
  readonly spilled?: number;
}

/** A task threw. */
export interface TaskErred {
  readonly type: "error";
  readonly run: string;
  readonly task: number;
  /** of the task that threw, also if it ran fused with others */
  readonly key: string;
  readonly name: string;
  /** the error's own message, then in brackets the call that failed */
  readonly message: string;
  readonly stack: string;
}

/** Text that a task printed. */
export interface TaskOutput {
  readonly type: "output";
  readonly run: string;
  readonly task: number;
  readonly name: StreamName;
  readonly text: string;
}

/** The last event. */
export interface RunEnded {
  readonly type: "end";
  readonly run: string;
  readonly state: Exclude<RunState, "running">;
  readonly time: number;
  /** highest number of bytes held in memory at one time */
  readonly peak: number;
  /** highest number of bytes on disk at one time; missing if none ever was there */
  readonly spilled?: number;
}

/** Sizes of results that came to the engine. What was used up on the worker that made it is not among them. */
export interface ResultsSized {
  readonly type: "sizes";
  readonly run: string;
  readonly task: Column;
  /** bytes that each result takes while it is held */
  readonly bytes: Column;
}

/** Of a run of independent tasks: some that were asked for have their results with the engine now, or will have none. */
export interface TasksSettled {
  readonly type: "settled";
  readonly run: string;
  readonly task: Column;
  /** of all of them */
  readonly state: "finished" | "erred" | "cancelled";
  /** one handle for each if they have finished; else empty */
  readonly kept: readonly Kept[];
  /** what each of those results is: `number`, `Array`, `NDArray float64 [2]` … */
  readonly kinds: readonly string[];
  /** why, if they have erred */
  readonly error?: ErrorData;
}

/** The run gets no workers from now on, or gets them again. */
export interface RunPaused {
  readonly type: "paused";
  readonly run: string;
  readonly time: number;
  readonly isPaused: boolean;
}

export type RunEvent =
  | RunStarted
  | TasksChanged
  | TasksProgressed
  | MemoryChanged
  | TaskErred
  | TaskOutput
  | RunEnded
  | ResultsSized
  | TasksSettled
  | RunPaused;
