/**
 * What the kernel and the view of a run say to each other: the saved bundle (run-bundle.ts), the comm messages.
 * The extension imports the types of this module and nothing else of the kernel.
 *
 * Comm target `dagbook.run`; the FRONT END opens the comm, one per kernel connection, runs multiplexed.
 * Times are milliseconds since the run's `t0`, except `t0` itself (milliseconds since 1970).
 * @module
 */
import type { RunState, StateCode } from "../dag/engine/events.js";
import type { ErrorBundle, GroupBundle, MemoryColumns, RunBundle, SumChanges } from "./run-bundle.js";

export type { RunState, StateCode } from "../dag/engine/events.js";
export type * from "./run-bundle.js";

/** MIME type of `RunBundle`. */
export const RUN_MIME_TYPE = "application/vnd.dagbook.run.v1+json";
/** Name of the comm target. */
export const COMM_TARGET = "dagbook.run";

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

/** Kernel -> view: the run gets no workers from now on, or gets them again. A snapshot tells it in its bundle. */
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
  /** no task begins until somebody resumes it */
  readonly isPaused?: true;
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
