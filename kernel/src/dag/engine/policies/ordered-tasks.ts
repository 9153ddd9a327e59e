/**
 * Ready tasks by the static order.
 * @module
 */
import type { PolicyContext, ReadyTasks } from "./policy.js";

/**
 * A queue of tasks that came in order, as those do that need nothing, and beside it a binary heap of the others: it
 * stays small, like the branches at hand. Entries are one number each, user level and place in the static order, so
 * that comparing two tasks is comparing two numbers.
 */
export class OrderedTasks implements ReadyTasks {
  private readonly levelOf: (task: number) => number;
  private readonly priority: Int32Array;
  /** `[size]` the task at each place of the static order */
  private readonly taskAt: Int32Array;
  /** ascending; those before `first` are gone */
  private queue: number[] = [];
  private first = 0;
  private readonly heap: number[] = [];

  constructor({ graph, levels, taskAt }: PolicyContext) {
    this.priority = graph.priority;
    this.levelOf = levels.levelOf;
    this.taskAt = taskAt;
  }

  get size(): number {
    return this.queue.length - this.first + this.heap.length;
  }

  /** Number of the best task, lower is better; Infinity if there is none. */
  get best(): number {
    const queued = this.first < this.queue.length ? this.queue[this.first] : Number.POSITIVE_INFINITY;
    return this.heap.length === 0 ? queued : Math.min(queued, this.heap[0]);
  }

  push(task: number): void {
    const { queue, heap } = this;
    const entry = this.levelOf(task) * this.taskAt.length + this.priority[task];
    if (queue.length === 0 || queue[queue.length - 1] < entry) {
      queue.push(entry);
      return;
    }
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent] <= entry) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  peek(): number | undefined {
    const { best } = this;
    return best === Number.POSITIVE_INFINITY ? undefined : this.taskAt[best % this.taskAt.length];
  }

  pop(): number | undefined {
    const task = this.peek();
    const { queue, heap } = this;
    if (heap.length === 0 || (this.first < queue.length && queue[this.first] < heap[0])) this.shift();
    else {
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) this.sink(last);
    }
    return task;
  }

  clear(): void {
    this.queue = [];
    this.first = 0;
    this.heap.length = 0;
  }

  private shift(): void {
    if (this.first === this.queue.length) return;
    this.first += 1;
    if (this.first < this.queue.length) return;
    this.queue = [];
    this.first = 0;
  }

  /** Puts `entry` where the best one was, and brings it down to its place. */
  private sink(entry: number): void {
    const { heap } = this;
    const end = heap.length;
    let at = 0;
    for (let child = 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && heap[child + 1] < heap[child]) child += 1;
      if (heap[child] >= entry) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = entry;
  }
}
