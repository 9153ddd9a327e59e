/**
 * Arrays joined along an axis. Blocks of the result are blocks of the inputs: nothing is copied.
 * @module
 */
import { ArgumentError, ShapeError } from "../../errors.js";
import { normalizeAxis } from "./axes.js";
import { expandDims } from "./axis-views.js";
import { cast } from "./elementwise.js";
import { sameBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { promote } from "./promotion.js";
import { commonCuts, rechunk } from "./unify.js";
import { sizesText } from "./unknown-sizes.js";

/**
 * The arrays one after the other along an existing axis; element types meet as in NumPy.
 * @throws {ArgumentError} if there is none
 * @throws {ShapeError} if they differ along another axis, or one has no axes
 */
export function concatenate(arrays: readonly LazyArray[], axis = 0): LazyArray {
  const [first] = arrays;
  if (first === undefined) throw new ArgumentError("concatenate of no arrays: give at least one", { arrays });
  const along = normalizeAxis(axis, first.shape.length);
  const fits = ({ shape }: LazyArray) =>
    shape.length === first.shape.length &&
    shape.every((size, own) => own === along || Object.is(size, first.shape[own]));
  const other = arrays.find((array) => !fits(array));
  if (other !== undefined) {
    throw new ShapeError(
      `concatenate of shapes [${sizesText(first.shape)}] and [${sizesText(other.shape)}] along axis ${along}: ` +
        "all other axes must have equal sizes",
      { first: first.shape, other: other.shape, axis: along },
    );
  }
  if (arrays.length === 1) return first;
  const dtype = promote(...arrays);
  const cuts = first.chunks.map((_, own) => (own === along ? [] : commonCuts(arrays.map(({ chunks }) => chunks[own]))));
  const parts = arrays.map((array) => rechunk(cast(array, dtype), cuts.with(along, array.chunks[along])));
  const owners = parts.flatMap((array) => array.chunks[along].map((_, number) => ({ array, number })));
  const chunks = cuts.with(
    along,
    parts.flatMap((array) => array.chunks[along]),
  );
  return lazyArray("concatenate", chunks, dtype, {
    kind: "task",
    inputs: parts,
    fn: sameBlock,
    argsOf: (index, { block }) => {
      const { array, number } = owners[index[along]];
      return [block(array, index.with(along, number))];
    },
  });
}

/**
 * The arrays one after the other along a new axis.
 * @throws {ArgumentError} if there is none
 * @throws {ShapeError} if their shapes differ
 */
export function stack(arrays: readonly LazyArray[], axis = 0): LazyArray {
  const [first] = arrays;
  if (first === undefined) throw new ArgumentError("stack of no arrays: give at least one", { arrays });
  const other = arrays.find(
    ({ shape }) => shape.length !== first.shape.length || shape.some((size, own) => !Object.is(size, first.shape[own])),
  );
  if (other !== undefined) {
    throw new ShapeError(
      `stack of shapes [${sizesText(first.shape)}] and [${sizesText(other.shape)}]: all must have one shape`,
      { first: first.shape, other: other.shape },
    );
  }
  return concatenate(
    arrays.map((array) => expandDims(array, axis)),
    axis,
  );
}
