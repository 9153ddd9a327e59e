/**
 * How many results depend on each task.
 * @module
 */
import type { Links } from "../../graph/links.js";
import { topological } from "../../graph/topological.js";

/** Steps that an exact count may take: about 50 ms. */
const MOST_STEPS = 20_000_000;
/** Bits of one pass. */
const PASS_WIDTH = 32;

/**
 * Number of tasks that need each task, directly or through others.
 *
 * An exact count takes as many steps as tasks and links times tasks / 32. Where that is more than 20 million (beyond
 * about 15,000 tasks) it is an upper bound: the number of paths to dependents, as in `ndependents` of early Dask, but
 * never more than there are tasks deeper in the graph, so that it cannot overflow.
 * @param mostSteps beyond so many the upper bound is taken
 * @returns `[size]`
 */
export function countDependents(dependencies: Links, dependents: Links, mostSteps = MOST_STEPS): Float64Array {
  const { size, to } = dependents;
  const sequence = topological(dependencies);
  const isAffordable = Math.ceil(size / PASS_WIDTH) * (size + to.length) <= mostSteps;
  return isAffordable ? exactCounts(dependents, sequence) : pathCounts(dependents, sequence);
}

/** One pass for each 32 tasks: which of those does each task lead to? */
function exactCounts({ size, start, to }: Links, sequence: Int32Array): Float64Array {
  const counts = new Float64Array(size);
  const reached = new Int32Array(size);
  for (let first = 0; first < size; first += PASS_WIDTH) {
    for (let i = size - 1; i >= 0; i--) {
      const task = sequence[i];
      let bits = 0;
      for (let k = start[task]; k < start[task + 1]; k++) {
        const dependent = to[k];
        const own = dependent - first;
        bits |= reached[dependent] | (own >= 0 && own < PASS_WIDTH ? 1 << own : 0);
      }
      reached[task] = bits;
      counts[task] += bitCount(bits);
    }
  }
  return counts;
}

function pathCounts({ size, start, to }: Links, sequence: Int32Array): Float64Array {
  const depth = new Int32Array(size);
  for (const task of sequence) {
    for (let k = start[task]; k < start[task + 1]; k++) depth[to[k]] = Math.max(depth[to[k]], depth[task] + 1);
  }
  const deeper = new Int32Array(size + 1);
  // First the number of tasks one level deeper, then the sum over all levels from there.
  for (const level of depth) if (level > 0) deeper[level - 1] += 1;
  for (let level = size - 1; level >= 0; level--) deeper[level] += deeper[level + 1];
  const counts = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    const task = sequence[i];
    let paths = 0;
    for (let k = start[task]; k < start[task + 1]; k++) paths += 1 + counts[to[k]];
    counts[task] = Math.min(paths, deeper[depth[task]]);
  }
  return counts;
}

/** @see https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
