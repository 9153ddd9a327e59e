/**
 * Which tasks go to a worker together.
 *
 * A batch may hold a task together with the tasks it depends on, so that a small branch of the graph runs on one
 * worker depth first, exactly as a single worker would have done.
 * @module
 */
import type { Links } from "../graph/links.js";
import type { PackedGraph } from "../graph/packed.js";

/** Decides how many tasks a batch takes. */
export interface Budget {
  /** true once nothing more fits */
  readonly isFull: boolean;
  /**
   * Counts the task in and returns true, or returns false if it does not fit.
   * @param isReady false: it only became possible by a task of the same batch
   */
  admit(task: number, isReady: boolean): boolean;
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
}

/** a task that misses fewer inputs belongs to the branch at hand, like the nodes of a tree reduction */
const fewInputs = 32;

/** Puts batches together, one after the other. */
export class Branch {
  private readonly graph: PackedGraph;
  private readonly dependents: Links;
  private readonly counts: TaskCounts;
  /** dependencies in the batch being put together; all 0 otherwise */
  private readonly promised: Int32Array;
  /** consumers in the same batch plus one, for tasks of the batch that was just put together; all 0 otherwise */
  private readonly inside: Int32Array;
  private tasks: number[] = [];

  constructor(graph: PackedGraph, dependents: Links, counts: TaskCounts) {
    this.graph = graph;
    this.dependents = dependents;
    this.counts = counts;
    this.promised = new Int32Array(graph.size);
    this.inside = new Int32Array(graph.size);
  }

  /**
   * Takes a task into the batch.
   * @returns the tasks that miss nothing any more but what this batch makes: they can go into it
   */
  add(task: number): number[] {
    this.tasks.push(task);
    const unblocked: number[] = [];
    this.forEachDependent(task, (dependent) => {
      this.promised[dependent] += 1;
      if (this.promised[dependent] === this.counts.waiting[dependent] && this.counts.taken[dependent] === 0)
        unblocked.push(dependent);
    });
    return unblocked;
  }

  /** The batch as it is; the next one begins empty. */
  end(): TakenTasks {
    const { tasks } = this;
    this.tasks = [];
    return { tasks, isReturned: this.needsOutside(tasks), continuation: this.endPromises(tasks) };
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
