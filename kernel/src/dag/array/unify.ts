/**
 * Brings arrays that meet in one operation to common chunks.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { boundsOf, type Chunks, equalChunks, type Shape } from "./chunks.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { assertKnownSizes, sizesText } from "./unknown-sizes.js";

/**
 * Shape of the result of an element-wise operation.
 * @throws {ShapeError} if an axis has different sizes and none is 1
 * @see https://numpy.org/doc/stable/user/basics.broadcasting.html
 */
function broadcastShapes(...shapes: readonly Shape[]): number[] {
  const ndim = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: ndim }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[shape.length - ndim + axis] ?? 1);
    const size = sizes.find((other) => other !== 1) ?? 1;
    if (sizes.every((other) => other === 1 || Object.is(other, size))) return size;
    if (sizes.some(Number.isNaN)) throw unknownSizes(shapes);
    throw new ShapeError(
      `shapes ${shapes.map((shape) => `[${shape}]`).join(" and ")} do not fit together: ` +
        "axes are matched from the last one, their sizes must be equal or 1",
      { shapes },
    );
  });
}

/**
 * The arrays cut at the same places, and the chunks of the broadcast result. An array is rechunked only
 * if its own cuts along an axis differ from those of all arrays together.
 */
export function unifyChunks(given: readonly LazyArray[]): { chunks: Chunks; arrays: LazyArray[] } {
  const arrays = given.map(inWholeUnits);
  const shape = broadcastShapes(...arrays.map((array) => array.shape));
  const chunks = shape.map((size, axis) => {
    const aligned = arrays.map((array) => array.chunks[array.chunks.length - shape.length + axis] ?? [1]);
    return commonCuts(
      size === 1 ? aligned.slice(0, 1) : aligned.filter((_, i) => sizeAt(arrays[i], shape, axis) !== 1),
    );
  });
  const rechunked = arrays.map((array) => {
    const offset = shape.length - array.shape.length;
    return rechunk(
      array,
      array.chunks.map((sizes, axis) => (array.shape[axis] === 1 ? sizes : chunks[axis + offset])),
    );
  });
  return { chunks, arrays: rechunked };
}

/** Index of the block of an array that is read for the block `index` of what it is broadcast to. */
export function broadcastIndex({ shape }: LazyArray, index: readonly number[]): number[] {
  const offset = index.length - shape.length;
  return shape.map((size, axis) => (size === 1 ? 0 : index[axis + offset]));
}

/**
 * The same array cut elsewhere.
 * @throws {ShapeError} if the sizes of its blocks are not known
 */
export function rechunk(array: LazyArray, chunks: Chunks): LazyArray {
  if (equalChunks(array.chunks, chunks)) return array;
  assertKnownSizes(array, "rechunk");
  return lazyArray("rechunk", chunks, array.dtype, { kind: "rechunk", input: array });
}

/**
 * The array with one block along each axis of size 1: an empty block beside the one with the element, as a selection
 * leaves it, would be read in its place when the axis is broadcast or dropped.
 */
export function inWholeUnits(array: LazyArray): LazyArray {
  return rechunk(
    array,
    array.chunks.map((sizes, axis) => (array.shape[axis] === 1 && sizes.length > 1 ? [1] : sizes)),
  );
}

/** Blocks that end wherever a block of one of the lists ends. */
export function commonCuts(lists: readonly (readonly number[])[]): readonly number[] {
  const [first] = lists;
  if (lists.every((sizes) => sizes.join() === first.join())) return first;
  // blocks of unknown size are told apart by their number alone; sizes that differ are found when they meet
  if (first.some(Number.isNaN) && lists.every((sizes) => sizes.length === first.length)) return first;
  const bounds = [...new Set(lists.flatMap(boundsOf))].sort((a, b) => a - b);
  return bounds.slice(1).map((bound, i) => bound - bounds[i]);
}

function sizeAt(array: LazyArray, shape: Shape, axis: number): number {
  return array.shape[array.shape.length - shape.length + axis] ?? 1;
}

function unknownSizes(shapes: readonly Shape[]): ShapeError {
  return new ShapeError(
    `shapes ${shapes.map((shape) => `[${sizesText(shape)}]`).join(" and ")} cannot be compared: an unknown size fits ` +
      "only one of the same selection; call y = await da.computeChunkSizes(y) first",
    { shapes },
  );
}
