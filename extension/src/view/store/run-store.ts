import type { DeltaMessage, ErrorBundle, GroupBundle, RunBundle } from "dagbook/dashboard-messages";
import { type Failures, findFailures } from "./failures.js";
import { MemoryStrip } from "./memory-strip.js";
import { RunSums } from "./run-sums.js";
import { type Form, type FormCounts, isDone, State } from "./state.js";
import { TaskTable } from "./task-table.js";

/**
 * All a view knows of one run: a bundle, and the deltas that came after it. Several views may read one
 * store. Reading is cheap; applying a delta costs a few array writes per task that changed.
 */
export class RunStore {
  #bundle: RunBundle;
  #tasks: TaskTable;
  #memory = new MemoryStrip();
  #sums: RunSums | undefined;
  #errors: ErrorBundle[] = [];
  #failures: Failures | undefined;
  #seq = 0;
  #now = 0;

  private constructor(bundle: RunBundle) {
    this.#bundle = bundle;
    this.#tasks = new TaskTable(bundle);
    this.#load(bundle);
  }

  static fromBundle(bundle: RunBundle): RunStore {
    return new RunStore(bundle);
  }

  /** Forgets everything and starts again from `bundle` (a snapshot, or the end of the run). */
  replace(bundle: RunBundle): void {
    this.#bundle = bundle;
    this.#tasks = new TaskTable(bundle);
    this.#load(bundle);
  }

  #load(bundle: RunBundle): void {
    this.#memory = new MemoryStrip();
    this.#memory.append(bundle.memory);
    this.#sums = bundle.tasks === null && bundle.sums ? new RunSums(bundle.groups, bundle.sums) : undefined;
    this.#errors = [...bundle.errors];
    this.#failures = undefined;
    this.#seq = bundle.seq;
    this.#now = bundle.now;
  }

  /**
   * Applies what changed since the last delta.
   * @returns "gap" if deltas are missing in between: nothing was applied, ask for a snapshot
   */
  apply(delta: DeltaMessage): "ok" | "gap" {
    if (delta.seq <= this.#seq) return "ok"; // already in the snapshot
    if (delta.seq > this.#seq + 1) return "gap";
    this.#seq = delta.seq;
    this.advanceTo(delta.now);
    const tasks = this.#tasks;
    for (let k = 0; k < delta.i.length; k++) {
      tasks.change(delta.i[k]!, delta.s[k]!, delta.a[k]!, delta.b[k]!, delta.w[k]!);
    }
    for (let k = 0; k < delta.pi.length; k++) tasks.fraction[delta.pi[k]!] = delta.pf[k]!;
    if (delta.groups && !tasks.hasTasks) tasks.setGroups(delta.groups);
    if (delta.sums) this.#sums?.apply(delta.sums);
    this.#memory.append(delta.memory);
    this.#errors.push(...delta.errors);
    this.#failures = undefined;
    return "ok";
  }

  /** Lets the clock of a live run go on to `now` (milliseconds since its start) between two deltas. */
  advanceTo(now: number): void {
    if (this.#bundle.t1 === null) this.#now = Math.max(this.#now, now);
  }

  get run(): string {
    return this.#bundle.run;
  }
  get title(): string {
    return this.#bundle.title;
  }
  get state(): RunBundle["state"] {
    return this.#bundle.state;
  }
  get seq(): number {
    return this.#seq;
  }
  get workers(): number {
    return this.#bundle.workers;
  }
  get groups(): readonly GroupBundle[] {
    return this.#bundle.groups;
  }
  get n(): number {
    return this.#bundle.n;
  }
  get tasks(): TaskTable {
    return this.#tasks;
  }
  get errors(): readonly ErrorBundle[] {
    return this.#errors;
  }
  get memory(): MemoryStrip {
    return this.#memory;
  }
  /** undefined where each task is known, or nothing but counters */
  get sums(): RunSums | undefined {
    return this.#sums;
  }
  get failures(): Failures {
    this.#failures ??= findFailures(this.#tasks, this.groups, this.#errors, this.#sums?.buckets);
    return this.#failures;
  }
  /** milliseconds from the start to the end, or to now */
  get elapsed(): number {
    return this.#bundle.t1 ?? this.#now;
  }
  /** highest number of bytes held */
  get peak(): number {
    let peak = this.#bundle.peak;
    for (const bytes of this.#memory.bytes) if (bytes > peak) peak = bytes;
    return peak;
  }
  /** highest number of bytes on disk */
  get spilled(): number {
    return Math.max(this.#bundle.spilled ?? 0, this.#memory.mostSpilled);
  }
  /** share of the tasks that are done, 0 … 1 */
  get fraction(): number {
    return this.n === 0 ? 1 : this.forms().done / this.n;
  }
  /** the last whole state; deltas came after it (`bundleOfStore` has both) */
  get bundle(): RunBundle {
    return this.#bundle;
  }

  /** Tasks by form: of the whole run, or of one group. */
  forms(group?: number): FormCounts {
    const count = (state: number) =>
      group === undefined ? this.#tasks.counts[state]! : this.#tasks.count(group, state);
    const { byGroup } = this.failures;
    const threw = group === undefined ? byGroup.reduce((sum, n) => sum + n, 0) : byGroup[group]!;
    const failed = Math.min(threw, count(State.erred));
    return {
      done: count(State.memory) + count(State.released),
      failed,
      running: count(State.processing),
      queued: count(State.queued),
      waiting: count(State.waiting),
      stopped: count(State.cancelled) + count(State.erred) - failed,
    };
  }

  /** How `task` is drawn. Needs task columns. */
  formOf(task: number): Form {
    const state = this.#tasks.state[task]!;
    if (isDone(state)) return "done";
    if (state === State.processing) return "running";
    if (state === State.queued) return "queued";
    if (state === State.waiting) return "waiting";
    return state === State.erred && this.failures.tasks.has(task) ? "failed" : "stopped";
  }
}
