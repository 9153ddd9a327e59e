/**
 * What a run did, as data and as a table.
 * @module
 */
import { displaySymbol, inspectSymbol } from "../../symbols.js";
import type { MimeBundle } from "../context.js";
import type { RunState } from "../engine/events.js";
import { type CriticalPath, criticalPathOf } from "./critical-path.js";
import {
  type FunctionProfile,
  functionsOf,
  type TaskProfile,
  tasksOf,
  type WorkerProfile,
  workersOf,
} from "./profile-parts.js";
import { type ProfileFigures, profileHtml, profileText } from "./profile-table.js";
import type { RunTimeline } from "./timeline.js";

/** What a run did up to now, or until its end. It shows itself as a table. */
export class RunProfile implements ProfileFigures {
  readonly title: string;
  readonly state: RunState;
  /** number of tasks of the graph as it ran; `optimize` joins tasks */
  readonly size: number;
  /** milliseconds from the start of the run to its end, or to its last event */
  readonly ms: number;
  /** highest number of bytes that results held at one time */
  readonly peak: number;
  /** highest number of bytes of results on disk at one time, see the option `memoryLimit`; not counted in `peak` */
  readonly spilled: number;
  /** those that took most time first */
  readonly functions: readonly FunctionProfile[];
  /** every worker that the run might use, by index */
  readonly workers: readonly WorkerProfile[];
  readonly criticalPath: CriticalPath;
  /** tasks that ran at one time, on average: busy time of all workers through the time of the run */
  readonly parallelism: number;
  readonly #timeline: RunTimeline;
  #tasks: readonly TaskProfile[] | undefined;

  /** @param timeline gets no more events */
  constructor(timeline: RunTimeline) {
    this.#timeline = timeline;
    this.title = timeline.started.title;
    this.state = timeline.runState;
    this.size = timeline.started.keys.length;
    this.ms = timeline.time;
    this.peak = timeline.peak;
    this.spilled = timeline.spilled;
    this.functions = functionsOf(timeline);
    this.workers = workersOf(timeline);
    this.criticalPath = criticalPathOf(timeline);
    const busy = this.workers.reduce((sum, worker) => sum + worker.busy, 0);
    this.parallelism = this.ms === 0 ? 0 : busy / this.ms;
  }

  /** Every task, also those that have not run, in the order of the graph. */
  get tasks(): readonly TaskProfile[] {
    this.#tasks ??= tasksOf(this.#timeline);
    return this.#tasks;
  }

  [displaySymbol](): MimeBundle {
    return { "text/plain": profileText(this), "text/html": profileHtml(this) };
  }

  [inspectSymbol](): string {
    return profileText(this);
  }

  toString(): string {
    return profileText(this);
  }
}
