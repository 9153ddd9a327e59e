/**
 * Local improvement of a sequence: short stretches around its peak are put into their best order.
 * @module
 */
import { degree, type Links } from "../links.js";

/** Tasks of one stretch; the best way to each of its 2^WINDOW sets is kept. */
const WINDOW = 12;
/** Where the peak stands in the stretches that are tried, in this order. */
const OFFSETS: readonly number[] = [WINDOW >> 1, WINDOW - 2, 2];
/** Tasks and links looked at in all (about 10 ns each); then the sequence stays as it is. Keeps the search linear. */
const STEPS = 3_000_000;

/**
 * Lowers the peak of a sequence, if reordering at most `WINDOW` neighbours at a time can; else leaves it alone. A
 * graph of at most `WINDOW` tasks gets its best order. Stretches are solved exactly, by dynamic programming
 * over the sets of tasks that can have run (as Bellman's and Held and Karp's of 1962 over cities).
 * @param sequence changed in place
 * @param pressure that of `sequence`; changed in place
 * @param enough a peak with which to stop
 */
export function improveWindows(
  sequence: Int32Array,
  pressure: Float64Array,
  dependencies: Links,
  dependents: Links,
  sizes: Float64Array,
  enough: number,
): void {
  const { length } = sequence;
  const place = new Int32Array(length);
  for (let i = 0; i < length; i++) place[sequence[i]] = i;
  const width = Math.min(WINDOW, length);
  const ways = new Ways(width);
  let steps = STEPS;
  for (;;) {
    let peak = 0;
    for (const held of pressure) if (held > peak) peak = held;
    if (peak <= enough) return;
    steps -= length;
    for (let i = 0; i < length; i++) if (pressure[i] === peak && !lower(i, peak)) return;
  }

  /** Whether some stretch around position `i` has an order that stays below `peak`. */
  function lower(i: number, peak: number): boolean {
    return OFFSETS.some((offset) => {
      const from = Math.max(0, Math.min(length - width, i - offset));
      if (i <= from || i >= from + width || steps <= 0) return false;
      describe(from);
      steps -= ways.search(pressure[from], peak);
      if (!ways.isFound) return false;
      ways.apply(sequence, pressure, from);
      for (let k = from; k < from + width; k++) place[sequence[k]] = k;
      return true;
    });
  }

  /** Tells `ways` what each task of the stretch needs, adds and may release. */
  function describe(from: number): void {
    for (let i = 0; i < width; i++) {
      const node = sequence[from + i];
      let needs = 0;
      ways.releases[i].length = 0;
      for (let k = dependencies.start[node]; k < dependencies.start[node + 1]; k++) {
        const dependency = dependencies.to[k];
        if (place[dependency] >= from) needs |= 1 << (place[dependency] - from);
        const consumers = consumersWithin(dependency, from);
        if (consumers !== 0) ways.releases[i].push({ consumers, size: sizes[dependency] });
      }
      ways.needs[i] = needs;
      ways.adds[i] = degree(dependents, node) > 0 ? sizes[node] : 0;
    }
  }

  /** The consumers of `node` in the stretch, as a set; 0 if one comes after it: then nothing in it releases `node`. */
  function consumersWithin(node: number, from: number): number {
    let consumers = 0;
    steps -= degree(dependents, node);
    for (let k = dependents.start[node]; k < dependents.start[node + 1]; k++) {
      const at = place[dependents.to[k]] - from;
      if (at >= width) return 0;
      if (at >= 0) consumers |= 1 << at;
    }
    return consumers;
  }
}

/** A result that is released once all of `consumers` (a set of tasks of the stretch) have run. */
interface Release {
  readonly consumers: number;
  readonly size: number;
}

/** The best way to every set of tasks of one stretch. A set is a number: bit i is task i. */
class Ways {
  readonly width: number;
  /** what each task needs within the stretch, a set */
  readonly needs: Int32Array;
  /** what each task adds to what is held */
  readonly adds: Float64Array;
  /** results that each task may release */
  readonly releases: readonly Release[][];
  /** the search found an order below its limit */
  isFound = false;
  readonly #all: number;
  readonly #peak: Float64Array;
  readonly #sum: Float64Array;
  /** held after a set has run */
  readonly #held: Float64Array;
  /** the task that ran last */
  readonly #last: Int8Array;

  constructor(width: number) {
    this.width = width;
    this.needs = new Int32Array(width);
    this.adds = new Float64Array(width);
    this.releases = Array.from({ length: width }, () => []);
    this.#all = (1 << width) - 1;
    this.#peak = new Float64Array(1 << width);
    this.#sum = new Float64Array(1 << width);
    this.#held = new Float64Array(1 << width);
    this.#last = new Int8Array(1 << width);
  }

  /**
   * Searches an order that holds less than `limit` before each task but the first.
   * @param before held before the stretch
   * @returns steps taken
   */
  search(before: number, limit: number): number {
    this.#peak.fill(Number.POSITIVE_INFINITY);
    this.#peak[0] = 0;
    this.#sum[0] = 0;
    this.#held[0] = before;
    let steps = this.#all;
    for (let done = 0; done < this.#all; done++) {
      if (this.#peak[done] === Number.POSITIVE_INFINITY) continue;
      const peak = done === 0 ? 0 : Math.max(this.#peak[done], this.#held[done]);
      if (peak >= limit) continue;
      const sum = this.#sum[done] + this.#held[done];
      for (let i = 0; i < this.width; i++) {
        if (((done >> i) & 1) === 1 || (this.needs[i] & ~done) !== 0) continue;
        steps++;
        this.#reach(done | (1 << i), i, { peak, sum, held: this.#held[done] });
      }
    }
    this.isFound = this.#peak[this.#all] < limit;
    return steps;
  }

  #reach(set: number, task: number, way: { peak: number; sum: number; held: number }): void {
    const best = this.#peak[set];
    if (best < way.peak || (best === way.peak && this.#sum[set] <= way.sum)) return;
    let held = way.held + this.adds[task];
    for (const { consumers, size } of this.releases[task]) if ((consumers & ~set) === 0) held -= size;
    this.#peak[set] = way.peak;
    this.#sum[set] = way.sum;
    this.#held[set] = held;
    this.#last[set] = task;
  }

  /** Writes the order that was found into the stretch that starts at `from`. */
  apply(sequence: Int32Array, pressure: Float64Array, from: number): void {
    const tasks = sequence.slice(from, from + this.width);
    let set = this.#all;
    for (let i = this.width - 1; i >= 0; i--) {
      const task = this.#last[set];
      set &= ~(1 << task);
      sequence[from + i] = tasks[task];
      pressure[from + i] = this.#held[set];
    }
  }
}
