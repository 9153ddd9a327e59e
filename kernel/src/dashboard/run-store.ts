/**
 * The state of one run in columns, kept by its events.
 * @module
 */

import { clipped } from "../clipped.js";
import {
  type MemoryChanged,
  type RunEnded,
  type RunEvent,
  type RunStarted,
  type RunState,
  State,
  type StateCode,
  type TaskErred,
  type TasksChanged,
  type TasksProgressed,
} from "../dag/engine/events.js";
import { ERROR_LIMIT, KEY_LIMIT, MESSAGE_LIMIT, STACK_LIMIT, TOLD_TASKS } from "./limits.js";
import { MemoryStrip } from "./memory-strip.js";
import type { ErrorBundle } from "./messages.js";
import { withoutOwnFrames } from "./own-frames.js";
import { RunSums } from "./run-sums.js";

/** Number of state codes. */
export const STATES = Object.keys(State).length;

/** A run as it stands. All times are milliseconds since its start; -1 where there is none yet. */
export class RunStore {
  readonly started: RunStarted;
  readonly n: number;
  readonly state: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly worker: Int32Array;
  readonly fraction: Float32Array;
  /** `[groups, states]` tasks by group and state */
  readonly counts: Int32Array;
  /** `[groups]` time its tasks have run, without running ones */
  readonly ms: Float64Array;
  readonly memory = new MemoryStrip();
  readonly errors: ErrorBundle[] = [];
  /** undefined where each task is told */
  readonly sums: RunSums | undefined;
  runState: RunState = "running";
  /** no task begins until somebody resumes the run */
  isPaused = false;
  /** time of the last event; never goes back */
  now = 0;
  peak = 0;
  /** highest number of bytes on disk */
  spilled = 0;

  constructor(started: RunStarted) {
    const { groupOf, groups } = started;
    this.started = started;
    this.n = started.keys.length;
    this.state = new Uint8Array(this.n);
    this.start = new Float64Array(this.n).fill(-1);
    this.end = new Float64Array(this.n).fill(-1);
    this.worker = new Int32Array(this.n).fill(-1);
    this.fraction = new Float32Array(this.n);
    this.counts = new Int32Array(groups.length * STATES);
    this.ms = new Float64Array(groups.length);
    this.sums = this.n > TOLD_TASKS ? new RunSums(started) : undefined;
    for (const group of groupOf) this.counts[group * STATES + State.waiting] += 1;
  }

  /** Tasks of `group`, or of the whole run, in one of `states`. */
  count(states: readonly StateCode[], group?: number): number {
    let sum = 0;
    const [first, last] = group === undefined ? [0, this.ms.length - 1] : [group, group];
    for (let g = first; g <= last; g++) for (const state of states) sum += this.counts[g * STATES + state];
    return sum;
  }

  apply(event: RunEvent): void {
    switch (event.type) {
      case "tasks":
        this.#changed(event);
        break;
      case "progress":
        this.#progressed(event);
        break;
      case "memory":
        this.#held(event);
        break;
      case "error":
        this.#failed(event);
        break;
      case "end":
        this.#ended(event);
        break;
      case "paused":
        this.isPaused = event.isPaused;
        break;
    }
  }

  #advance(time: number): void {
    if (time > this.now) this.now = time;
  }

  #changed({ task, state, time, worker }: TasksChanged): void {
    for (let k = 0; k < task.length; k++) {
      this.#move(task[k], state[k], time[k], worker[k]);
      this.#advance(time[k]);
    }
    this.sums?.count(this.now);
  }

  #move(task: number, state: StateCode, time: number, worker: number): void {
    const group = this.started.groupOf[task];
    this.counts[group * STATES + this.state[task]] -= 1;
    this.counts[group * STATES + state] += 1;
    if (this.sums) {
      const on = worker >= 0 ? worker : this.worker[task];
      this.sums.move(task, this.state[task] as StateCode, state, time, this.start[task], on);
    }
    this.state[task] = state;
    if (worker >= 0) this.worker[task] = worker;
    if (state === State.processing) {
      // Also the start of a retry: the earlier attempt is forgotten.
      this.start[task] = Math.max(0, time);
      this.end[task] = -1;
      this.fraction[task] = 0;
      return;
    }
    const stops = state === State.memory || state === State.erred || state === State.cancelled;
    if (!stops || this.start[task] < 0 || this.end[task] >= 0) return;
    this.end[task] = Math.max(time, this.start[task]);
    this.ms[group] += this.end[task] - this.start[task];
    if (state === State.memory) this.fraction[task] = 1;
  }

  #progressed({ task, fraction }: TasksProgressed): void {
    for (let k = 0; k < task.length; k++) {
      if (this.state[task[k]] !== State.processing) continue;
      this.fraction[task[k]] = Math.min(1, Math.max(0, fraction[k]));
    }
  }

  #held({ time, bytes, spilled = 0 }: MemoryChanged): void {
    this.#advance(time);
    this.memory.add(time, bytes, spilled);
    if (bytes > this.peak) this.peak = bytes;
    if (spilled > this.spilled) this.spilled = spilled;
  }

  #failed({ task, key, name, message, stack }: TaskErred): void {
    if (this.errors.length >= ERROR_LIMIT) return;
    this.errors.push({
      task,
      key: clipped(key, KEY_LIMIT),
      name: clipped(name, KEY_LIMIT),
      message: clipped(message, MESSAGE_LIMIT),
      stack: clipped(withoutOwnFrames(stack), STACK_LIMIT),
    });
  }

  #ended({ state, time, peak, spilled = 0 }: RunEnded): void {
    this.#advance(time);
    this.runState = state;
    if (peak > this.peak) this.peak = peak;
    if (spilled > this.spilled) this.spilled = spilled;
  }
}
