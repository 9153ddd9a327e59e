/**
 * The part of `read-message` that checks the sums of a run with too many tasks to tell each.
 * @module
 */
import type { GroupBundle } from "dagbook/dashboard-messages";

type Fields = Readonly<Record<string, unknown>>;

/** Lanes times slices, times functions: an array of so many numbers is made from a message. */
const MOST_CELLS = 10_000;
const MOST_BINS = 20_000_000;
const FORMS = ["queued", "running", "done", "failed", "stopped"];

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
const isNumbers = (value: unknown, n: number): value is number[] =>
  Array.isArray(value) && value.length === n && value.every((item) => Number.isFinite(item));
const isIndices = (value: unknown, below: number): value is number[] =>
  Array.isArray(value) && value.every((item) => isCount(item) && item < below);

/** True for the sums of a bundle with these groups. */
export function isSums(value: unknown, groups: readonly Pick<GroupBundle, "n">[]): boolean {
  if (!isObject(value) || !isObject(value.buckets)) return false;
  const { size } = value.buckets;
  if (!isCount(size) || size < 1) return false;
  const buckets = groups.reduce((sum, { n }) => sum + Math.ceil(n / size), 0);
  return areBuckets(value.buckets, buckets) && isStream(value.stream, groups.length) && isDone(value.done);
}

/** True for the sums of a delta: the store, which knows the run, leaves out what lies outside of it. */
export function isSumChange(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.buckets) || !isIndices(value.buckets.i, Number.POSITIVE_INFINITY))
    return false;
  const isKnown = areBuckets(value.buckets, value.buckets.i.length);
  return isKnown && isStream(value.stream, Number.POSITIVE_INFINITY) && isDone(value.done);
}

function areBuckets(value: Fields, n: number): boolean {
  return FORMS.every((form) => isNumbers(value[form], n));
}

function isStream(value: unknown, groups: number): boolean {
  if (!isObject(value) || typeof value.isWhole !== "boolean") return false;
  const { sliceMs, slices, lanes, workersPerLane, cell, column, ms } = value;
  if (![slices, lanes, workersPerLane].every((count) => isCount(count) && count > 0)) return false;
  if (typeof sliceMs !== "number" || !(sliceMs > 0)) return false;
  const cells = Number(slices) * Number(lanes);
  if (cells > MOST_CELLS || (Number.isFinite(groups) && cells * (groups + 1) > MOST_BINS)) return false;
  return (
    isIndices(cell, cells) &&
    isIndices(column, groups + 1) &&
    column.length === cell.length &&
    isNumbers(ms, cell.length)
  );
}

function isDone(value: unknown): boolean {
  return (
    isObject(value) &&
    Array.isArray(value.t) &&
    isNumbers(value.t, value.t.length) &&
    isNumbers(value.n, value.t.length)
  );
}
