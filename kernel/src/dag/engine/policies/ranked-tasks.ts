/**
 * Tasks in the order of a rank.
 * @module
 */
import type { ReadyTasks } from "./policy.js";

/** Where a task stands. */
export interface Entry {
  readonly task: number;
  /** user priority, counted from the highest: lower goes first */
  readonly level: number;
  /** higher goes first */
  readonly rank: number;
  /** between equal ranks: lower goes first */
  readonly tie: number;
}

/** A binary heap: the best entry is found at once, adding and taking out cost log(size). */
export class RankedTasks implements ReadyTasks {
  private readonly entryOf: (task: number) => Entry;
  private heap: Entry[] = [];

  /** @param entryOf called when a task is pushed, and by `rerank` */
  constructor(entryOf: (task: number) => Entry) {
    this.entryOf = entryOf;
  }

  get size(): number {
    return this.heap.length;
  }

  /** The entry of the task that `pop` gives. */
  get best(): Entry | undefined {
    return this.heap[0];
  }

  /** All entries, in no order. */
  get entries(): readonly Entry[] {
    return this.heap;
  }

  push(task: number): void {
    this.pushEntry(this.entryOf(task));
  }

  /** Adds a task that is ranked already. */
  pushEntry(entry: Entry): void {
    const { heap } = this;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!goesBefore(entry, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  peek(): number | undefined {
    return this.heap[0]?.task;
  }

  pop(): number | undefined {
    const best = this.heap[0];
    const last = this.heap.pop();
    if (last !== undefined && last !== best) this.sink(last, 0);
    return best?.task;
  }

  clear(): void {
    this.heap = [];
  }

  /** Ranks every task again. */
  rerank(): void {
    const { heap } = this;
    for (let i = 0; i < heap.length; i++) heap[i] = this.entryOf(heap[i].task);
    for (let i = (heap.length >> 1) - 1; i >= 0; i--) this.sink(heap[i], i);
  }

  private sink(entry: Entry, from: number): void {
    const { heap } = this;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && goesBefore(heap[child + 1], heap[child])) child += 1;
      if (!goesBefore(heap[child], entry)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = entry;
  }
}

/** Whether `a` should run before `b`; between equals it does not matter. */
function goesBefore(a: Entry, b: Entry): boolean {
  if (a.level !== b.level) return a.level < b.level;
  return a.rank === b.rank ? a.tie < b.tie : a.rank > b.rank;
}

/** Whether `reachable` is there and does not stand behind `ready`. */
export function isBetter(reachable: Entry | undefined, ready: Entry | undefined): boolean {
  return reachable !== undefined && (ready === undefined || !goesBefore(ready, reachable));
}
