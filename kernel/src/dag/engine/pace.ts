/**
 * How long tasks take and how large their results are, and from that how many go to a worker at once.
 * @module
 */
import type { PackedGraph } from "../graph/packed.js";
import type { CutRange } from "./batch-cut.js";
import type { Budget } from "./branch.js";

/** milliseconds of work that one batch aims at: long against the 30 µs of a message, short for the eye */
const batchMs = 1;
/** tasks that take longer go one at a time, so that every worker has one */
const singleMs = 0.5;
/** tasks whose results are small may wait for each other so much longer: only time is lost if that was wrong, no memory */
const lightReach = 5;
/** keeps messages small when tasks take next to nothing */
const maxTasks = 512;
/** weight of the newest time in the running mean */
const weight = 0.25;
/** until so many tasks were timed, a group without a time says nothing */
const enoughTimes = 16;
/** a message and its reply: work that takes less is not worth sharing with another worker */
export const messageMs = 0.2;
/** a batch may be cut after so much work */
const cutMs = 0.1;
/** a batch that takes longer goes on only if that leaves fewer results: then another worker could begin those tasks */
const enoughMs = 1.5;
/** bytes of a result that may lie about without harm */
const lightBytes = 65_536;
/** a group without a time is taken for this much slower than the mean of the others */
const caution = 4;

/** Running means of one run: tasks of one group (one function in one layer) take about the same time. */
export class Pace {
  private readonly groupOf: Int32Array;
  private readonly means: Float64Array;
  /** `[groups]` mean bytes of a result; NaN before the first one */
  private readonly bytes: Float64Array;
  private overall = Number.NaN;
  private overallBytes = Number.NaN;
  private times = 0;
  /** highest mean bytes of any group so far */
  private largest = 0;

  constructor({ groups, groupOf }: PackedGraph) {
    this.groupOf = groupOf;
    this.means = new Float64Array(groups.length).fill(Number.NaN);
    this.bytes = new Float64Array(groups.length).fill(Number.NaN);
  }

  /** Takes note that a task took `ms`. */
  observe(task: number, ms: number): void {
    const group = this.groupOf[task];
    this.means[group] = mix(this.means[group], ms);
    this.overall = mix(this.overall, ms);
    this.times += 1;
  }

  /** Takes note of the size of a task's result. */
  observeBytes(task: number, bytes: number): void {
    const group = this.groupOf[task];
    const mean = mix(this.bytes[group], bytes);
    this.bytes[group] = mean;
    if (mean > this.largest) this.largest = mean;
    this.overallBytes = mix(this.overallBytes, bytes);
  }

  /** Bytes of the result of a task: mean of its group, else of all results; 1 before the first result. */
  bytesOf(task: number): number {
    const mean = this.meanBytes(task);
    if (!Number.isNaN(mean)) return mean;
    return Number.isNaN(this.overallBytes) ? 1 : this.overallBytes;
  }

  /** True if results like that of the task are known to be small. */
  isLight(task: number): boolean {
    return this.bytes[this.groupOf[task]] < lightBytes;
  }

  /** Mean bytes of the results of tasks like this one; NaN if nobody can know. */
  meanBytes(task: number): number {
    return this.bytes[this.groupOf[task]];
  }

  /** No group has had results of more bytes in the mean. */
  get largestBytes(): number {
    return this.largest;
  }

  /** Milliseconds a task will take; undefined if nobody can know. */
  estimate(task: number): number | undefined {
    const mean = this.means[this.groupOf[task]];
    if (!Number.isNaN(mean)) return mean;
    return this.times >= enoughTimes ? this.overall * caution : undefined;
  }

  /** Milliseconds that tasks will take together; undefined if nobody can know, or there are none. */
  sum(tasks: readonly number[]): number | undefined {
    let total: number | undefined;
    for (const task of tasks) {
      const ms = this.estimate(task);
      if (ms === undefined) return undefined;
      total = (total ?? 0) + ms;
    }
    return total;
  }

  /**
   * An empty batch.
   * @param share how many of the ready tasks it may take if they are worth sharing, so that the other workers get theirs
   */
  batch(share: number): BatchBudget {
    return new BatchBudget(this, share);
  }
}

/** Fills one batch. The first task always fits. */
export class BatchBudget implements Budget {
  private readonly pace: Pace;
  private share: number;
  private count = 0;
  private ms: number | undefined = 0;
  /** how many tasks took the batch to `cutMs`, beyond `messageMs` and to `enoughMs` */
  private cutCount = Number.POSITIVE_INFINITY;
  private messageCount = Number.POSITIVE_INFINITY;
  private enoughCount = Number.POSITIVE_INFINITY;

  constructor(pace: Pace, share: number) {
    this.pace = pace;
    this.share = share;
  }

  get isFull(): boolean {
    return this.ms === undefined || this.ms >= batchMs * lightReach || this.count === maxTasks;
  }

  /** A batch that is worth sharing stays so: others would wait for a shorter one. */
  get range(): CutRange | undefined {
    const least = this.messageCount < this.count ? this.messageCount : this.cutCount;
    return least < this.count ? { least, enough: this.enoughCount } : undefined;
  }

  admit(task: number, isReady: boolean): boolean {
    const ms = this.pace.estimate(task);
    if (this.count > 0) {
      if (this.ms === undefined) return false;
      if (ms === undefined) {
        // What uses the others may go with them, as the last one: this worker would get it next.
        if (isReady) return false;
        this.ms = undefined;
        this.count += 1;
        return true;
      }
      if (isReady && this.share <= 0 && this.ms + ms > messageMs) return false;
      const reach = this.pace.isLight(task) ? lightReach : 1;
      if (ms > singleMs * reach || this.ms + ms > batchMs * reach) return false;
    }
    this.ms = this.ms === undefined || ms === undefined ? undefined : this.ms + ms;
    this.count += 1;
    if (this.ms !== undefined && this.ms >= cutMs) this.countTime(this.ms);
    if (isReady) this.share -= 1;
    return true;
  }

  private countTime(ms: number): void {
    const { count } = this;
    if (this.cutCount > count) this.cutCount = count;
    if (ms > messageMs && this.messageCount > count) this.messageCount = count;
    if (ms >= enoughMs && this.enoughCount > count) this.enoughCount = count;
  }
}

function mix(mean: number, value: number): number {
  return Number.isNaN(mean) ? value : mean + (value - mean) * weight;
}
