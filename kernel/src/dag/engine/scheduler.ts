/**
 * What runs next, and what is needed no longer: the state of one run, without any input or output.
 *
 * State, all per task:
 * - `state`      its `State` code
 * - `waiting`    number of dependencies that have not finished
 * - `uses`       number of consumers that have not finished, plus one if the result is asked for
 * - `taken`      1 while it is in a batch of a worker
 * - `ready`      tasks with `waiting` 0 that no worker has
 *
 * Tasks are taken in batches (branch.ts). The order among ready tasks is that of the policy (policies/).
 * @module
 */
import { type Links, reverseLinks } from "../graph/links.js";
import type { PackedGraph } from "../graph/packed.js";
import type { CutRange } from "./batch-cut.js";
import { Branch, type Budget, type TakenTasks } from "./branch.js";
import { State, type StateCode } from "./events.js";
import { levelsOf } from "./policies/levels.js";
import type { Policy, ReadyTasks } from "./policies/policy.js";
import type { PolicyName } from "./policies/policy-name.js";
import { policyOf } from "./policies/policy-of.js";
import { unblockedBy } from "./unblocked.js";

/** Hears every change of state. `time` and `worker` are those given to the method that caused it. */
export type OnChange = (task: number, state: StateCode, time: number, worker: number) => void;

/** How a scheduler chooses. */
export interface SchedulerOptions {
  /** default: `combined` */
  readonly policy?: PolicyName;
  /** bytes of the result of a task as far as they are known now; default: 1 each */
  readonly sizeOf?: (task: number) => number;
}

export class Scheduler {
  protected readonly graph: PackedGraph;
  private readonly onChange: OnChange;
  private readonly dependents: Links;
  protected readonly state: Uint8Array;
  protected readonly waiting: Int32Array;
  protected readonly uses: Int32Array;
  protected readonly taken: Uint8Array;
  private readonly branch: Branch;
  private readonly policy: Policy;
  private readonly ready: ReadyTasks;
  private readonly reachable: ReadyTasks;
  private readonly retries: number;
  private readonly attempts = new Map<number, number>();
  protected readonly isOutput: Uint8Array;
  private active = 0;
  private held = 0;
  protected unfinished: number;
  private stopped = false;
  /** Hears of every task that was taken and is no more. */
  onLeave: (task: number) => void = () => undefined;

  /** @param retries for tasks that have no own number of retries */
  constructor(graph: PackedGraph, retries: number, onChange: OnChange, time: number, options: SchedulerOptions = {}) {
    const { size, dependencyStart, outputs } = graph;
    this.graph = graph;
    this.retries = retries;
    this.onChange = onChange;
    this.dependents = reverseLinks({ size, start: dependencyStart, to: graph.dependencies });
    this.state = new Uint8Array(size);
    this.waiting = new Int32Array(size);
    this.uses = new Int32Array(size);
    this.taken = new Uint8Array(size);
    this.unfinished = size;
    for (let task = 0; task < size; task++) {
      this.waiting[task] = dependencyStart[task + 1] - dependencyStart[task];
      this.uses[task] = this.dependents.start[task + 1] - this.dependents.start[task];
    }
    this.isOutput = new Uint8Array(size);
    for (const task of outputs) this.isOutput[task] = 1;
    for (let task = 0; task < size; task++) this.uses[task] += this.isOutput[task];
    const { waiting, uses, taken, isOutput } = this;
    this.branch = new Branch(graph, this.dependents, { waiting, uses, taken, isOutput });
    const { policy = "combined", sizeOf = () => 1 } = options;
    const taskAt = new Int32Array(size);
    for (let task = 0; task < size; task++) taskAt[graph.priority[task]] = task;
    this.policy = policyOf(policy, { graph, taskAt, dependents: this.dependents, levels: levelsOf(graph), sizeOf });
    this.ready = this.policy.ready;
    this.reachable = this.policy.reachable;
    for (const task of this.policy.isBestFirst ? taskAt : taskAt.toReversed())
      if (this.waiting[task] === 0) this.enqueue(task, time);
  }

