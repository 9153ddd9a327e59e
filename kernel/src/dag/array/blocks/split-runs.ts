/**
 * Finds where sorted lines must be cut so that the parts before the cuts are the smallest elements of all.
 * @see R. Blumofe et al., and Y. Saukas, S. Song: A note on parallel selection, 1998 (weighted median of medians)
 * @module
 */
import type { ElementArray } from "../../memory/dtype.js";

/**
 * Elements of each line that are among the `rank` smallest of all; of equal elements those of the first lines.
 * @param lines sorted, without NaN
 * @param rank from 0 to the number of all elements
 */
export function splitRuns(lines: readonly ElementArray[], rank: number): number[] {
  const low = lines.map(() => 0);
  const high = lines.map(({ length }) => length);
  for (;;) {
    const open = lines.map((_, i) => i).filter((i) => low[i] < high[i]);
    if (open.length === 0) return low;
    const pivot = weightedMedian(
      open.map((i) => ({ value: lines[i][(low[i] + high[i]) >> 1], weight: high[i] - low[i] })),
    );
    const below = lines.map((line, i) => bound(line, low[i], high[i], (value) => value < pivot));
    const upTo = lines.map((line, i) => bound(line, below[i], high[i], (value) => value <= pivot));
    if (sum(below) > rank) high.splice(0, high.length, ...below);
    else if (sum(upTo) < rank) low.splice(0, low.length, ...upTo);
    else return withEquals(below, upTo, rank - sum(below));
  }
}

/** Takes `missing` of the elements that equal the pivot, from the first lines. */
function withEquals(below: readonly number[], upTo: readonly number[], missing: number): number[] {
  let left = missing;
  return below.map((count, i) => {
    const taken = Math.min(left, upTo[i] - count);
    left -= taken;
    return count + taken;
  });
}

/** First position from `low` to `high` at which `holds` is false; it is true before and false after. */
function bound(line: ElementArray, low: number, high: number, holds: (value: number | bigint) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(line[middle])) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** At least a quarter of all elements is on either side of it. */
function weightedMedian(medians: { readonly value: number | bigint; readonly weight: number }[]): number | bigint {
  const sorted = medians.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const half = sorted.reduce((total, { weight }) => total + weight, 0) / 2;
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (passed >= half) return value;
  }
  return sorted[sorted.length - 1].value;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Elements before the first NaN of a sorted line. */
export function numbersOf<Line extends ElementArray>(line: Line): Line {
  const end = bound(line, 0, line.length, (value) => typeof value === "bigint" || !Number.isNaN(value));
  return line.subarray(0, end) as Line;
}
