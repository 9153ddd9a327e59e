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

/**
 * Per-task columns, `n` entries each; left out of saved bundles above 10,000 tasks. A live snapshot of a
 * larger run may still hold them so that deltas can be counted, with `key`, `dependencyStart` and
 * `dependencies` empty.
 */
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

export interface ErrorBundle {
  readonly task: number;
  readonly key: string;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
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
  readonly memory: { readonly t: readonly number[]; readonly bytes: readonly number[] };
}

/** Kernel -> view: the whole state of a run. */
export interface SnapshotMessage {
  readonly kind: "snapshot";
  readonly run: string;
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
  readonly memory: { readonly t: readonly number[]; readonly bytes: readonly number[] };
  readonly errors: readonly ErrorBundle[];
  /** for runs whose snapshot has no task columns: how all groups stand, in the order of the bundle */
  readonly groups?: readonly Pick<GroupBundle, "counts" | "ms">[];
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
  readonly bundle: RunBundle;
  /** for those who subscribe after the end: drawing it takes longer than ending */
  readonly display?: Pictures;
}

/** Kernel -> view: the kernel does not know this run (any more). */
export interface UnknownMessage {
  readonly kind: "unknown";
  readonly run: string;
}

/** Kernel -> view: the run gets no workers from now on, or gets them again. Also after the snapshot of a paused run. */
export interface PausedMessage {
  readonly kind: "paused";
  readonly run: string;
  readonly isPaused: boolean;
}

/** Kernel -> view, answers `retry` and `rerun`: the run `by` has begun and takes the place of this one. */
export interface RepeatedMessage {
  readonly kind: "repeated";
  readonly run: string;
  readonly by: string;
}

/** Kernel -> view, answers `retry` and `rerun`: the run cannot run again. */
export interface RefusedMessage {
  readonly kind: "refused";
  readonly run: string;
  /** what a reader can do instead */
  readonly reason: string;
}

/** Kernel -> view, answers `inspect`. Times are -1 before they are known. */
export interface TaskMessage {
  readonly kind: "task";
  readonly run: string;
  readonly task: number;
  readonly key: string;
  /** name of what the task calls */
  readonly function: string;
  /** its arguments, each in a few characters, other tasks by their keys; null if the engine does not tell */
  readonly args: readonly string[] | null;
  readonly state: StateCode;
  /** -1 before it was with one */
  readonly worker: number;
  readonly queued: number;
  readonly start: number;
  readonly end: number;
  /** of the result; -1 if it never came to the engine */
  readonly bytes: number;
  /** what it printed last */
  readonly log: string;
  /** it printed more before that */
  readonly isLogCut: boolean;
  readonly error: ErrorBundle | null;
}

export type KernelMessage =
  | SnapshotMessage
  | DeltaMessage
  | EndMessage
  | UnknownMessage
  | PausedMessage
  | RepeatedMessage
  | RefusedMessage
  | TaskMessage;

/** View -> kernel: what a reader does. */
export type ActionMessage =
  /** stops the run */
  | { readonly kind: "cancel"; readonly run: string }
  /** no task begins until `resume`; those that run go on */
  | { readonly kind: "pause"; readonly run: string }
  | { readonly kind: "resume"; readonly run: string }
  /** runs again what has not finished; answered by `repeated` or `refused` */
  | { readonly kind: "retry"; readonly run: string }
  /** runs everything again; answered in the same way */
  | { readonly kind: "rerun"; readonly run: string }
  /** wants a `task` message */
  | { readonly kind: "inspect"; readonly run: string; readonly task: number };

/** View -> kernel. */
export type ViewMessage =
  /** wants a snapshot now and deltas from then on */
  | { readonly kind: "subscribe"; readonly run: string }
  /** wants no more deltas (hidden tab, closed view) */
  | { readonly kind: "unsubscribe"; readonly run: string }
  /** wants one snapshot (after a gap in `seq`) */
  | { readonly kind: "snapshot"; readonly run: string }
  | ActionMessage;
