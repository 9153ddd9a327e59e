import type { RunBundle } from "dagbook/dashboard-messages";
import { isDone, STATE_COUNT, State } from "./state.js";

/**
 * State of every task of a run in typed arrays, and the counts that follow from it, kept up to date by
 * each change. Without task columns (`hasTasks` false) only the counts are known.
 */
export class TaskTable {
  readonly n: number;
  readonly hasTasks: boolean;
  /** group of each task */
  readonly group: Int32Array;
  readonly state: Uint8Array;
  /** milliseconds since the start of the run, -1 before */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly worker: Int32Array;
  /** 0 … 1 as reported by the task */
  readonly fraction: Float32Array;
  readonly key: readonly string[];
  readonly dependencyStart: Int32Array;
  readonly dependencies: Int32Array;
  /** tasks by state */
  readonly counts = new Int32Array(STATE_COUNT);
  /** tasks by group and state: `[groups, states]` */
  readonly groupCounts: Int32Array;
  /** milliseconds the tasks of each group ran */
  readonly groupMs: Float64Array;

  constructor(bundle: RunBundle) {
    const tasks = bundle.tasks;
    this.n = bundle.n;
    this.hasTasks = tasks !== null;
    this.group = Int32Array.from(tasks?.group ?? []);
    this.state = Uint8Array.from(tasks?.state ?? []);
    this.start = Float64Array.from(tasks?.start ?? []);
    this.end = Float64Array.from(tasks?.end ?? []);
    this.worker = Int32Array.from(tasks?.worker ?? []);
    this.fraction = Float32Array.from(tasks?.fraction ?? []);
    this.key = tasks?.key ?? [];
    this.dependencyStart = Int32Array.from(tasks?.dependencyStart ?? []);
    this.dependencies = Int32Array.from(tasks?.dependencies ?? []);
    this.groupCounts = new Int32Array(bundle.groups.length * STATE_COUNT);
    this.groupMs = new Float64Array(bundle.groups.length);
    this.setGroups(bundle.groups);
  }

  /** Takes over the counters of all groups, in the order of the bundle. */
  setGroups(groups: readonly { readonly counts: readonly number[]; readonly ms: number }[]): void {
    this.counts.fill(0);
    for (const [g, group] of groups.entries()) {
      this.groupMs[g] = group.ms;
      for (let s = 0; s < STATE_COUNT; s++) {
        const count = group.counts[s] ?? 0;
        this.groupCounts[g * STATE_COUNT + s] = count;
        this.counts[s] = this.counts[s]! + count;
      }
    }
  }

  /** Moves one task to `state`. A `start`, `end` or `worker` of -1 keeps what is known. */
  change(task: number, state: number, start: number, end: number, worker: number): void {
    if (!this.hasTasks || task >= this.n) return;
    const before = this.state[task]!;
    const row = this.group[task]! * STATE_COUNT;
    this.counts[before]!--;
    this.counts[state]!++;
    this.groupCounts[row + before]!--;
    this.groupCounts[row + state]!++;
    this.state[task] = state;
    if (start >= 0) this.start[task] = start;
    if (worker >= 0) this.worker[task] = worker;
    if (isDone(state)) this.fraction[task] = 1;
    if (end >= 0 && this.end[task]! < 0) {
      this.groupMs[this.group[task]!]! += end - this.start[task]!;
      this.end[task] = end;
    } else if (state === State.processing) {
      this.end[task] = -1; // a second try after its worker died
    }
  }

  /** Tasks of `group` in `state`. */
  count(group: number, state: number): number {
    return this.groupCounts[group * STATE_COUNT + state]!;
  }
}
