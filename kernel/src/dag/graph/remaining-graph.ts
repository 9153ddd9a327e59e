/**
 * The part of a packed graph that is left to do after a run of it was stopped.
 * @module
 */
import { ArgKind, Builtin, type Kept, type PackedGraph, type TaskOptions } from "./packed.js";

/** How far a run of a graph came. */
export interface Remains {
  /** `[size]` 1 for each task that had finished */
  readonly isFinished: Uint8Array;
  /** results that are still there, by task */
  readonly kept: ReadonlyMap<number, Kept>;
}

/**
 * The graph of what has not finished, what of its inputs is not there any more, and the same outputs. Results that are
 * there are read where they are kept; one that is asked for is handed on by a task of its own. Literals and functions
 * keep their places. If everything has finished and is there, nothing but handing on is left.
 */
export function remainingGraph(graph: PackedGraph, remains: Remains): PackedGraph {
  const { tasks, newOf } = neededTasks(graph, remains);
  const columns = new Columns(graph, remains.kept, newOf);
  for (const task of tasks) columns.add(task);
  return columns.graph(tasks);
}

interface Needed {
  /** of the old graph, ascending */
  readonly tasks: readonly number[];
  /** `[size]` place in `tasks`, -1 for those that are left out */
  readonly newOf: Int32Array;
}

function neededTasks(graph: PackedGraph, { isFinished, kept }: Remains): Needed {
  const { size, outputs, dependencyStart, dependencies } = graph;
  const newOf = new Int32Array(size).fill(-1);
  const stack = [...outputs];
  for (let task = 0; task < size; task++) if (isFinished[task] === 0) stack.push(task);
  for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
    if (newOf[task] >= 0) continue;
    newOf[task] = 0;
    if (kept.has(task)) continue;
    for (let i = dependencyStart[task]; i < dependencyStart[task + 1]; i++) {
      if (!kept.has(dependencies[i])) stack.push(dependencies[i]);
    }
  }
  const tasks: number[] = [];
  for (let task = 0; task < size; task++) if (newOf[task] === 0) newOf[task] = tasks.push(task) - 1;
  return { tasks, newOf };
}

/** The columns of the new graph, filled task by task. */
class Columns {
  private readonly old: PackedGraph;
  private readonly kept: ReadonlyMap<number, Kept>;
  private readonly newOf: Int32Array;
  private readonly handles: Kept[];
  private readonly placeOfKept = new Map<number, number>();
  private readonly groups: string[] = [];
  private readonly newGroup = new Map<number, number>();
  private readonly groupOf: number[] = [];
  private readonly dependencyStart = [0];
  private readonly dependencies: number[] = [];
  private readonly stepStart = [0];
  private readonly stepFunction: number[] = [];
  private readonly argStart = [0];
  private readonly args: number[] = [];
  private readonly options = new Map<number, TaskOptions>();
  private readonly fusedStart: number[] = [];
  private readonly fusedKeys: string[] = [];
  private fusedAt = 0;

  constructor(old: PackedGraph, kept: ReadonlyMap<number, Kept>, newOf: Int32Array) {
    this.old = old;
    this.kept = kept;
    this.newOf = newOf;
    this.handles = [...old.kept];
  }

  add(task: number): void {
    const { old } = this;
    const options = old.options.get(task);
    if (options !== undefined) this.options.set(this.groupOf.length, options);
    this.groupOf.push(this.groupAt(old.groupOf[task]));
    if (this.kept.has(task)) this.handOn(task);
    else this.copy(task);
    this.dependencyStart.push(this.dependencies.length);
    this.stepStart.push(this.stepFunction.length);
  }

  graph(tasks: readonly number[]): PackedGraph {
    const { old, newOf } = this;
    const inOrder = tasks.toSorted((a, b) => old.priority[a] - old.priority[b]);
    const priority = new Int32Array(tasks.length);
    for (const [rank, task] of inOrder.entries()) priority[newOf[task]] = rank;
    return {
      size: tasks.length,
      keys: tasks.map((task) => old.keys[task]),
      groups: this.groups,
      groupOf: Int32Array.from(this.groupOf),
      dependencyStart: Int32Array.from(this.dependencyStart),
      dependencies: Int32Array.from(this.dependencies),
      stepStart: Int32Array.from(this.stepStart),
      stepFunction: Int32Array.from(this.stepFunction),
      argStart: Int32Array.from(this.argStart),
      args: Int32Array.from(this.args),
      literals: old.literals,
      functions: old.functions,
      kept: this.handles,
      outputs: old.outputs.map((task) => newOf[task]),
      priority,
      options: this.options,
      ...(old.memory !== undefined && { memory: Float64Array.from(tasks, (task) => old.memory?.[task] ?? Number.NaN) }),
      ...(old.fused !== undefined && { fused: { start: Int32Array.from(this.fusedStart), keys: this.fusedKeys } }),
    };
  }

  private handOn(task: number): void {
    this.stepFunction.push(Builtin.identity);
    this.args.push(this.keptCode(task));
    this.argStart.push(this.args.length);
  }

  private copy(task: number): void {
    const { dependencyStart, dependencies, stepStart, stepFunction, argStart, args } = this.old;
    for (const needed of dependencies.subarray(dependencyStart[task], dependencyStart[task + 1])) {
      if (!this.kept.has(needed)) this.dependencies.push(this.newOf[needed]);
    }
    this.copyFused(stepStart[task], stepStart[task + 1]);
    for (let step = stepStart[task]; step < stepStart[task + 1]; step++) {
      this.stepFunction.push(stepFunction[step]);
      for (const code of args.subarray(argStart[step], argStart[step + 1])) this.args.push(this.newCode(code));
      this.argStart.push(this.args.length);
    }
  }

  /** Tasks come in the order of their steps, so the places of fused ones do, too. */
  private copyFused(from: number, until: number): void {
    const { fused } = this.old;
    if (fused === undefined) return;
    while (fused.start[this.fusedAt] < from) this.fusedAt += 1;
    for (; fused.start[this.fusedAt] < until; this.fusedAt++) {
      this.fusedStart.push(this.stepFunction.length + fused.start[this.fusedAt] - from);
      this.fusedKeys.push(fused.keys[this.fusedAt]);
    }
  }

  private newCode(code: number): number {
    const kind = code & 3;
    if (kind !== ArgKind.task) return code;
    const task = code >> 2;
    return this.kept.has(task) ? this.keptCode(task) : (this.newOf[task] << 2) | ArgKind.task;
  }

  private keptCode(task: number): number {
    const handle = this.kept.get(task);
    let place = this.placeOfKept.get(task);
    if (place === undefined && handle !== undefined) {
      place = this.handles.push(handle) - 1;
      this.placeOfKept.set(task, place);
    }
    return ((place ?? 0) << 2) | ArgKind.kept;
  }

  private groupAt(group: number): number {
    const known = this.newGroup.get(group) ?? this.groups.push(this.old.groups[group]) - 1;
    this.newGroup.set(group, known);
    return known;
  }
}
