/**
 * Arrays side by side. Nothing is copied: the blocks of the result are those of the arrays.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ShapeError } from "../../errors.js";
import { normalizeAxis } from "./axes.js";
import { cast } from "./elementwise.js";
import { sameBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { promote } from "./promotion.js";
import { sliceArray } from "./shaping.js";
import { commonCuts, rechunk } from "./unify.js";
import { sizesText } from "./unknown-sizes.js";

/**
 * The arrays one after the other along an axis; element types meet as in arithmetic.
 * @throws {ArgumentError} if there is no array
 * @throws {ShapeError} if the arrays differ along another axis, or the axis does not exist
 */
export function concatenate(arrays: readonly LazyArray[], axis = 0): LazyArray {
  assertSome("concatenate", arrays);
  const [{ shape }] = arrays;
  const along = normalizeAxis(axis, shape.length);
  const fits = (other: LazyArray) =>
    other.shape.length === shape.length && shape.every((size, i) => i === along || Object.is(size, other.shape[i]));
  if (!arrays.every(fits)) {
    const shapes = arrays.map((array) => `[${sizesText(array.shape)}]`).join(", ");
    throw new ShapeError(`arrays of shapes ${shapes} do not fit together: they may differ along axis ${along} only`, {
      shapes: arrays.map((array) => array.shape),
      axis,
    });
  }
  const dtype = promote(...arrays);
  const cuts = shape.map((_, i) => commonCuts(arrays.map(({ chunks }) => chunks[i])));
  const parts = arrays.map((array) => rechunk(cast(array, dtype), cuts.with(along, array.chunks[along])));
  if (parts.length === 1) return parts[0];
  const owners = parts.flatMap((part) => part.chunks[along].map((_, number) => ({ part, number })));
  const chunks = cuts.with(
    along,
    parts.flatMap((part) => part.chunks[along]),
  );
  return lazyArray("concatenate", chunks, dtype, {
    kind: "task",
    inputs: parts,
    fn: sameBlock,
    argsOf: (index, { block }) => {
      const { part, number } = owners[index[along]];
      return [block(part, index.with(along, number))];
    },
  });
}

/**
 * Arrays of one shape along a new axis.
 * @throws {ArgumentError} if there is no array
 * @throws {ShapeError} if the shapes differ, or the axis does not exist in the result
 */
export function stack(arrays: readonly LazyArray[], axis = 0): LazyArray {
  assertSome("stack", arrays);
  const along = normalizeAxis(axis, arrays[0].shape.length + 1);
  return concatenate(
    arrays.map((array) => expandDims(array, along)),
    along,
  );
}

/**
 * The array with a new axis of size 1.
 * @throws {ShapeError} if the axis does not exist in the result
 */
export function expandDims(array: LazyArray, axis: number): LazyArray {
  const along = normalizeAxis(axis, array.shape.length + 1);
  return sliceArray(array, [...new Array<null>(along).fill(null), "newaxis"]);
}

function assertSome(what: string, arrays: readonly LazyArray[]): void {
  if (arrays.length === 0) {
    throw new ArgumentError(`${what} of ${inspect(arrays)}: give a list of one array or more`, { arrays });
  }
}