  /** Number of tasks that could run now. */
  get readyCount(): number {
    return this.ready.size;
  }

  /** Highest user priority among the tasks that could run now; -Infinity if there are none. */
  get topPriority(): number {
    const best = this.ready.peek(0);
    return best === undefined ? Number.NEGATIVE_INFINITY : (this.graph.options.get(best)?.priority ?? 0);
  }

  /** Number of results that wait for tasks, and of those that taken tasks may add. */
  get openCount(): number {
    return this.held + this.active;
  }

  /** Number of tasks that are taken. */
  get takenCount(): number {
    return this.active;
  }

  /** The task that `take` would take first for a worker; undefined if nothing is ready. */
  next(worker: number): number | undefined {
    return this.ready.peek(worker);
  }

  /** Tasks that use the result of a task. */
  dependentsOf(task: number): Int32Array {
    return this.dependents.to.subarray(this.dependents.start[task], this.dependents.start[task + 1]);
  }

  /** True while a worker has the task, or `park` has it. */
  isTaken(task: number): boolean {
    return this.taken[task] === 1;
  }

  /** True until the task has run. */
  isUnfinished(task: number): boolean {
    return this.state[task] <= State.processing;
  }

  /** True if the result of a task goes when one task that uses it has finished. */
  isLastUse(task: number): boolean {
    return this.uses[task] === 1;
  }

  /** True when no task runs and none will. */
  get isDone(): boolean {
    return this.active === 0 && (this.stopped || this.unfinished === 0);
  }

  /** True after a failure or `stop`: nothing new starts. */
  get isStopped(): boolean {
    return this.stopped;
  }

  /** Takes the next tasks for a worker; none if nothing is ready. */
  take(budget: Budget, worker = 0): TakenTasks {
    const isAlone = this.active === 0;
    while (!budget.isFull) {
      const from = this.policy.goesOn(worker, isAlone) ? this.reachable : this.ready;
      const task = from.peek(worker);
      if (task === undefined || !budget.admit(task, from === this.ready)) break;
      from.pop(worker);
      this.taken[task] = 1;
      this.policy.placed?.(task, worker);
      for (const unblocked of this.inPushOrder(this.branch.add(task))) this.reachable.push(unblocked);
    }
    this.reachable.clear();
    if (!this.policy.finishesBranches) return { ...this.endBatch(undefined), continuation: "none" };
    return this.endBatch(budget.range);
  }

  private endBatch(range: CutRange | undefined): TakenTasks {
    const { left, ...taken } = this.branch.end(range);
    this.active += taken.tasks.length + left.length;
    for (const task of left) this.leave(task);
    for (const task of this.inPushOrder(left)) if (this.waiting[task] === 0) this.ready.push(task);
    return taken;
  }

  /** Takes the next task for a worker aside until `unpark`: something it needs is not there yet. */
  park(worker: number): void {
    const task = this.ready.pop(worker);
    if (task === undefined) return;
    this.taken[task] = 1;
    this.active += 1;
  }

  /** A task that was taken aside comes next; after `stop` it is cancelled. */
  unpark(task: number, time: number): void {
    this.leave(task);
    if (this.stopped) this.change(task, State.cancelled, time, -1);
    else this.ready.push(task);
  }

  /** A worker has begun the task. */
  started(task: number, time: number, worker: number): void {
    if (this.state[task] !== State.processing) this.change(task, State.processing, time, worker);
  }

  /** A worker has finished the task; consumers become ready, and its inputs are released if they were the last use. */
  finished(task: number, time: number, worker: number): void {
    this.leave(task);
    this.unfinished -= 1;
    if (this.uses[task] > this.isOutput[task]) this.held += 1;
    this.policy.placed?.(task, worker);
    this.change(task, State.memory, time, worker);
    const unblocked = unblockedBy(task, this.dependents, this.waiting, this.taken);
    if (!this.stopped) for (const dependent of this.inPushOrder(unblocked)) this.enqueue(dependent, time);
    const { dependencyStart, dependencies } = this.graph;
    for (let i = dependencyStart[task]; i < dependencyStart[task + 1]; i++) this.drop(dependencies[i], time);
    if (this.uses[task] === 0) this.change(task, State.released, time, -1);
  }

