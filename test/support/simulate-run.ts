import type { DeltaMessage, GroupBundle, RunBundle, StateCode } from "dagbook/dashboard-messages";
import { depthFirst } from "./depth-first.js";
import { Heap } from "./heap.js";
import { sumsAt } from "./simulated-sums.js";

/** A graph to pretend to run: function, dependencies and milliseconds of every task. */
export interface SimulatedTask {
  readonly name: string;
  readonly needs: readonly number[];
  readonly ms: number;
  readonly bytes?: number;
}

export interface SimulationOptions {
  readonly title?: string;
  readonly workers?: number;
  /** tasks that throw when they end */
  readonly failing?: readonly number[];
  /** start other tasks after a failure, as long as the run lasts */
  readonly keepsGoing?: boolean;
  /** leave the task columns out, and what is told in their place */
  readonly countersOnly?: boolean;
  /** tasks of a bucket: tell sums in place of tasks, as the kernel does above 10,000 */
  readonly bucketSize?: number;
}

const MOST_DELTA_POINTS = 200;

/**
 * Runs a graph on pretended workers by list scheduling and tells how it stood at any time: the same
 * bundles and deltas a kernel would send, the same every time.
 */
export class SimulatedRun {
  readonly tasks: readonly SimulatedTask[];
  readonly names: readonly string[];
  /** milliseconds until the last task ended */
  readonly end: number;
  readonly #options: SimulationOptions;
  readonly #start: Float64Array;
  readonly #end: Float64Array;
  readonly #worker: Int32Array;
  readonly #ready: Float64Array;
  readonly #released: Float64Array;
  readonly #doomed: Float64Array;

  constructor(tasks: readonly SimulatedTask[], options: SimulationOptions = {}) {
    this.tasks = tasks;
    this.names = [...new Set(tasks.map(({ name }) => name))];
    this.#options = options;
    const n = tasks.length;
    const never = () => new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    this.#start = never();
    this.#end = never();
    this.#ready = never();
    this.#released = never();
    this.#doomed = never();
    this.#worker = new Int32Array(n).fill(-1);
    this.end = this.#schedule();
  }

  #schedule(): number {
    const { workers = 8, failing = [], keepsGoing = false } = this.#options;
    const willFail = new Set(failing);
    const consumers: number[][] = this.tasks.map(() => []);
    for (const [i, { needs }] of this.tasks.entries()) for (const d of needs) consumers[d]!.push(i);
    const missing = this.tasks.map(({ needs }) => needs.length);
    const open = consumers.map(({ length }) => length);
    const priority = depthFirst(this.tasks, consumers);
    const ready = new Heap(priority);
    for (const [i, count] of missing.entries()) if (count === 0) ready.push(i);
    for (const i of ready.items) this.#ready[i] = 0;
    const idle = new Heap(Array.from({ length: workers }, (_, w) => w));
    for (let w = 0; w < workers; w++) idle.push(w);
    const running = new Heap(this.#end);
    let [now, hasFailed] = [0, false];
    while (true) {
      while (idle.items.length > 0 && ready.items.length > 0 && (keepsGoing || !hasFailed)) {
        const i = ready.pop()!;
        this.#worker[i] = idle.pop()!;
        this.#start[i] = now + 2;
        this.#end[i] = now + 2 + this.tasks[i]!.ms;
        running.push(i);
      }
      const i = running.pop();
      if (i === undefined) return now;
      now = this.#end[i]!;
      idle.push(this.#worker[i]!);
      if (willFail.has(i)) {
        hasFailed = true;
        this.#doom(i, now, consumers);
        continue;
      }
      for (const d of this.tasks[i]!.needs) if (--open[d]! === 0) this.#released[d] = now;
      for (const next of consumers[i]!) {
        if (--missing[next]! === 0 && this.#doomed[next] === Number.POSITIVE_INFINITY) {
          this.#ready[next] = now;
          ready.push(next);
        }
      }
    }
  }

  #doom(failed: number, now: number, consumers: readonly (readonly number[])[]): void {
    const stack = [failed];
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      if (this.#doomed[i]! <= now) continue;
      this.#doomed[i] = now;
      stack.push(...consumers[i]!);
    }
  }

