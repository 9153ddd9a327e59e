/**
 * The tasks of a run too large to be told one by one: so many of a group, in order of submission, are a
 * bucket.
 * @module
 */
import { State, type StateCode } from "../dag/engine/events.js";
import { VAST_TASKS } from "./limits.js";
import type { BucketChanges, BucketColumns } from "./messages.js";

/** A view draws no more tiles than about this. */
const MOST_BUCKETS = 2_100;
/** Of a group in a run of more than 100,000 tasks. */
const MOST_OF_GROUP = 400;

/** How tasks of a bucket are told apart: "failed" threw, "stopped" will never run. */
const FORMS = ["waiting", "queued", "running", "done", "failed", "stopped"] as const;
const [WAITING, QUEUED, RUNNING, DONE, FAILED, STOPPED] = FORMS.keys();
const FORM_COUNT = FORMS.length;

export class Buckets {
  /** tasks of a bucket; the last one of a group may have fewer */
  readonly size: number;
  readonly #bucketOf: Int32Array;
  readonly #form: Uint8Array;
  readonly #counts: Int32Array;
  readonly #isChanged: Uint8Array;
  #changed: number[] = [];

  /** @param groupOf group of each task */
  constructor(groupOf: Int32Array, groups: number) {
    const ofGroup = new Int32Array(groups);
    for (const group of groupOf) ofGroup[group] += 1;
    this.size = bucketSize(ofGroup);
    const first = new Int32Array(groups + 1);
    for (const [group, n] of ofGroup.entries()) first[group + 1] = first[group] + Math.ceil(n / this.size);
    this.#bucketOf = new Int32Array(groupOf.length);
    this.#form = new Uint8Array(groupOf.length);
    this.#counts = new Int32Array(first[groups] * FORM_COUNT);
    this.#isChanged = new Uint8Array(first[groups]);
    const seen = new Int32Array(groups);
    for (const [task, group] of groupOf.entries()) {
      const bucket = first[group] + Math.floor(seen[group] / this.size);
      seen[group] += 1;
      this.#bucketOf[task] = bucket;
      this.#counts[bucket * FORM_COUNT + WAITING] += 1;
    }
  }

  /** Notes that a task has left the state `before` for `state`. */
  move(task: number, before: StateCode, state: StateCode): void {
    const form = formOf(before, state);
    if (form === this.#form[task]) return;
    const bucket = this.#bucketOf[task];
    this.#counts[bucket * FORM_COUNT + this.#form[task]] -= 1;
    this.#counts[bucket * FORM_COUNT + form] += 1;
    this.#form[task] = form;
    if (this.#isChanged[bucket] === 1) return;
    this.#isChanged[bucket] = 1;
    this.#changed.push(bucket);
  }

  /** All buckets, those of the first group first. */
  columns(): BucketColumns {
    return { size: this.size, ...this.#columnsOf(Array.from(this.#isChanged, (_, bucket) => bucket)) };
  }

  /** The buckets that have changed since the last `take`. */
  take(): BucketChanges {
    const i = this.#changed;
    this.#changed = [];
    for (const bucket of i) this.#isChanged[bucket] = 0;
    return { i, ...this.#columnsOf(i) };
  }

  #columnsOf(buckets: readonly number[]) {
    const column = (form: number) => buckets.map((bucket) => this.#counts[bucket * FORM_COUNT + form]);
    return {
      queued: column(QUEUED),
      running: column(RUNNING),
      done: column(DONE),
      failed: column(FAILED),
      stopped: column(STOPPED),
    };
  }
}

/** The least round number of tasks that leaves few enough buckets. */
function bucketSize(ofGroup: Int32Array): number {
  const n = ofGroup.reduce((sum, count) => sum + count, 0);
  const mostOfGroup = n > VAST_TASKS ? MOST_OF_GROUP : MOST_BUCKETS;
  for (let power = 1; ; power *= 10) {
    for (const digit of [2, 2.5, 5, 10]) {
      const size = digit * power;
      if (!Number.isInteger(size)) continue;
      const buckets = Array.from(ofGroup, (count) => Math.ceil(count / size));
      const all = buckets.reduce((sum, count) => sum + count, 0);
      if (all <= Math.max(MOST_BUCKETS, ofGroup.length) && Math.max(...buckets) <= mostOfGroup) return size;
    }
  }
}

function formOf(before: StateCode, state: StateCode): number {
  switch (state) {
    case State.waiting:
      return WAITING;
    case State.queued:
      return QUEUED;
    case State.processing:
      return RUNNING;
    case State.erred:
      // The dependents of a task that threw are erred as well, but never ran.
      return before === State.processing ? FAILED : STOPPED;
    case State.cancelled:
      return STOPPED;
    default:
      return DONE;
  }
}
