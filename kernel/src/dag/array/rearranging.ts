/**
 * The elements in another order, or several times.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { type AxisLike, normalizeAxes, normalizeAxis } from "./axes.js";
import { expandDims } from "./axis-views.js";
import { concatenate } from "./concatenate.js";
import type { LazyArray } from "./lazy-array.js";
import { ravel, reshape } from "./reshape.js";
import { slice } from "./selection.js";
import { sliceAlong, sliceArray } from "./shaping.js";
import { take } from "./take.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/** The elements in the opposite order along an axis, several, or all. */
export function flip(array: LazyArray, axis: AxisLike = null): LazyArray {
  const axes = normalizeAxes(axis, array.shape.length);
  return sliceArray(
    array,
    array.shape.map((_, i) => (axes.includes(i) ? slice(null, null, -1) : null)),
  );
}

/**
 * The elements moved on by `shift` places along an axis, those at the end to its beginning; without an axis in C order.
 * @throws {ArgumentError} if `shift` is no integer
 */
export function roll(array: LazyArray, shift: number, axis?: number): LazyArray {
  assertInteger("roll: the shift", shift, Number.MIN_SAFE_INTEGER);
  assertKnownSizes(array, "roll");
  if (axis === undefined) return reshape(roll(ravel(array), shift, 0), array.shape);
  const along = normalizeAxis(axis, array.shape.length);
  const size = array.shape[along];
  const start = size === 0 ? 0 : ((-shift % size) + size) % size;
  if (start === 0) return array;
  return concatenate([sliceAlong(array, along, slice(start)), sliceAlong(array, along, slice(null, start))], along);
}

/**
 * Every element `repeats` times along an axis; without an axis in C order.
 * @throws {ArgumentError} if `repeats` is no integer from 0 up
 */
export function repeat(array: LazyArray, repeats: number, axis?: number): LazyArray {
  assertInteger("repeat: the number", repeats, 0);
  if (axis === undefined) return repeat(ravel(array), repeats, 0);
  const along = normalizeAxis(axis, array.shape.length);
  assertKnownSizes(array, "repeat");
  const places = Int32Array.from({ length: array.shape[along] * repeats }, (_, i) => Math.floor(i / repeats));
  return take(array, places, along);
}

/**
 * The whole array several times along its last axes, or new ones before them.
 * @throws {ArgumentError} if `reps` are no integers from 1 up
 */
export function tile(array: LazyArray, reps: number | readonly number[]): LazyArray {
  const counts = typeof reps === "number" ? [reps] : [...reps];
  for (const count of counts) assertInteger("tile: the number", count, 1);
  let result = array;
  while (result.shape.length < counts.length) result = expandDims(result, 0);
  const first = result.shape.length - counts.length;
  for (const [i, count] of counts.entries()) {
    result = concatenate(new Array<LazyArray>(count).fill(result), first + i);
  }
  return result;
}

function assertInteger(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  const expected = least >= 0 ? `an integer from ${least} up` : "an integer";
  throw new ArgumentError(`${what} must be ${expected} and is ${inspect(value)}`, { value });
}
