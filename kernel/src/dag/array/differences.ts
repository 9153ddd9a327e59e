/**
 * Differences of neighbours.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ShapeError } from "../../errors.js";
import { normalizeAxis } from "./axes.js";
import { concatenate } from "./concatenate.js";
import { binary, cast } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { compare } from "./logic.js";
import { inexact } from "./promotion.js";
import { slice } from "./selection.js";
import { sliceAlong } from "./shaping.js";
import { rechunk } from "./unify.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The difference of each element and the one before it along an axis, `n` times; of bool whether they differ.
 * @throws {ArgumentError} if `n` is no integer from 0 up
 */
export function diff(array: LazyArray, n = 1, axis = -1): LazyArray {
  if (!Number.isInteger(n) || n < 0) {
    throw new ArgumentError(`diff: the number of times must be an integer from 0 up and is ${inspect(n)}`, { n });
  }
  const along = normalizeAxis(axis, array.shape.length);
  assertKnownSizes(array, "diff");
  let result = array;
  for (let i = 0; i < n; i++) {
    const [after, before] = [sliceAlong(result, along, slice(1)), sliceAlong(result, along, slice(null, -1))];
    result = difference(after, before);
  }
  return result;
}

/**
 * The slope at each element along an axis: half of the difference of its neighbours, at the ends the difference to
 * the one neighbour; divided by `spacing`.
 * @throws {ShapeError} if there are fewer than 2 elements along the axis, or several axes and none is named
 * @see NumPy `gradient` with `edge_order=1`
 */
export function gradient(array: LazyArray, spacing = 1, axis?: number): LazyArray {
  const ndim = array.shape.length;
  if (axis === undefined && ndim !== 1) {
    throw new ShapeError(
      `gradient of an array of shape [${array.shape}] needs an axis: give an integer from 0 to ${ndim - 1}`,
      { shape: array.shape },
    );
  }
  const along = normalizeAxis(axis ?? 0, ndim);
  assertKnownSizes(array, "gradient");
  if (array.shape[along] < 2) {
    throw new ShapeError(`gradient needs 2 elements along axis ${along}, which has ${array.shape[along]}`, {
      shape: array.shape,
      axis: along,
    });
  }
  const x = cast(array, inexact(array.dtype));
  const part = (start: number | null, stop: number | null) => sliceAlong(x, along, slice(start, stop));
  const slope = (after: LazyArray, before: LazyArray, steps: number) =>
    binary("divide", difference(after, before), steps * spacing);
  const inner = slope(part(2, null), part(null, -2), 2);
  return concatenate([slope(part(1, 2), part(0, 1), 1), inner, slope(part(-1, null), part(-2, -1), 1)], along);
}

/** `after` minus `before`, in the chunks of `after`: else every cut would become two. */
function difference(after: LazyArray, before: LazyArray): LazyArray {
  const aligned = rechunk(before, after.chunks);
  return after.dtype === "bool" ? compare("notEqual", after, aligned) : binary("subtract", after, aligned);
}
