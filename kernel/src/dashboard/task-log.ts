/**
 * What the events of a run tell of each task beyond what its picture needs: for the reader who asks for one.
 * @module
 */
import { clipped } from "../clipped.js";
import {
  type ResultsSized,
  type RunEvent,
  type RunStarted,
  State,
  type StateCode,
  type TaskErred,
  type TaskOutput,
  type TasksChanged,
} from "../dag/engine/events.js";
import { ERROR_LIMIT, KEY_LIMIT, MESSAGE_LIMIT, roundMs, STACK_LIMIT, VAST_TASKS } from "./limits.js";
import type { ErrorBundle, TaskMessage } from "./messages.js";
import { withoutOwnFrames } from "./own-frames.js";

/** Characters of what a task printed last. */
const LOG_TAIL = 4_000;
/** Tasks of one run whose text is kept, the last to print: a graph may print a million lines. */
const LOGGED_TASKS = 1_000;
/** Characters of a key that the reader asked for: whole where that is possible. */
const ASKED_KEY_LIMIT = 2_000;

/** What the events tell of a task; `args` are asked of the engine. */
export type LoggedTask = Omit<TaskMessage, "kind" | "run" | "args">;

interface Printed {
  readonly text: string;
  readonly isCut: boolean;
}

export class TaskLog {
  private readonly started: RunStarted;
  private readonly size: number;
  /** `[size]` state codes; above 100,000 tasks this and the next five are empty: nobody sees single tasks */
  private readonly state: Uint8Array;
  /** `[size]` milliseconds since the start of the run, -1 before */
  private readonly queued: Float64Array;
  private readonly start: Float64Array;
  private readonly end: Float64Array;
  private readonly worker: Int32Array;
  /** `[size]` bytes of the result, -1 if it never came to the engine */
  private readonly bytes: Float64Array;
  private readonly printed = new Map<number, Printed>();
  private readonly errors = new Map<number, ErrorBundle>();

  constructor(started: RunStarted) {
    const n = started.keys.length <= VAST_TASKS ? started.keys.length : 0;
    this.started = started;
    this.size = n;
    this.state = new Uint8Array(n);
    this.queued = new Float64Array(n).fill(-1);
    this.start = new Float64Array(n).fill(-1);
    this.end = new Float64Array(n).fill(-1);
    this.worker = new Int32Array(n).fill(-1);
    this.bytes = new Float64Array(n).fill(-1);
  }

  apply(event: RunEvent): void {
    if (event.type === "tasks") this.changed(event);
    else if (event.type === "sizes") this.sized(event);
    else if (event.type === "output") this.print(event);
    else if (event.type === "error") this.failed(event);
  }

  /** What is known of a task; undefined if the run has no such task, or too many to know single ones. */
  task(task: number): LoggedTask | undefined {
    const { keys, groups, groupOf } = this.started;
    if (!Number.isInteger(task) || task < 0 || task >= this.size) return undefined;
    const printed = this.printed.get(task);
    return {
      task,
      key: clipped(keys[task], ASKED_KEY_LIMIT),
      function: clipped(groups[groupOf[task]], KEY_LIMIT),
      state: this.state[task] as StateCode,
      worker: this.worker[task],
      queued: roundMs(this.queued[task]),
      start: roundMs(this.start[task]),
      end: roundMs(this.end[task]),
      bytes: this.bytes[task],
      log: printed?.text ?? "",
      isLogCut: printed?.isCut ?? false,
      error: this.errors.get(task) ?? null,
    };
  }

  private changed({ task, state, time, worker }: TasksChanged): void {
    if (this.size === 0) return;
    for (let k = 0; k < task.length; k++) {
      const at = task[k];
      const code = state[k];
      this.state[at] = code;
      if (worker[k] >= 0) this.worker[at] = worker[k];
      if (code === State.queued) this.queued[at] = time[k];
      else if (code === State.processing) {
        this.start[at] = Math.max(0, time[k]);
        this.end[at] = -1;
      } else if (code >= State.memory && this.start[at] >= 0 && this.end[at] < 0) this.end[at] = time[k];
    }
  }

  private sized({ task, bytes }: ResultsSized): void {
    if (this.size === 0) return;
    for (let k = 0; k < task.length; k++) this.bytes[task[k]] = bytes[k];
  }

  private print({ task, text }: TaskOutput): void {
    const before = this.printed.get(task);
    const whole = (before?.text ?? "") + text;
    const tail = whole.slice(-LOG_TAIL);
    this.printed.delete(task);
    this.printed.set(task, { text: tail, isCut: (before?.isCut ?? false) || tail.length < whole.length });
    for (const oldest of this.printed.keys()) {
      if (this.printed.size <= LOGGED_TASKS) break;
      this.printed.delete(oldest);
    }
  }

  private failed({ task, key, name, message, stack }: TaskErred): void {
    if (this.errors.size >= ERROR_LIMIT) return;
    this.errors.set(task, {
      task,
      key: clipped(key, KEY_LIMIT),
      name: clipped(name, KEY_LIMIT),
      message: clipped(message, MESSAGE_LIMIT),
      stack: clipped(withoutOwnFrames(stack), STACK_LIMIT),
    });
  }
}
