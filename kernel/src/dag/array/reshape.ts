/**
 * Other shapes of the same elements in C order.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { sizeOf } from "../memory/strides.js";
import { type AxisLike, normalizeAxes } from "./axes.js";
import { blockShape, boundsOf, type Shape } from "./chunks.js";
import { reshapeBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { sliceArray } from "./shaping.js";
import { rechunk } from "./unify.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The array with another shape. Blocks are brought together so that they are cut along the first axis alone; those of
 * the result are about as large.
 * @param shape elements per axis; one of them may be -1: what is left
 * @throws {ShapeError} if the shape holds another number of elements, or the sizes of the blocks are not known
 */
export function reshape(array: LazyArray, shape: Shape): LazyArray {
  assertKnownSizes(array, "reshape");
  const wanted = resolved(shape, array.shape);
  if (wanted.join() === array.shape.join()) return array;
  if (sizeOf(wanted) === 0) {
    const chunks = wanted.map((size) => [size]);
    return lazyArray("reshape", chunks, array.dtype, { kind: "full", value: 0 });
  }
  const along = firstLong(array.shape);
  const input = rechunk(
    array,
    array.chunks.map((sizes, axis) => (axis === along ? sizes : [array.shape[axis]])),
  );
  const line = reshaped(input, [scaled(input.chunks[along] ?? [1], sizeOf(array.shape.slice(along + 1)))]);
  if (wanted.length === 1) return line;
  const target = firstLong(wanted);
  const step = sizeOf(wanted.slice(target + 1));
  // cuts between rows of the result that are next to the cuts of the line
  const bounds = [...new Set(boundsOf(line.chunks[0]).map((bound) => Math.round(bound / step)))];
  const sizes = bounds.slice(1).map((bound, i) => bound - bounds[i]);
  const chunks = wanted.map((size, axis) => (axis === target ? sizes : [size]));
  return reshaped(rechunk(line, [scaled(sizes, step)]), chunks);
}

/** All elements as one line in C order. */
export function ravel(array: LazyArray): LazyArray {
  return reshape(array, [-1]);
}

/**
 * The array without axes of size 1: all of them, or those that are named.
 * @throws {ShapeError} if a named axis is longer
 */
export function squeeze(array: LazyArray, axis: AxisLike = null): LazyArray {
  const axes = normalizeAxes(axis, array.shape.length);
  const long = axis === null ? undefined : axes.find((one) => array.shape[one] !== 1);
  if (long !== undefined) {
    throw new ShapeError(`squeeze: axis ${long} has ${array.shape[long]} elements: name axes of size 1`, {
      axis,
      shape: array.shape,
    });
  }
  return sliceArray(
    array,
    array.shape.map((size, i) => (size === 1 && axes.includes(i) ? 0 : null)),
  );
}

/** Blocks that follow one another in both shapes, one to one. */
function reshaped(input: LazyArray, chunks: readonly (readonly number[])[]): LazyArray {
  const along = firstLong(input.shape);
  const target = chunks.findIndex((sizes) => sizes.length > 1);
  return lazyArray("reshape", chunks, input.dtype, {
    kind: "task",
    inputs: [input],
    fn: reshapeBlock,
    argsOf: (index, { block }) => {
      const number = target < 0 ? 0 : index[target];
      return [
        blockShape(chunks, index),
        block(
          input,
          input.shape.map((_, axis) => (axis === along ? number : 0)),
        ),
      ];
    },
  });
}

/** The first axis with more than one element, which alone may be cut; else the first one. */
function firstLong(shape: Shape): number {
  return Math.max(
    0,
    shape.findIndex((size) => size > 1),
  );
}

function scaled(sizes: readonly number[], factor: number): number[] {
  return sizes.map((size) => size * factor);
}

/** The shape without -1. */
function resolved(shape: Shape, own: Shape): number[] {
  const size = sizeOf(own);
  const rest = sizeOf(shape.filter((one) => one !== -1));
  const whole = shape.map((one) => (one === -1 ? size / rest : one));
  const isValid = whole.every((one) => Number.isInteger(one) && one >= 0) && sizeOf(whole) === size;
  if (isValid && shape.filter((one) => one === -1).length <= 1) return whole;
  throw new ShapeError(
    `an array of shape [${own}] cannot be reshaped to [${shape}]: give sizes whose product is ${size}; one may be -1`,
    { shape: own, wanted: shape },
  );
}
