/**
 * What is told of a run that has too many tasks to tell each.
 * @module
 */
import { type RunStarted, State, type StateCode } from "../dag/engine/events.js";
import { Buckets } from "./buckets.js";
import { MemoryStrip } from "./memory-strip.js";
import type { DoneColumns, SumChanges, SumColumns } from "./messages.js";
import { StreamBins } from "./stream-bins.js";

export class RunSums {
  readonly #groupOf: Int32Array;
  readonly #buckets: Buckets;
  readonly #stream: StreamBins;
  /** tasks that are done over time; keeping the highest of a stretch is keeping its last */
  readonly #done = new MemoryStrip();
  #newlyDone = new MemoryStrip();
  #doneCount = 0;

  constructor({ groupOf, groups, workers }: RunStarted) {
    this.#groupOf = groupOf;
    this.#buckets = new Buckets(groupOf, groups.length);
    this.#stream = new StreamBins(workers, groups.length);
  }

  /**
   * Notes that a task has left the state `before` for `state`.
   * @param start when it started on a worker, -1 if it did not
   */
  move(task: number, before: StateCode, state: StateCode, time: number, start: number, worker: number): void {
    this.#buckets.move(task, before, state);
    if (state === State.processing) this.#stream.begin(task, this.#groupOf[task], worker, time);
    if (before !== State.processing || state === State.processing) return;
    const span = [start, Math.max(time, start)] as const;
    if (start >= 0) this.#stream.end(task, this.#groupOf[task], worker, span, state === State.erred);
    if (state === State.memory) this.#doneCount += 1;
  }

  /** Notes how many tasks are done at `time`. Call it after each event. */
  count(time: number): void {
    this.#done.add(time, this.#doneCount);
    this.#newlyDone.add(time, this.#doneCount);
  }

  columns(now: number): SumColumns {
    return { buckets: this.#buckets.columns(), stream: this.#stream.columns(now), done: doneColumns(this.#done) };
  }

  /** What has changed since the last `take`. */
  take(now: number): SumChanges {
    const done = doneColumns(this.#newlyDone);
    this.#newlyDone = new MemoryStrip();
    return { buckets: this.#buckets.take(), stream: this.#stream.take(now), done };
  }
}

function doneColumns(strip: MemoryStrip): DoneColumns {
  const { t, bytes } = strip.columns();
  return { t, n: bytes };
}
