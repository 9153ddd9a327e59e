/**
 * The task upon which most memory depends.
 * @module
 */
import type { Policy, PolicyContext, ReadyTasks } from "./policy.js";
import { type Entry, isBetter, RankedTasks } from "./ranked-tasks.js";

/** Of so many ready tasks at least one must have gone before ranks are computed again: a constant cost for each. */
const RERANK_SHARE = 16;

/**
 * The task that most held bytes wait for runs first; between equals, the static order. A held result waits for a
 * task if it cannot be let go before that has run: the inputs of the task, and what is held already for the tasks
 * that need its result. (A result that is both counts twice.)
 *
 * Only what its own completion lets go would be less: of two tasks without inputs, the one that a large result
 * waits for, to be added to it, would be no better than one that begins something new.
 *
 * Sizes are those that are known when a task is given away, and again when it has finished. With more than 16 ready
 * tasks the ranks are a little behind: they are computed again once one in 16 has gone.
 */
export class MostMemory implements Policy {
  readonly ready: FreshTasks;
  readonly reachable: FreshTasks;
  readonly isBestFirst = false;
  readonly finishesBranches = true;
  private readonly context: PolicyContext;
  /** `[size]` bytes of the inputs of each task that are held */
  private readonly held: Float64Array;
  /** `[size]` what each result counts in `held` */
  private readonly counted: Float64Array;

  constructor(context: PolicyContext) {
    const { size } = context.graph;
    this.context = context;
    this.held = new Float64Array(size);
    this.counted = new Float64Array(size);
    this.ready = new FreshTasks((task) => this.entryOf(task));
    this.reachable = new FreshTasks((task) => this.entryOf(task));
  }

  goesOn(): boolean {
    return isBetter(this.reachable.best, this.ready.best);
  }

  placed(task: number): void {
    const { start, to } = this.context.dependents;
    const bytes = this.context.sizeOf(task);
    const more = bytes - this.counted[task];
    if (more === 0 || start[task] === start[task + 1]) return;
    this.counted[task] = bytes;
    for (let k = start[task]; k < start[task + 1]; k++) this.held[to[k]] += more;
    this.ready.outdated();
    this.reachable.outdated();
  }

  private entryOf(task: number): Entry {
    const { start, to } = this.context.dependents;
    let rank = this.held[task];
    for (let k = start[task]; k < start[task + 1]; k++) rank += this.held[to[k]];
    return { task, level: this.context.levels.levelOf(task), rank, tie: this.context.graph.priority[task] };
  }
}

/** Tasks whose ranks change while they wait. */
class FreshTasks implements ReadyTasks {
  private readonly ranked: RankedTasks;
  private isOutdated = false;
  /** tasks taken out and news since the ranks were computed: computing them again is spread over these */
  private steps = 0;

  constructor(entryOf: (task: number) => Entry) {
    this.ranked = new RankedTasks(entryOf);
  }

  get size(): number {
    return this.ranked.size;
  }

  get best(): Entry | undefined {
    if (this.isOutdated && this.steps * RERANK_SHARE >= this.size) {
      this.ranked.rerank();
      this.isOutdated = false;
      this.steps = 0;
    }
    return this.ranked.best;
  }

  /** Some rank may have changed. */
  outdated(): void {
    this.isOutdated = true;
    this.steps += 1;
  }

  push(task: number): void {
    this.ranked.push(task);
  }

  peek(): number | undefined {
    return this.best?.task;
  }

  pop(): number | undefined {
    const task = this.peek();
    this.steps += 1;
    this.ranked.pop();
    return task;
  }

  clear(): void {
    this.ranked.clear();
  }
}
