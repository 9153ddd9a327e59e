/**
 * A run as its events told it: when each task ran, on which worker, how often.
 * @module
 */
import {
  type ResultsSized,
  type RunEvent,
  type RunStarted,
  type RunState,
  State,
  type StateCode,
  type TasksChanged,
} from "../engine/events.js";

/** Where there is no time, worker or attempt. */
export const NONE = -1;

/** The start of a run in which nothing runs. */
const NOTHING_STARTED: RunStarted = {
  type: "start",
  run: "",
  time: 0,
  title: "",
  cell: undefined,
  workers: 0,
  keys: [],
  groups: [],
  groupOf: new Int32Array(),
  dependencyStart: new Int32Array(1),
  dependencies: new Int32Array(),
};

/** One time that a worker ran a task. Times in milliseconds since the run began. */
export interface Attempt {
  readonly task: number;
  readonly worker: number;
  readonly start: number;
  /** `NONE` while it runs */
  end: number;
  /** how it ended; `queued` if the task runs again, `processing` while it runs */
  outcome: StateCode;
}

/** Takes the events of one run in their order. */
export class RunTimeline {
  started: RunStarted = NOTHING_STARTED;
  runState: RunState = "running";
  /** of the last event; the end of the run once that is known */
  time = 0;
  /** highest number of bytes held at one time */
  peak = 0;
  /** highest number of bytes on disk at one time */
  spilled = 0;
  /** every attempt, in the order in which they were told */
  readonly attempts: Attempt[] = [];
  /** tasks in the order in which they finished: what a task needs stands before it */
  readonly finished: number[] = [];
  /** bytes held by results, as they changed */
  readonly memory: { readonly time: number; readonly bytes: number }[] = [];
  /** state of each task */
  state = new Uint8Array();
  /** when each task was first ready while no worker was free, or `NONE` */
  queued = new Float64Array();
  /** how often each task ran */
  tries = new Int32Array();
  /** last attempt of each task in `attempts`, or `NONE` */
  last = new Int32Array();
  /** bytes of the result of each task that came to the engine, or `NONE` */
  bytes = new Float64Array();

  apply(event: RunEvent): void {
    if (event.type === "start") this.#start(event);
    else if (event.type === "tasks") this.#changed(event);
    else if (event.type === "sizes") this.#sized(event);
    else if (event.type === "memory") {
      this.memory.push({ time: event.time, bytes: event.bytes });
      this.peak = Math.max(this.peak, event.bytes);
      this.spilled = Math.max(this.spilled, event.spilled ?? 0);
    } else if (event.type === "end") {
      this.runState = event.state;
      this.time = Math.max(this.time, event.time);
      this.peak = Math.max(this.peak, event.peak);
      this.spilled = Math.max(this.spilled, event.spilled ?? 0);
    }
  }

  #start(event: RunStarted): void {
    const size = event.keys.length;
    this.started = event;
    this.state = new Uint8Array(size);
    this.queued = new Float64Array(size).fill(NONE);
    this.tries = new Int32Array(size);
    this.last = new Int32Array(size).fill(NONE);
    this.bytes = new Float64Array(size).fill(NONE);
  }

  #changed({ task, state, time, worker }: TasksChanged): void {
    for (let i = 0; i < task.length; i++) this.#move(task[i], state[i], time[i], worker[i]);
  }

  #sized({ task, bytes }: ResultsSized): void {
    for (let i = 0; i < task.length; i++) this.bytes[task[i]] = bytes[i];
  }

  #move(task: number, state: StateCode, time: number, worker: number): void {
    // The clock of a worker may be a little behind that of the engine.
    const at = Math.max(0, time);
    if (at > this.time) this.time = at;
    const before = this.state[task];
    this.state[task] = state;
    if (state === State.processing) {
      this.last[task] = this.attempts.push({ task, worker, start: at, end: NONE, outcome: state }) - 1;
      this.tries[task] += 1;
      return;
    }
    if (state === State.queued && this.queued[task] === NONE) this.queued[task] = at;
    if (state === State.memory) this.finished.push(task);
    if (before !== State.processing) return;
    const attempt = this.attempts[this.last[task]];
    attempt.end = Math.max(at, attempt.start);
    attempt.outcome = state === State.waiting ? State.queued : state;
  }
}

/** Milliseconds that an attempt took; up to the last event if it still runs. */
export function lengthOf({ start, end }: Pick<Attempt, "start" | "end">, { time }: RunTimeline): number {
  return (end === NONE ? Math.max(time, start) : end) - start;
}
