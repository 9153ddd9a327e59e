/**
 * Ready tasks by the static order.
 * @module
 */
import type { PolicyContext, ReadyTasks } from "./policy.js";

/**
 * A binary heap whose entries are one number each: user level and place in the static order, so that comparing two
 * tasks is comparing two numbers.
 */
export class OrderedTasks implements ReadyTasks {
  private readonly levelOf: (task: number) => number;
  private readonly priority: Int32Array;
  /** `[size]` the task at each place of the static order */
  private readonly taskAt: Int32Array;
  private readonly heap: number[] = [];

  /** @param taskAt the inverse of `graph.priority` */
  constructor({ graph, levels }: PolicyContext, taskAt: Int32Array) {
    this.priority = graph.priority;
    this.levelOf = levels.levelOf;
    this.taskAt = taskAt;
  }

  get size(): number {
    return this.heap.length;
  }

  /** Number of the best task, lower is better; Infinity if there is none. */
  get best(): number {
    return this.heap.length === 0 ? Number.POSITIVE_INFINITY : this.heap[0];
  }

  push(task: number): void {
    const { heap } = this;
    const entry = this.levelOf(task) * this.taskAt.length + this.priority[task];
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
    return this.heap.length === 0 ? undefined : this.taskAt[this.heap[0] % this.taskAt.length];
  }

  pop(): number | undefined {
    const task = this.peek();
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) this.sink(last);
    return task;
  }

  clear(): void {
    this.heap.length = 0;
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
