/**
 * Where elements are not 0.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { expandDims } from "./axis-views.js";
import { compress } from "./compress.js";
import { stack } from "./concatenate.js";
import { range } from "./creation.js";
import { cast } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { where } from "./logic.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The positions of the elements that are not 0, NaN included, in C order: for each axis one line, int64.
 * Their sizes are known when they are computed.
 * @throws {ShapeError} if the sizes of the blocks of the array are not known
 */
export function nonzero(array: LazyArray): LazyArray[] {
  assertKnownSizes(array, "nonzero");
  const mask = cast(array, "bool");
  const last = array.shape.length - 1;
  return array.shape.map((size, axis) => {
    let indices = range(0, size, 1, { chunks: [array.chunks[axis]], dtype: "int64" });
    for (let after = axis; after < last; after++) indices = expandDims(indices, -1);
    // broadcast to the shape of the array
    return compress(where(mask, indices, 0), mask);
  });
}

/**
 * The positions of the elements that are not 0, in C order, int64 `[elements, axes]`; see `nonzero`.
 * @throws {ShapeError} if the array has no axes, or the sizes of its blocks are not known
 */
export function argwhere(array: LazyArray): LazyArray {
  if (array.shape.length > 0) return stack(nonzero(array), 1);
  throw new ShapeError("argwhere of an array without axes: its one element has no position", { shape: array.shape });
}
