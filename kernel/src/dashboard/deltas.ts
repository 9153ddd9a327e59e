/**
 * Collects what changed in a run since the last delta. A task that changed ten times is sent once, as it
 * stands.
 * @module
 */
import type { RunEvent, StateCode } from "../dag/engine/events.js";
import { groupCounts } from "./bundle.js";
import { roundMs } from "./limits.js";
import { MemoryStrip } from "./memory-strip.js";
import type { DeltaMessage } from "./messages.js";
import type { RunStore } from "./run-store.js";

/** A set of task indices without an object per task. */
class TaskSet {
  readonly #has: Uint8Array;
  #tasks: number[] = [];

  constructor(size: number) {
    this.#has = new Uint8Array(size);
  }

  get size(): number {
    return this.#tasks.length;
  }

  add(tasks: Iterable<number>): void {
    for (const task of tasks) {
      if (this.#has[task] === 1) continue;
      this.#has[task] = 1;
      this.#tasks.push(task);
    }
  }

  take(): readonly number[] {
    const tasks = this.#tasks;
    for (const task of tasks) this.#has[task] = 0;
    this.#tasks = [];
    return tasks;
  }
}

export class Deltas {
  readonly #store: RunStore;
  readonly #changed: TaskSet;
  readonly #progressed: TaskSet;
  #memory = new MemoryStrip();
  #errorsSent = 0;
  #hasMemory = false;

  constructor(store: RunStore) {
    this.#store = store;
    this.#changed = new TaskSet(store.n);
    this.#progressed = new TaskSet(store.n);
  }

  /** Notes an event that the store has applied. */
  note(event: RunEvent): void {
    if (event.type === "tasks") this.#changed.add(event.task);
    else if (event.type === "progress") this.#progressed.add(event.task);
    else if (event.type === "memory") {
      this.#memory.add(event.time, event.bytes, event.spilled);
      this.#hasMemory = true;
    }
  }

  get isEmpty(): boolean {
    const hasTasks = this.#changed.size > 0 || this.#progressed.size > 0;
    return !hasTasks && !this.#hasMemory && this.#errorsSent === this.#store.errors.length;
  }

  /** Forgets what was noted: a snapshot has told it. */
  clear(): void {
    this.#changed.take();
    this.#progressed.take();
    this.#store.sums?.take(this.#store.now);
    this.#forget();
  }

  /** What changed since the last `take` or `clear`. */
  take(seq: number, now: number): DeltaMessage {
    const { state, start, end, worker, fraction, started, errors, sums } = this.#store;
    const [changed, progressed] = [this.#changed.take(), this.#progressed.take()];
    const i = sums ? [] : changed;
    const pi = sums ? [] : progressed;
    const delta: DeltaMessage = {
      kind: "delta",
      run: started.run,
      seq,
      now: roundMs(now),
      i,
      s: i.map((task) => state[task] as StateCode),
      a: i.map((task) => roundMs(start[task])),
      b: i.map((task) => roundMs(end[task])),
      w: i.map((task) => worker[task]),
      pi,
      pf: pi.map((task) => Math.round(fraction[task] * 1_000) / 1_000),
      memory: this.#memory.columns(),
      errors: errors.slice(this.#errorsSent),
      ...(sums && { groups: groupCounts(this.#store), sums: sums.take(now) }),
    };
    this.#forget();
    return delta;
  }

  #forget(): void {
    this.#memory = new MemoryStrip();
    this.#hasMemory = false;
    this.#errorsSent = this.#store.errors.length;
  }
}
