/**
 * Axes as users name them.
 * @module
 */
import { ShapeError } from "../../errors.js";

/** One axis, several, or all of them (null); negative axes count from the last. */
export type AxisLike = number | readonly number[] | null;

/**
 * Axes from 0 up, in ascending order.
 * @throws {ShapeError} if an axis does not exist or is named twice
 */
export function normalizeAxes(axes: AxisLike, ndim: number): number[] {
  const list = axes === null ? Array.from({ length: ndim }, (_, i) => i) : [axes].flat();
  const normal = list.map((axis) => normalizeAxis(axis, ndim));
  if (new Set(normal).size !== normal.length) {
    throw new ShapeError(`axes [${list}] name one axis twice: name each axis once`, { axes });
  }
  return normal.sort((a, b) => a - b);
}

/** @throws {ShapeError} if the axis does not exist */
export function normalizeAxis(axis: number, ndim: number): number {
  const normal = axis < 0 ? axis + ndim : axis;
  if (Number.isInteger(axis) && normal >= 0 && normal < ndim) return normal;
  throw new ShapeError(
    `axis ${axis} does not exist in an array with ${ndim} axes: use an integer from ${-ndim} to ${ndim - 1}`,
    { axis, ndim },
  );
}
