/**
 * Which tasks go to a worker together.
 *
 * A batch may hold a task together with the tasks it depends on, so that a small branch of the graph runs on one
 * worker depth first, exactly as a single worker would have done.
 * @module
 */
import type { Links } from "../graph/links.js";
import type { PackedGraph } from "../graph/packed.js";
import { type CutContext, type CutRange, cutOf } from "./batch-cut.js";

/** Decides how many tasks a batch takes. */
export interface Budget {
  /** true once nothing more fits */
  readonly isFull: boolean;
  /**
   * Counts the task in and returns true, or returns false if it does not fit.
   * @param isReady false: it only became possible by a task of the same batch
   */
  admit(task: number, isReady: boolean): boolean;
  /** where a batch that leaves results open may end; undefined if it goes as it is */
  readonly range?: CutRange | undefined;
}

/** Tasks for one worker, in the order to run them. */
export interface TakenTasks {
  readonly tasks: readonly number[];
  /** whether somebody outside the batch needs the result */
  readonly isReturned: readonly boolean[];
  /**
   * What comes of the batch and should run before anything else begins: a task that it makes ready, or one
   * that will be ready soon because it misses few other inputs.
   */
  readonly continuation: "ready" | "soon" | "none";
}

/** What the scheduler knows of every task; it changes while batches are put together. */
export interface TaskCounts {
  /** `[size]` number of dependencies that have not finished */
  readonly waiting: Int32Array;
  /** `[size]` number of consumers that have not finished, plus one if the result is asked for */
  readonly uses: Int32Array;
  /** `[size]` 1 while it is in a batch of a worker */
  readonly taken: Uint8Array;
  /** `[size]` 1 if the result is asked for */
  readonly isOutput: Uint8Array;
}

/** a task that misses fewer inputs belongs to the branch at hand, like the nodes of a tree reduction */
const fewInputs = 32;
const none: readonly never[] = [];

/** Puts batches together, one after the other. */
export class Branch {
  private readonly graph: PackedGraph;
  private readonly dependents: Links;
  private readonly counts: TaskCounts;
  /** dependencies in the batch being put together; all 0 otherwise */
  private readonly promised: Int32Array;
  /** consumers in the same batch plus one, for tasks of the batch that was just put together; all 0 otherwise */
  private readonly inside: Int32Array;
  private readonly cutContext: CutContext;
  private tasks: number[] = [];

  constructor(graph: PackedGraph, dependents: Links, counts: TaskCounts) {
    this.graph = graph;
    this.dependents = dependents;
    this.counts = counts;
    this.promised = new Int32Array(graph.size);
    this.inside = new Int32Array(graph.size);
    const { uses, isOutput, waiting } = counts;
    const isNear = (task: number) => waiting[task] - this.promised[task] < fewInputs;
    this.cutContext = { graph, dependents, uses, isOutput, inside: this.inside, isNear };
  }

  /**
   * Takes a task into the batch.
   * @returns the tasks that miss nothing any more but what this batch makes: they can go into it
   */
  add(task: number): readonly number[] {
    this.tasks.push(task);
    const { promised } = this;
    const { waiting, taken } = this.counts;
    const { start, to } = this.dependents;
    let unblocked: number[] | undefined;
    for (let i = start[task]; i < start[task + 1]; i++) {
      const dependent = to[i];
      promised[dependent] += 1;
      if (promised[dependent] !== waiting[dependent] || taken[dependent] === 1) continue;
      unblocked ??= [];
      unblocked.push(dependent);
    }
    return unblocked ?? none;
  }

  /**
   * The batch; the next one begins empty.
   * @param range the batch may be cut there; undefined: it stays as it is
   * @returns with `left`, the tasks that were added but are not in the batch
   */
  end(range: CutRange | undefined): TakenTasks & { readonly left: readonly number[] } {
    const { tasks } = this;
    this.tasks = [];
    const left = range === undefined ? none : tasks.splice(cutOf(tasks, range, this.cutContext));
    for (const task of left) this.remove(task);
    return { tasks, isReturned: this.needsOutside(tasks), continuation: this.endPromises(tasks), left };
  }

  private remove(task: number): void {
    this.counts.taken[task] = 0;
    this.forEachDependent(task, (dependent) => {
      this.promised[dependent] -= 1;
    });
  }

  private endPromises(tasks: readonly number[]): TakenTasks["continuation"] {
    let fewest = fewInputs;
    for (const task of tasks) {
      this.forEachDependent(task, (dependent) => {
        const missing = this.counts.waiting[dependent] - this.promised[dependent];
        if (this.counts.taken[dependent] === 0) fewest = Math.min(fewest, missing);
      });
    }
    for (const task of tasks) {
      this.forEachDependent(task, (dependent) => {
        this.promised[dependent] = 0;
      });
    }
    if (fewest === fewInputs) return "none";
    return fewest > 0 ? "soon" : "ready";
  }

  private needsOutside(tasks: readonly number[]): boolean[] {
    const { dependencyStart, dependencies } = this.graph;
    const { inside } = this;
    for (const task of tasks) inside[task] = 1;
    for (const task of tasks) {
      for (let i = dependencyStart[task]; i < dependencyStart[task + 1]; i++) {
        if (inside[dependencies[i]] > 0) inside[dependencies[i]] += 1;
      }
    }
    const isReturned = tasks.map((task) => this.counts.uses[task] >= inside[task]);
    for (const task of tasks) inside[task] = 0;
    return isReturned;
  }

  private forEachDependent(task: number, visit: (dependent: number) => void): void {
    const { start, to } = this.dependents;
    for (let i = start[task]; i < start[task + 1]; i++) visit(to[i]);
  }
}