  /**
   * The task threw.
   * @returns true if it will run again
   */
  failed(task: number, time: number, worker: number): boolean {
    const attempt = (this.attempts.get(task) ?? 0) + 1;
    this.attempts.set(task, attempt);
    if (this.stopped || attempt > (this.graph.options.get(task)?.retries ?? this.retries)) {
      this.gaveUp(task, time, worker);
      return false;
    }
    this.leave(task);
    this.enqueue(task, time);
    return true;
  }

  /**
   * The task must not run again.
   * @returns false if that was known before
   */
  gaveUp(task: number, time: number, worker: number): boolean {
    this.leave(task);
    this.fell(task, time, worker);
    return true;
  }

  /** A taken task did not run: the worker was told not to, or died before. */
  giveBack(task: number, time: number): void {
    this.leave(task);
    if (this.state[task] === State.erred) return;
    if (this.stopped) this.change(task, State.cancelled, time, -1);
    else if (this.waiting[task] === 0) this.enqueue(task, time);
    else if (this.state[task] !== State.waiting) this.change(task, State.waiting, time, -1);
  }

  /** Nothing new starts; tasks that no worker has are cancelled. */
  stop(time: number): void {
    if (this.stopped) return;
    this.stopped = true;
    this.ready.clear();
    for (let task = 0; task < this.graph.size; task++) {
      const isIdle = this.state[task] === State.waiting || this.state[task] === State.queued;
      if (isIdle && this.taken[task] === 0) this.change(task, State.cancelled, time, -1);
    }
  }

  /** Drops every result that is held. */
  releaseAll(time: number): void {
    for (let task = 0; task < this.graph.size; task++) {
      if (this.state[task] === State.memory) this.change(task, State.released, time, -1);
    }
  }

  /** A task has failed for good, and others with it. */
  protected fell(task: number, time: number, worker: number): void {
    this.change(task, State.erred, time, worker);
    this.erredFrom(task, time);
    this.stop(time);
  }

  protected change(task: number, state: StateCode, time: number, worker: number): void {
    this.state[task] = state;
    this.onChange(task, state, time, worker);
  }

  private enqueue(task: number, time: number): void {
    this.ready.push(task);
    this.change(task, State.queued, time, -1);
  }

  /** Takes tasks that are queued no longer out of those that are ready. */
  protected withdraw(): void {
    this.ready.clear();
    for (let task = 0; task < this.graph.size; task++) {
      if (this.state[task] === State.queued && this.taken[task] === 0) this.ready.push(task);
    }
  }

  protected leave(task: number): void {
    this.taken[task] = 0;
    this.active -= 1;
    this.onLeave(task);
  }

  protected drop(task: number, time: number): void {
    this.uses[task] -= 1;
    if (this.uses[task] === this.isOutput[task]) this.held -= 1;
    if (this.uses[task] === 0 && this.state[task] === State.memory) this.change(task, State.released, time, -1);
  }

  /** The best task goes first, or last if the policy prefers what came last. */
  private inPushOrder(tasks: readonly number[]): readonly number[] {
    if (tasks.length < 2) return tasks;
    const { priority } = this.graph;
    const sorted = tasks.toSorted((a, b) => priority[b] - priority[a]);
    return this.policy.isBestFirst ? sorted.reverse() : sorted;
  }

  private erredFrom(failed: number, time: number): void {
    const stack = [failed];
    for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
      this.forEachDependent(task, (dependent) => {
        if (this.state[dependent] === State.erred) return;
        this.change(dependent, State.erred, time, -1);
        stack.push(dependent);
      });
    }
  }

  protected forEachDependent(task: number, visit: (dependent: number) => void): void {
    const { start, to } = this.dependents;
    for (let i = start[task]; i < start[task + 1]; i++) visit(to[i]);
  }
}
