/**
 * The columns of events, gathered until they are told.
 *
 * They are typed arrays that are filled again after every `take`: a run tells several changes per task, and lists of
 * numbers cost more to grow, to keep and above all to send to another thread.
 * @module
 */
import type { ResultsSized, StateCode, TasksChanged } from "./events.js";

/** tasks that fit at first; the columns double when they are full. So short ones need no memory outside V8's heap */
const FIRST_CAPACITY = 8;

/** Changes of state of tasks. */
export class ChangeColumns {
  private size = 0;
  private task = new Int32Array(FIRST_CAPACITY);
  private state = new Uint8Array(FIRST_CAPACITY);
  private time = new Float64Array(FIRST_CAPACITY);
  private worker = new Int32Array(FIRST_CAPACITY);

  add(task: number, state: StateCode, time: number, worker: number): void {
    const at = this.size;
    if (at === this.task.length) this.grow();
    this.task[at] = task;
    this.state[at] = state;
    this.time[at] = time;
    this.worker[at] = worker;
    this.size = at + 1;
  }

  /** What was added since the last call, in columns of its own; undefined if that is nothing. */
  take(): Pick<TasksChanged, "task" | "state" | "time" | "worker"> | undefined {
    const { size } = this;
    if (size === 0) return undefined;
    this.size = 0;
    return {
      task: this.task.slice(0, size),
      // `add` takes nothing but codes of states.
      state: this.state.slice(0, size) as Uint8Array & TasksChanged["state"],
      time: this.time.slice(0, size),
      worker: this.worker.slice(0, size),
    };
  }

  private grow(): void {
    const capacity = 2 * this.task.length;
    this.task = filled(new Int32Array(capacity), this.task);
    this.state = filled(new Uint8Array(capacity), this.state);
    this.time = filled(new Float64Array(capacity), this.time);
    this.worker = filled(new Int32Array(capacity), this.worker);
  }
}

/** Sizes of results. */
export class SizeColumns {
  private size = 0;
  private task = new Int32Array(FIRST_CAPACITY);
  private bytes = new Float64Array(FIRST_CAPACITY);

  add(task: number, bytes: number): void {
    const at = this.size;
    if (at === this.task.length) this.grow();
    this.task[at] = task;
    this.bytes[at] = bytes;
    this.size = at + 1;
  }

  /** What was added since the last call, in columns of its own; undefined if that is nothing. */
  take(): Pick<ResultsSized, "task" | "bytes"> | undefined {
    const { size } = this;
    if (size === 0) return undefined;
    this.size = 0;
    return { task: this.task.slice(0, size), bytes: this.bytes.slice(0, size) };
  }

  private grow(): void {
    const capacity = 2 * this.task.length;
    this.task = filled(new Int32Array(capacity), this.task);
    this.bytes = filled(new Float64Array(capacity), this.bytes);
  }
}

function filled<T extends Int32Array | Uint8Array | Float64Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}