  #stateAt(i: number, t: number): StateCode {
    if (this.#doomed[i]! <= t) return 5;
    if (this.#released[i]! <= t) return 4;
    if (this.#end[i]! <= t) return 3;
    if (this.#start[i]! <= t) return 2;
    if (t >= this.end) return 6;
    return this.#ready[i]! <= t ? 1 : 0;
  }

  #fractionAt(i: number, t: number): number {
    if (this.#options.failing?.includes(i)) return 0; // says nothing of its progress, then throws
    if (this.#end[i]! <= t) return 1;
    return this.#start[i]! <= t ? Math.floor(20 * ((t - this.#start[i]!) / this.tasks[i]!.ms)) / 20 : 0;
  }

  #memory(from: number, to: number): { t: number[]; bytes: number[] } {
    const times = Array.from(
      { length: MOST_DELTA_POINTS },
      (_, k) => from + ((to - from) * (k + 1)) / MOST_DELTA_POINTS,
    );
    return { t: times, bytes: times.map((t) => this.#bytesAt(t)) };
  }

  #bytesAt(t: number): number {
    let bytes = 0;
    for (const [i, task] of this.tasks.entries()) {
      if (this.#end[i]! <= t && this.#released[i]! > t) bytes += task.bytes ?? 0;
    }
    return bytes;
  }

  #groups(t: number): GroupBundle[] {
    const place = new Map(this.names.map((name, g) => [name, g]));
    const counts = this.names.map(() => [0, 0, 0, 0, 0, 0, 0]);
    const ms = this.names.map(() => 0);
    const weights = this.names.map(() => new Map<number, number>());
    for (const [i, { name, needs, ms: length }] of this.tasks.entries()) {
      const g = place.get(name)!;
      counts[g]![this.#stateAt(i, t)]! += 1;
      if (this.#end[i]! <= t) ms[g]! += length;
      for (const d of needs) {
        const from = place.get(this.tasks[d]!.name)!;
        weights[g]!.set(from, (weights[g]!.get(from) ?? 0) + 1);
      }
    }
    return this.names.map((name, g) => ({
      name,
      n: counts[g]!.reduce((sum, count) => sum + count, 0),
      counts: counts[g]!,
      ms: ms[g]!,
      dependencies: [...weights[g]!],
    }));
  }

  #errors(from: number, to: number) {
    return (this.#options.failing ?? [])
      .filter((task) => this.#end[task]! > from && this.#end[task]! <= to)
      .map((task) => ({
        task,
        key: this.#key(task),
        name: "RangeError",
        message: "expected a positive number, got -1",
        stack: "RangeError: expected a positive number, got -1\n    at cell 3, line 2",
      }));
  }

  #key(task: number): string {
    return `${this.tasks[task]!.name}-${task}`;
  }

  /** The run as it stood at `t` milliseconds; at `end` or later it has ended. */
  bundleAt(t: number, state?: RunBundle["state"]): RunBundle {
    const { title = "total", workers = 8, failing = [], countersOnly = false, bucketSize } = this.#options;
    const place = new Map(this.names.map((name, g) => [name, g]));
    const hasEnded = t >= this.end;
    const [now, errors] = [Math.min(t, this.end), this.#errors(-1, t)];
    const dependencyStart = [0];
    for (const { needs } of this.tasks) dependencyStart.push(dependencyStart.at(-1)! + needs.length);
    const column = <T>(value: (i: number) => T) => this.tasks.map((_, i) => value(i));
    const memory = this.#memory(0, Math.max(1, now));
    return {
      v: 1,
      run: "run-1",
      seq: 0,
      title,
      state: state ?? (hasEnded ? (failing.length > 0 ? "erred" : "finished") : "running"),
      t0: 1_790_000_000_000,
      t1: hasEnded ? this.end : null,
      now,
      workers,
      n: this.tasks.length,
      groups: this.#groups(t),
      tasks:
        countersOnly || bucketSize !== undefined
          ? null
          : {
              key: column((i) => this.#key(i)),
              group: column((i) => place.get(this.tasks[i]!.name)!),
              state: column((i) => this.#stateAt(i, t)),
              start: column((i) => (this.#start[i]! <= t ? this.#start[i]! : -1)),
              end: column((i) => (this.#end[i]! <= t ? this.#end[i]! : -1)),
              worker: column((i) => (this.#start[i]! <= t ? this.#worker[i]! : -1)),
              fraction: column((i) => this.#fractionAt(i, t)),
              dependencyStart,
              dependencies: this.tasks.flatMap(({ needs }) => needs),
            },
      errors,
      peak: Math.max(0, ...memory.bytes),
      memory,
      ...(bucketSize !== undefined && { sums: this.#sumsAt(now, bucketSize) }),
    };
  }

  #sumsAt(now: number, size: number) {
    const column = <T>(value: (i: number) => T) => this.tasks.map((_, i) => value(i));
    const hasThrown = (i: number) => this.#options.failing?.includes(i) ?? false;
    const group = column((i) => this.names.indexOf(this.tasks[i]!.name));
    const state = column((i) => this.#stateAt(i, now));
    const start = column((i) => (this.#start[i]! <= now ? this.#start[i]! : -1));
    const end = column((i) => (this.#end[i]! <= now ? this.#end[i]! : -1));
    const worker = column((i) => this.#worker[i]!);
    const { workers = 8 } = this.#options;
    return sumsAt({ now, workers, groups: this.names.length, group, state, start, end, worker, hasThrown }, size);
  }

  /** What a graph that was only drawn looks like. */
  planned(): RunBundle {
    const { n, ...rest } = this.bundleAt(-1, "planned");
    return { ...rest, n, now: 0, memory: { t: [], bytes: [] } };
  }

  /** What changed after `from`, up to `to`. */
  delta(from: number, to: number, seq: number): DeltaMessage {
    const changed = this.tasks.flatMap((_, i) => (this.#stateAt(i, from) === this.#stateAt(i, to) ? [] : [i]));
    const moved = this.tasks.flatMap((_, i) => {
      const fraction = this.#fractionAt(i, to);
      return this.#stateAt(i, to) === 2 && fraction !== this.#fractionAt(i, from) ? [i] : [];
    });
    const { countersOnly = false, bucketSize } = this.#options;
    const sums = bucketSize === undefined ? undefined : this.#sumsAt(to, bucketSize);
    if (sums) [changed.length, moved.length] = [0, 0];
    return {
      kind: "delta",
      run: "run-1",
      seq,
      now: to,
      i: changed,
      s: changed.map((i) => this.#stateAt(i, to)),
      a: changed.map((i) => (this.#start[i]! <= to ? this.#start[i]! : -1)),
      b: changed.map((i) => (this.#end[i]! <= to ? this.#end[i]! : -1)),
      w: changed.map((i) => (this.#start[i]! <= to ? this.#worker[i]! : -1)),
      pi: moved,
      pf: moved.map((i) => this.#fractionAt(i, to)),
      memory: { t: [to], bytes: [this.#bytesAt(to)] },
      errors: this.#errors(from, to),
      ...((countersOnly || sums) && { groups: this.#groups(to) }),
      ...(sums && { sums: { ...sums, buckets: { i: sums.buckets.done.map((_, k) => k), ...sums.buckets } } }),
    };
  }
}
