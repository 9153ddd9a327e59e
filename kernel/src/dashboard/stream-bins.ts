/**
 * The task stream of a run too large to be told task by task: how long each function ran on each lane in
 * each slice of time.
 * @module
 */
import { roundMs } from "./limits.js";
import type { StreamColumns } from "./messages.js";

/** More workers than this share lanes. */
const MOST_LANES = 32;
/** Lanes times slices: what a view can show, and a notebook can hold. */
const MOST_CELLS = 2_000;
const MOST_SLICES = 200;
/** Milliseconds of a slice as the run begins; it doubles as the run grows. */
const FIRST_SLICE_MS = 1;

export class StreamBins {
  readonly #lanes: number;
  readonly #workersPerLane: number;
  readonly #slices: number;
  /** functions, and one more for tasks that threw */
  readonly #columns: number;
  #sliceMs = FIRST_SLICE_MS;
  /** milliseconds by `(lane * slices + slice) * columns + column` */
  #ms = new Map<number, number>();
  readonly #changed = new Set<number>();
  #isWholeChanged = false;
  /** by worker: what it runs, and since when */
  readonly #running = new Map<number, { readonly task: number; readonly group: number; readonly start: number }>();

  constructor(workers: number, groups: number) {
    this.#workersPerLane = Math.ceil(Math.max(1, workers) / MOST_LANES);
    this.#lanes = Math.ceil(Math.max(1, workers) / this.#workersPerLane);
    this.#slices = Math.min(MOST_SLICES, Math.floor(MOST_CELLS / this.#lanes));
    this.#columns = groups + 1;
  }

  begin(task: number, group: number, worker: number, start: number): void {
    this.#running.set(worker, { task, group, start });
  }

  /** A task has ended; one that threw is counted apart from its function. */
  end(task: number, group: number, worker: number, [start, end]: readonly [number, number], hasThrown: boolean): void {
    if (this.#running.get(worker)?.task === task) this.#running.delete(worker);
    this.#reach(end);
    const column = hasThrown ? this.#columns - 1 : group;
    this.#spread(worker, column, start, end, (key, ms) => {
      this.#ms.set(key, (this.#ms.get(key) ?? 0) + ms);
      this.#changed.add(key);
    });
  }

  /** All of it, with what runs up to `now`. */
  columns(now: number): StreamColumns {
    return this.#columnsOf(this.#withRunning(now), true);
  }

  /** What has changed since the last `take`: all of it once slices have become longer. */
  take(now: number): StreamColumns {
    const ms = this.#withRunning(now);
    const isWhole = this.#isWholeChanged;
    const entries = isWhole ? ms : new Map([...this.#changed].map((key) => [key, ms.get(key) ?? 0]));
    this.#changed.clear();
    this.#isWholeChanged = false;
    // What ran was told for a moment: the next time tells it anew.
    this.#eachRunning(now, (key) => this.#changed.add(key));
    return this.#columnsOf(entries, isWhole);
  }

  #columnsOf(entries: ReadonlyMap<number, number>, isWhole: boolean): StreamColumns {
    const keys = [...entries.keys()];
    return {
      isWhole,
      sliceMs: this.#sliceMs,
      slices: this.#slices,
      lanes: this.#lanes,
      workersPerLane: this.#workersPerLane,
      cell: keys.map((key) => Math.floor(key / this.#columns)),
      column: keys.map((key) => key % this.#columns),
      ms: [...entries.values()].map(roundMs),
    };
  }

  #withRunning(now: number): Map<number, number> {
    for (const { start } of this.#running.values()) this.#reach(Math.max(now, start));
    const ms = new Map(this.#ms);
    this.#eachRunning(now, (key, more) => {
      ms.set(key, (ms.get(key) ?? 0) + more);
      this.#changed.add(key);
    });
    return ms;
  }

  #eachRunning(now: number, visit: (key: number, ms: number) => void): void {
    for (const [worker, { group, start }] of this.#running) this.#spread(worker, group, start, now, visit);
  }

  #spread(worker: number, column: number, start: number, end: number, visit: (key: number, ms: number) => void): void {
    const lane = Math.min(this.#lanes - 1, Math.max(0, Math.floor(worker / this.#workersPerLane)));
    const last = Math.min(this.#slices - 1, Math.floor(end / this.#sliceMs));
    for (let slice = Math.floor(start / this.#sliceMs); slice <= last; slice++) {
      const ms = Math.min(end, (slice + 1) * this.#sliceMs) - Math.max(start, slice * this.#sliceMs);
      if (ms > 0) visit((lane * this.#slices + slice) * this.#columns + column, ms);
    }
  }

  /** Doubles the slices until `time` is in one. */
  #reach(time: number): void {
    while (time >= this.#slices * this.#sliceMs) {
      const before = this.#ms;
      this.#ms = new Map();
      for (const [key, ms] of before) {
        const cell = Math.floor(key / this.#columns);
        const lane = Math.floor(cell / this.#slices);
        const slice = Math.floor((cell % this.#slices) / 2);
        const merged = (lane * this.#slices + slice) * this.#columns + (key % this.#columns);
        this.#ms.set(merged, (this.#ms.get(merged) ?? 0) + ms);
      }
      this.#sliceMs *= 2;
      this.#changed.clear();
      this.#isWholeChanged = true;
    }
  }
}
