/**
 * The task nearest its data.
 * @module
 */
import type { Policy, PolicyContext, ReadyTasks } from "./policy.js";
import { type Entry, RankedTasks } from "./ranked-tasks.js";

/** made by nobody yet */
const NOBODY = -1;

/**
 * A worker gets the task with most bytes of input that it made itself. If there is none, it gets the one with fewest
 * bytes of input, all of which others made; between equals, what became ready last.
 *
 * A batch goes on with a task that it makes ready if no ready one has more bytes on the same worker.
 */
export class NearestData implements Policy {
  readonly ready: NearTasks;
  readonly reachable: NearTasks;
  readonly isBestFirst = false;
  readonly finishesBranches = true;
  /** `[size]` worker of each result that is, or will be, held */
  private readonly madeBy: Int32Array;

  constructor(context: PolicyContext) {
    this.madeBy = new Int32Array(context.graph.size).fill(NOBODY);
    this.ready = new NearTasks(context, this.madeBy);
    this.reachable = new NearTasks(context, this.madeBy);
  }

  goesOn(worker: number): boolean {
    const reachable = this.reachable.best(worker);
    const ready = this.ready.best(worker);
    if (reachable === undefined || ready === undefined) return reachable !== undefined;
    return reachable.level === ready.level ? reachable.rank >= ready.rank : reachable.level < ready.level;
  }

  placed(task: number, worker: number): void {
    this.madeBy[task] = worker;
  }
}

/** For each worker the tasks it made inputs of, and all tasks. One that was taken from one list stays in the others. */
class NearTasks implements ReadyTasks {
  private readonly context: PolicyContext;
  private readonly madeBy: Int32Array;
  private readonly near: (RankedTasks | undefined)[] = [];
  /** ranked by what they would have to move */
  private readonly all = new RankedTasks(unranked);
  private readonly isIn: Uint8Array;
  private count = 0;
  private arrivals = 0;

  constructor(context: PolicyContext, madeBy: Int32Array) {
    this.context = context;
    this.madeBy = madeBy;
    this.isIn = new Uint8Array(context.graph.size);
  }

  get size(): number {
    return this.count;
  }

  push(task: number): void {
    const level = this.context.levels.levelOf(task);
    this.arrivals += 1;
    const tie = -this.arrivals;
    let total = 0;
    for (const [worker, bytes] of this.inputsOf(task)) {
      total += bytes;
      if (bytes === 0) continue;
      this.near[worker] ??= new RankedTasks(unranked);
      this.near[worker].pushEntry({ task, level, rank: bytes, tie });
    }
    this.all.pushEntry({ task, level, rank: -total, tie });
    this.isIn[task] = 1;
    this.count += 1;
  }

  /** Entry of the best task for the worker; its rank is at most 0 if the worker made none of its inputs. */
  best(worker: number): Entry | undefined {
    const near = this.presentBest(this.near[worker]);
    const any = this.presentBest(this.all);
    return near !== undefined && any !== undefined && near.level <= any.level ? near : any;
  }

  peek(worker: number): number | undefined {
    return this.best(worker)?.task;
  }

  pop(worker: number): number | undefined {
    const task = this.peek(worker);
    if (task === undefined) return undefined;
    this.isIn[task] = 0;
    this.count -= 1;
    return task;
  }

  clear(): void {
    for (const { task } of this.all.entries) this.isIn[task] = 0;
    this.all.clear();
    this.near.length = 0;
    this.count = 0;
  }

  private presentBest(tasks: RankedTasks | undefined): Entry | undefined {
    while (tasks?.best !== undefined && this.isIn[tasks.best.task] === 0) tasks.pop();
    return tasks?.best;
  }

  /** Bytes of the inputs of a task by the worker that made them. */
  private inputsOf(task: number): ReadonlyMap<number, number> {
    const { dependencyStart, dependencies } = this.context.graph;
    const bytes = new Map<number, number>();
    for (let k = dependencyStart[task]; k < dependencyStart[task + 1]; k++) {
      const worker = this.madeBy[dependencies[k]];
      bytes.set(worker, (bytes.get(worker) ?? 0) + this.context.sizeOf(dependencies[k]));
    }
    return bytes;
  }
}

function unranked(task: number): Entry {
  return { task, level: 0, rank: 0, tie: task };
}
