/**
 * `coarsen`: one element for each small box of an array.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { normalizeAxis } from "./axes.js";
import type { LazyArray } from "./lazy-array.js";
import { type Reduction, reduce } from "./reductions.js";
import { reshape } from "./reshape.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * A reduction over boxes side by side.
 * @param boxes elements of a box along axes, by their numbers; 1 along others
 * @throws {ArgumentError} if an axis is no multiple of its box
 * @see Dask `coarsen`, dask/array/reductions.py
 */
export function coarsen(reduction: Reduction, array: LazyArray, boxes: Readonly<Record<number, number>>): LazyArray {
  assertKnownSizes(array, "coarsen");
  const { shape } = array;
  const sizes = shape.map(() => 1);
  for (const [axis, size] of Object.entries(boxes)) {
    const along = normalizeAxis(Number(axis), shape.length);
    if (!Number.isInteger(size) || size < 1 || shape[along] % size !== 0) {
      throw new ArgumentError(
        `coarsen: boxes of ${inspect(size)} do not fill axis ${along}, which has ${shape[along]} elements: give a divisor, ` +
          "or cut the rest off with slice",
        { axis: along, size },
      );
    }
    sizes[along] = size;
  }
  const boxed = reshape(
    array,
    shape.flatMap((size, axis) => [size / sizes[axis], sizes[axis]]),
  );
  return reduce(
    reduction,
    boxed,
    shape.map((_, axis) => 2 * axis + 1),
  );
}
