/**
 * The same elements under other axes. A kernel that reads the result reads the array itself: nothing is copied
 * before it is stored.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { type AxisLike, normalizeAxes, normalizeAxis } from "./axes.js";
import { type AxisChunks, type Chunks, normalizeChunks, type Shape } from "./chunks.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { transpose } from "./shaping.js";
import { inWholeUnits } from "./unify.js";
import { assertKnownSizes, sizesText } from "./unknown-sizes.js";

/**
 * The array with new axes of size 1 at these places of the result.
 * @throws {ShapeError} if a place does not exist or is named twice
 */
export function expandDims(array: LazyArray, axis: number | readonly number[]): LazyArray {
  const added = normalizeAxes(axis, array.shape.length + [axis].flat().length);
  let source = 0;
  const order = Array.from({ length: array.shape.length + added.length }, (_, place) =>
    added.includes(place) ? -1 : source++,
  );
  return seen(
    "expandDims",
    array,
    order,
    order.map((own) => (own < 0 ? [1] : array.chunks[own])),
  );
}

/**
 * The array without axes of size 1: all of them, or those named.
 * @throws {ShapeError} if a named axis has another size
 */
export function squeeze(given: LazyArray, axis: AxisLike = null): LazyArray {
  const array = inWholeUnits(given);
  const dropped =
    axis === null
      ? array.shape.flatMap((size, own) => (size === 1 ? [own] : []))
      : normalizeAxes(axis, array.shape.length);
  const other = dropped.find((own) => array.shape[own] !== 1);
  if (other !== undefined) {
    throw new ShapeError(
      `squeeze of axis ${other} of shape [${sizesText(array.shape)}]: it has ${array.shape[other]} elements, only axes of size 1 can go`,
      { axis: other, shape: array.shape },
    );
  }
  const order = array.shape.flatMap((_, own) => (dropped.includes(own) ? [] : [own]));
  return seen(
    "squeeze",
    array,
    order,
    order.map((own) => array.chunks[own]),
  );
}

/**
 * The array repeated along axes it does not have or has with size 1.
 * @param chunks of the result along repeated axes; default "auto"
 * @throws {ShapeError} if another size does not fit
 * @see https://numpy.org/doc/stable/user/basics.broadcasting.html
 */
export function broadcastTo(given: LazyArray, shape: Shape, chunks: AxisChunks = "auto"): LazyArray {
  assertKnownSizes(given, "broadcastTo");
  const array = inWholeUnits(given);
  const offset = shape.length - array.shape.length;
  const fits = offset >= 0 && array.shape.every((size, axis) => size === 1 || Object.is(size, shape[axis + offset]));
  if (!fits) {
    throw new ShapeError(
      `an array of shape [${sizesText(array.shape)}] does not broadcast to [${shape}]: axes are matched from the last one, ` +
        "their sizes must be equal or 1",
      { from: array.shape, to: shape },
    );
  }
  const order = shape.map((size, axis) => (axis < offset || array.shape[axis - offset] !== size ? -1 : axis - offset));
  const cut = normalizeChunks(
    shape,
    order.map((own) => (own < 0 ? chunks : array.chunks[own])),
    { dtype: array.dtype },
  );
  return seen("broadcastTo", array, order, cut);
}

/** The array with two axes exchanged. */
export function swapaxes(array: LazyArray, first: number, second: number): LazyArray {
  const ndim = array.shape.length;
  const [a, b] = [normalizeAxis(first, ndim), normalizeAxis(second, ndim)];
  return transpose(
    array,
    array.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

/**
 * The array with axes at other places; the others keep their order.
 * @throws {ShapeError} if the two lists differ in length
 */
export function moveaxis(
  array: LazyArray,
  source: number | readonly number[],
  destination: number | readonly number[],
): LazyArray {
  const ndim = array.shape.length;
  const from = [source].flat().map((axis) => normalizeAxis(axis, ndim));
  const to = [destination].flat().map((axis) => normalizeAxis(axis, ndim));
  if (from.length !== to.length) {
    throw new ShapeError(`moveaxis of [${from}] to [${to}]: give as many places as axes`, { source, destination });
  }
  const order = array.shape.flatMap((_, axis) => (from.includes(axis) ? [] : [axis]));
  for (const [place, axis] of to.map((place, i) => [place, from[i]] as const).sort(([a], [b]) => a - b)) {
    order.splice(place, 0, axis);
  }
  return transpose(array, order);
}

function seen(label: string, array: LazyArray, order: readonly number[], chunks: Chunks): LazyArray {
  if (order.length === array.shape.length && order.every((own, axis) => own === axis)) return array;
  return lazyArray(label, chunks, array.dtype, { kind: "transpose", input: array, order });
}
