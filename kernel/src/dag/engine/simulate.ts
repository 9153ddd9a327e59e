/**
 * A run on paper: the scheduler and the policy of real runs, with workers that only let time pass.
 * @module
 */
import type { PackedGraph } from "../graph/packed.js";
import type { Budget } from "./branch.js";
import { State, type StateCode } from "./events.js";
import type { PolicyName } from "./policies/policy-name.js";
import { Scheduler } from "./scheduler.js";

/** Who ran what when: columns of one length, in the order in which tasks began. Times from the start of the run. */
export interface Stream {
  readonly task: readonly number[];
  readonly worker: readonly number[];
  readonly start: readonly number[];
  readonly end: readonly number[];
}

export interface SimulateOptions {
  readonly workers: number;
  readonly policy: PolicyName;
  /** `[size]` how long each task takes, in any unit; at least 0 */
  readonly durations: Float64Array;
  /** `[size]` what each result counts, for example its bytes; at least 0 */
  readonly sizes: Float64Array;
}

/** What was held when: `held[i]` from `time[i]` to the next time. Columns of one length. */
export interface HeldOverTime {
  readonly time: readonly number[];
  readonly held: readonly number[];
}

/** What a run would do. */
export interface Simulation {
  /** when the last task has ended, in the unit of `durations` */
  readonly makespan: number;
  /**
   * Highest sum of `sizes` of results that are held at one time, as the event `end` of a run tells it: also results
   * that are asked for, and a new result together with the inputs it was made of.
   */
  readonly peak: number;
  /**
   * The same as `diagnostics` of a graph counts it: just before each task begins, without results that nothing needs
   * any more, also if they are asked for. With one worker it is what `diagnostics` says of the same sequence.
   */
  readonly pressure: number;
  /** `sizes` of results that went from the worker that made them to another one; once for each that needed it */
  readonly moved: number;
  /** sum of `sizes` of results that are held, whose highest is `peak` */
  readonly memory: HeldOverTime;
  readonly stream: Stream;
}

/**
 * Runs a graph on paper: every free worker gets one task at once, handing out takes no time. Real runs send small
 * tasks in batches, which follow the same policy, and do not hold results that are used inside a batch: they hold less.
 * Tasks that end at the same time end in the order in which they began.
 */
export function simulate(graph: PackedGraph, options: SimulateOptions): Simulation {
  return new PaperRun(graph, options).run();
}

interface Running {
  readonly task: number;
  readonly end: number;
}

class PaperRun {
  private readonly graph: PackedGraph;
  private readonly options: SimulateOptions;
  private readonly scheduler: Scheduler;
  private readonly stream = {
    task: [] as number[],
    worker: [] as number[],
    start: [] as number[],
    end: [] as number[],
  };
  /** by worker */
  private readonly running: (Running | undefined)[];
  /** workers in the order in which their tasks began */
  private busy: number[] = [];
  /** `[size]` consumers that have not finished */
  private readonly unused: Int32Array;
  private readonly memory = { time: [] as number[], held: [] as number[] };
  private time = 0;
  private held = 0;
  private peak = 0;
  private needed = 0;
  private pressure = 0;

  constructor(graph: PackedGraph, options: SimulateOptions) {
    const { workers, policy, sizes } = options;
    this.graph = graph;
    this.options = options;
    this.running = new Array<undefined>(workers).fill(undefined);
    this.unused = new Int32Array(graph.size);
    for (const dependency of graph.dependencies) this.unused[dependency] += 1;
    const onChange = (task: number, state: StateCode) => this.changed(task, state);
    this.scheduler = new Scheduler(graph, 0, onChange, 0, { policy, sizeOf: (task) => sizes[task] });
  }

  run(): Simulation {
    this.handOut(0);
    while (this.busy.length > 0) {
      const worker = this.nextToEnd();
      const { task, end } = this.running[worker]!;
      this.time = end;
      this.running[worker] = undefined;
      this.busy = this.busy.filter((other) => other !== worker);
      this.scheduler.finished(task, end, worker);
      this.used(task);
      this.handOut(end);
    }
    const { time: makespan, peak, pressure, memory, stream } = this;
    const moved = movedBetweenWorkers(this.graph, stream, this.options.sizes);
    return { makespan, peak, pressure, moved, memory, stream };
  }

  private handOut(time: number): void {
    const { running, scheduler, stream } = this;
    for (let worker = 0; worker < running.length && scheduler.readyCount > 0; worker++) {
      if (running[worker] !== undefined) continue;
      const [task] = scheduler.take(new OneTask(), worker).tasks;
      const end = time + this.options.durations[task];
      scheduler.started(task, time, worker);
      this.pressure = Math.max(this.pressure, this.needed);
      running[worker] = { task, end };
      this.busy.push(worker);
      stream.task.push(task);
      stream.worker.push(worker);
      stream.start.push(time);
      stream.end.push(end);
    }
  }

  private nextToEnd(): number {
    return this.busy.reduce((best, worker) => {
      return this.running[worker]!.end < this.running[best]!.end ? worker : best;
    });
  }

  private changed(task: number, state: StateCode): void {
    if (state === State.memory) this.held += this.options.sizes[task];
    else if (state === State.released) this.held -= this.options.sizes[task];
    else return;
    this.memory.time.push(this.time);
    this.memory.held.push(this.held);
    this.peak = Math.max(this.peak, this.held);
  }

  private used(task: number): void {
    const { dependencyStart, dependencies } = this.graph;
    const { sizes } = this.options;
    for (let k = dependencyStart[task]; k < dependencyStart[task + 1]; k++) {
      this.unused[dependencies[k]] -= 1;
      if (this.unused[dependencies[k]] === 0) this.needed -= sizes[dependencies[k]];
    }
    if (this.unused[task] > 0) this.needed += sizes[task];
  }
}

/** A batch of one task. */
class OneTask implements Budget {
  isFull = false;

  admit(): boolean {
    this.isFull = true;
    return true;
  }
}

/** Sum of the sizes of results that went to a worker which had not made them, once for each such worker. */
export function movedBetweenWorkers(
  { dependencyStart, dependencies }: Pick<PackedGraph, "dependencyStart" | "dependencies">,
  { task: tasks, worker: workers }: Pick<Stream, "task" | "worker">,
  sizes: Float64Array,
): number {
  const madeBy = new Map<number, number>();
  const isAt = new Set<string>();
  let moved = 0;
  for (const [i, task] of tasks.entries()) {
    const worker = workers[i];
    for (let k = dependencyStart[task]; k < dependencyStart[task + 1]; k++) {
      const input = dependencies[k];
      const place = `${input} ${worker}`;
      if (madeBy.get(input) === worker || isAt.has(place)) continue;
      isAt.add(place);
      moved += sizes[input];
    }
    madeBy.set(task, worker);
  }
  return moved;
}
