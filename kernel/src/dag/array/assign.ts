/**
 * Arrays with other values at some places: NumPy's `x[where] = value` as a new array.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ShapeError } from "../../errors.js";
import { broadcastTo, expandDims } from "./axis-views.js";
import { full, range } from "./creation.js";
import { binary, cast, division } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { compare, logical, where } from "./logic.js";
import { padAlong } from "./pad.js";
import { isScalar, isWhole, type Operand, outOfBounds, type Scalar } from "./promotion.js";
import { type SliceItem, selectionOf } from "./selection.js";
import { take } from "./take.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/** Which elements get a value: those of a condition, or of a slice. */
type Place = LazyArray | SliceItem | readonly SliceItem[];

/** What a slice takes of an axis. */
interface AxisRange {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly isIndex: boolean;
}

/**
 * The array with `value` where a condition is true, or at the places of a slice. Values become the element type of the
 * array, fractions are cut off.
 * @throws {ShapeError} if condition or value do not broadcast to the places
 * @throws {DTypeError} if a number is beyond the element type
 * @see NumPy, "Assigning values to indexed arrays"
 */
export function assign(array: LazyArray, place: Place, value: Operand): LazyArray {
  const own = isScalar(value) ? scalarOf(array, value) : cast(value, array.dtype);
  if (!isCondition(place)) return assignSlice(array, ([place] as readonly SliceItem[]).flat(), own);
  const result = where(place, own, array);
  if (result.shape.join() === array.shape.join()) return cast(result, array.dtype);
  throw new ShapeError(
    `assign to an array of shape [${array.shape}]: a condition of shape [${place.shape}]` +
      `${isScalar(own) ? "" : ` and values of shape [${own.shape}]`} must broadcast to it`,
    { shape: array.shape, condition: place.shape },
  );
}

function isCondition(place: Place): place is LazyArray {
  return typeof place === "object" && place !== null && "operation" in place;
}

/** A number as an element of a whole type has no fraction; infinities and NaN are none. */
function scalarOf({ dtype }: LazyArray, value: Scalar): Scalar {
  if (!isWhole(dtype) || typeof value === "bigint") return value;
  if (dtype === "bool") return value === 0 ? 0 : 1;
  if (!Number.isFinite(value)) throw outOfBounds(value, dtype);
  return Math.trunc(value);
}

function assignSlice(array: LazyArray, items: readonly SliceItem[], value: Operand): LazyArray {
  assertKnownSizes(array, "assign");
  const ranges = selectionOf(items, array.shape).map((item): AxisRange => {
    if (item.kind === "index") return { start: item.at, step: 1, count: 1, isIndex: true };
    if (item.kind === "range") return { ...item, isIndex: false };
    throw new ArgumentError(`assign to ${inspect(items)}: "newaxis" names no elements, leave it out`, { items });
  });
  const spread = isScalar(value) ? value : spreadOver(array, ranges, value);
  const conditions = ranges.flatMap((own, axis) => {
    const isWhole = own.step === 1 && own.count === array.shape[axis];
    return isWhole ? [] : [alongAxis(isTaken(array, axis, own), axis, array.shape.length)];
  });
  const condition =
    conditions.length > 0
      ? conditions.reduce((all, other) => logical("logicalAnd", all, other))
      : full([], 1, { dtype: "bool" });
  return cast(where(condition, spread, array), array.dtype);
}

/** Along one axis: true at the places that a range takes. */
function isTaken(array: LazyArray, axis: number, { start, step, count }: AxisRange): LazyArray {
  const last = start + (count - 1) * step;
  const index = range(0, array.shape[axis], 1, { chunks: [array.chunks[axis]] });
  const inside = logical(
    "logicalAnd",
    compare("greaterEqual", index, Math.min(start, last)),
    compare("lessEqual", index, count === 0 ? -1 : Math.max(start, last)),
  );
  if (Math.abs(step) === 1) return inside;
  const isHit = compare("equal", division("mod", binary("subtract", index, start), Math.abs(step)), 0);
  return logical("logicalAnd", inside, isHit);
}

/** The values of the places, at these places of an array that has anything elsewhere. */
function spreadOver(array: LazyArray, ranges: readonly AxisRange[], value: LazyArray): LazyArray {
  const selected = ranges.filter(({ isIndex }) => !isIndex).map(({ count }) => count);
  if (selected.includes(0)) return array;
  const given = broadcastTo(value, selected);
  const dropped = ranges.flatMap(({ isIndex }, axis) => (isIndex ? [axis] : []));
  const whole = dropped.length > 0 ? expandDims(given, dropped) : given;
  return ranges.reduce((spread, { start, step, count, isIndex }, axis) => {
    const size = array.shape[axis];
    if (isIndex || (step === 1 && count === size)) return spread;
    if (step === 1) return padAlong(spread, axis, [start, size - start - count], 0);
    const places = Int32Array.from({ length: size }, (_, i) =>
      Math.min(count - 1, Math.max(0, Math.floor((i - start) / step))),
    );
    return take(spread, places, axis);
  }, whole);
}

/** A line as an array that has its elements along one axis of `ndim`. */
function alongAxis(line: LazyArray, axis: number, ndim: number): LazyArray {
  const others = Array.from({ length: ndim }, (_, i) => i).filter((i) => i !== axis);
  return others.length > 0 ? expandDims(line, others) : line;
}
