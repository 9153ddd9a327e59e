/**
 * What the kernel and the view of a run say to each other: the saved bundle, the comm messages.
 * The extension imports the types of this module and nothing else of the kernel.
 *
 * Comm target `dagbook.run`; the FRONT END opens the comm, one per kernel connection, runs multiplexed.
 * Times are milliseconds since the run's `t0`, except `t0` itself (milliseconds since 1970).
 * @module
 */
import type { RunState, StateCode } from "../dag/engine/events.js";

export type { RunState, StateCode } from "../dag/engine/events.js";

/** MIME type of `RunBundle`. */
export const RUN_MIME_TYPE = "application/vnd.dagbook.run.v1+json";
/** Name of the comm target. */
export const COMM_TARGET = "dagbook.run";

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
}

/** A bundle on its way, or in a notebook. The plain form is valid, too. */
export interface SentBundle extends Omit<RunBundle, "tasks"> {
  readonly tasks: TaskColumns | PackedTasks | null;
}

/** Kernel -> view: the whole state of a run. */
export interface SnapshotMessage {
  readonly kind: "snapshot";
  readonly run: string;
  /** sent as `SentBundle` */
  readonly bundle: RunBundle;
}

/** Kernel -> view: what changed since `seq - 1`. At most 20 a second per run. */
export interface DeltaMessage {
  readonly kind: "delta";
  readonly run: string;
  readonly seq: number;
  readonly now: number;
  /** columns: task, state, start, end, worker (coalesced: the last state of each task) */
  readonly i: readonly number[];
  readonly s: readonly StateCode[];
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly w: readonly number[];
  /** columns of progress: task, fraction */
  readonly pi: readonly number[];
  readonly pf: readonly number[];
  readonly memory: MemoryColumns;
  readonly errors: readonly ErrorBundle[];
  /** for runs whose snapshot has no task columns: how all groups stand, in the order of the bundle */
  readonly groups?: readonly Pick<GroupBundle, "counts" | "ms">[];
  /** for the same runs: what has changed in the sums */
  readonly sums?: SumChanges;
}

/** A run for viewers without our extension. */
export interface Pictures {
  readonly "image/svg+xml": string;
  /** only of a run that ended */
  readonly "image/png"?: string;
  readonly "text/plain": string;
}

/** Kernel -> view: the run ended; `bundle` is the final state. */
export interface EndMessage {
  readonly kind: "end";
  readonly run: string;
  /** sent as `SentBundle` */
  readonly bundle: RunBundle;
  /** for those who subscribe after the end: drawing it takes longer than ending */
  readonly display?: Pictures;
}

/** Kernel -> view: the kernel does not know this run (any more). */
export interface UnknownMessage {
  readonly kind: "unknown";
  readonly run: string;
}

export type KernelMessage = SnapshotMessage | DeltaMessage | EndMessage | UnknownMessage;

/** View -> kernel. */
export type ViewMessage =
  /** wants a snapshot now and deltas from then on */
  | { readonly kind: "subscribe"; readonly run: string }
  /** wants no more deltas (hidden tab, closed view) */
  | { readonly kind: "unsubscribe"; readonly run: string }
  /** wants one snapshot (after a gap in `seq`) */
  | { readonly kind: "snapshot"; readonly run: string }
  /** stops the run */
  | { readonly kind: "cancel"; readonly run: string };

/** View -> kernel: wants the list of runs, now and whenever it changes, until `unwatch` or the comm closes. */
export interface WatchMessage {
  readonly kind: "watch" | "unwatch";
}

/** A run in the list of a kernel's runs. */
export interface RunEntry extends Pick<RunBundle, "run" | "title" | "t0" | "t1" | "n"> {
  readonly state: RunState;
  /** id of the execute request whose cell started it; missing outside cells */
  readonly cell?: string;
  /** tasks whose results were computed */
  readonly done: number;
  /** tasks that threw */
  readonly erred: number;
  /** tasks on workers */
  readonly running: number;
}

/** What runs the tasks of a kernel. */
export interface PoolState {
  readonly workers: number;
  /** tasks on workers, of all runs */
  readonly running: number;
  /** bytes that arrays take in shared memory, and may take at most */
  readonly bytes: number;
  readonly limit: number;
}

/** Kernel -> view: the runs a kernel still knows, newest first. At most 2 a second. */
export interface RunListMessage {
  readonly kind: "runs";
  /** time of the list, milliseconds since 1970: what has no end yet lasts until then */
  readonly now: number;
  readonly runs: readonly RunEntry[];
  readonly pool: PoolState;
}
