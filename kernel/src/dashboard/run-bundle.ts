/**
 * The saved state of a run: the content of `RUN_MIME_TYPE`, and of a snapshot. Data, never a spec.
 *
 * Times are milliseconds since the run's `t0`, except `t0` itself (milliseconds since 1970).
 * @module
 */
import type { RunState, StateCode } from "../dag/engine/events.js";

/** All tasks of one function: one card of the view. */
export interface GroupBundle {
  readonly name: string;
  /** number of tasks */
  readonly n: number;
  /** number of tasks by state code: waiting, queued, processing, memory, released, erred, cancelled */
  readonly counts: readonly number[];
  /** milliseconds its tasks have run, summed */
  readonly ms: number;
  /** groups it depends on, and the number of task dependencies on each */
  readonly dependencies: readonly (readonly [group: number, edges: number])[];
}

/** Per-task columns, `n` entries each; above 10,000 tasks a bundle has `SumColumns` in their place. */
export interface TaskColumns {
  readonly key: readonly string[];
  readonly group: readonly number[];
  readonly state: readonly StateCode[];
  /** start on a worker, -1 before */
  readonly start: readonly number[];
  /** end on a worker, -1 before */
  readonly end: readonly number[];
  readonly worker: readonly number[];
  /** 0 … 1 as reported by `progress(fraction)`; 1 when finished */
  readonly fraction: readonly number[];
  /** compressed rows: dependencies of task i are `dependencies.slice(dependencyStart[i], dependencyStart[i + 1])` */
  readonly dependencyStart: readonly number[];
  readonly dependencies: readonly number[];
}

/**
 * The same columns as text, as bundles are sent and saved: see `vlq`. Times are hundredths of a millisecond, fractions
 * thousandths.
 */
export interface PackedTasks {
  readonly isPacked: true;
  readonly group: string;
  readonly state: string;
  readonly start: string;
  /** from start to end, -1 where there is no end */
  readonly took: string;
  readonly worker: string;
  readonly fraction: string;
  /** number of dependencies of each task */
  readonly needs: string;
  /** task less dependency, those of the first task first */
  readonly dependencies: string;
  /** by group, in order of its tasks: the keys, or what they have in common */
  readonly keys: readonly (NumberedKeys | readonly string[])[];
}

/** Keys that differ in their numbers: `normal-1[2,3]` is `["normal-", "[", ",", "]"]` around 1, 2 and 3. */
export interface NumberedKeys {
  readonly text: readonly string[];
  /** a packed column for each number */
  readonly numbers: readonly string[];
}

export interface ErrorBundle {
  readonly task: number;
  readonly key: string;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** Bytes of results over time. */
export interface MemoryColumns {
  readonly t: readonly number[];
  /** in memory */
  readonly bytes: readonly number[];
  /** on disk; missing if none ever was there */
  readonly spilled?: readonly number[];
}

/** Tasks of buckets by how they stand, one entry a bucket; what is left of a bucket waits. */
interface BucketCounts {
  readonly queued: readonly number[];
  readonly running: readonly number[];
  readonly done: readonly number[];
  /** threw */
  readonly failed: readonly number[];
  /** will never run */
  readonly stopped: readonly number[];
}

/** All buckets, those of the first group first: so many tasks of a group, in order of submission, are one. */
export interface BucketColumns extends BucketCounts {
  /** tasks of a bucket; the last one of a group may have fewer */
  readonly size: number;
}

/** Buckets that have changed. */
export interface BucketChanges extends BucketCounts {
  /** their numbers */
  readonly i: readonly number[];
}

/** How long functions ran, by lane and slice of time: one entry for each function in each cell. */
export interface StreamColumns {
  /** false: entries replace those of the same cell and column, others stay */
  readonly isWhole: boolean;
  readonly sliceMs: number;
  /** slices of a lane */
  readonly slices: number;
  readonly lanes: number;
  readonly workersPerLane: number;
  /** `lane * slices + slice` */
  readonly cell: readonly number[];
  /** the group; the number of groups for tasks that threw */
  readonly column: readonly number[];
  readonly ms: readonly number[];
}

/** How many tasks were done by when. */
export interface DoneColumns {
  readonly t: readonly number[];
  readonly n: readonly number[];
}

/** What is told of a run that has too many tasks to tell each. */
export interface SumColumns {
  readonly buckets: BucketColumns;
  readonly stream: StreamColumns;
  readonly done: DoneColumns;
}

/** What has changed in the sums of a run since the last delta. */
export interface SumChanges {
  readonly buckets: BucketChanges;
  readonly stream: StreamColumns;
  readonly done: DoneColumns;
}

/** The saved state of a run: the content of `RUN_MIME_TYPE`, and of a snapshot. Data, never a spec. */
export interface RunBundle {
  readonly v: 1;
  readonly run: string;
  /** number of the last delta it contains */
  readonly seq: number;
  readonly title: string;
  /** "planned": a graph that was only drawn (`visualize`), it has not run */
  readonly state: RunState | "planned";
  /** start, milliseconds since 1970 */
  readonly t0: number;
  /** end; null while it runs */
  readonly t1: number | null;
  /** time of this bundle */
  readonly now: number;
  readonly workers: number;
  readonly n: number;
  readonly groups: readonly GroupBundle[];
  readonly tasks: TaskColumns | null;
  readonly errors: readonly ErrorBundle[];
  /** highest number of bytes held */
  readonly peak: number;
  /** the memory strip: times and bytes */
  readonly memory: MemoryColumns;
  /** highest number of bytes on disk; missing if none ever was there */
  readonly spilled?: number;
  /** in place of `tasks` where these are null */
  readonly sums?: SumColumns;
  /** only while it runs: no task begins until somebody resumes it */
  readonly isPaused?: true;
  /** of a run that goes on: the last that finished of the same graph */
  readonly past?: PastRun;
  /** id of the run that it repeats: its value is had by `resultOf`, nobody awaits it */
  readonly repeats?: string;
}

/** What a finished run took. */
export interface PastRun {
  /** milliseconds from start to end */
  readonly elapsed: number;
  /** mean milliseconds of a task, by group */
  readonly means: readonly number[];
}

/** A bundle on its way, or in a notebook. The plain form is valid, too. */
export interface SentBundle extends Omit<RunBundle, "tasks"> {
  readonly tasks: TaskColumns | PackedTasks | null;
}
