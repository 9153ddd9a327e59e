/**
 * Operations that move elements without computing: transpose, slice; and the matrix product.
 * @module
 */
import { ShapeError } from "../../errors.js";
import { itemsize } from "../memory/dtype.js";
import { normalizeAxes, normalizeAxis } from "./axes.js";
import type { Chunks } from "./chunks.js";
import { cast } from "./elementwise.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { promote } from "./promotion.js";
import { piecesOf, type Slice, type SlicedAxis, type SliceItem, selectionOf } from "./selection.js";
import { commonCuts, rechunk } from "./unify.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The array with its axes in another order, by default reversed.
 * @throws {ShapeError} if `order` does not name each axis once
 */
export function transpose(array: LazyArray, order?: readonly number[]): LazyArray {
  const ndim = array.shape.length;
  const wanted = order ?? Array.from({ length: ndim }, (_, axis) => ndim - 1 - axis);
  if (normalizeAxes(wanted, ndim).length !== ndim) {
    throw new ShapeError(`transpose order [${wanted}] must name each of the ${ndim} axes once`, { order, ndim });
  }
  const normal = wanted.map((axis) => normalizeAxis(axis, ndim));
  if (normal.every((axis, i) => axis === i)) return array;
  const chunks = normal.map((axis) => array.chunks[axis]);
  return lazyArray("transpose", chunks, array.dtype, { kind: "transpose", input: array, order: normal });
}

/**
 * NumPy's basic indexing. The result keeps the cuts of the source; blocks of which nothing is taken are
 * not computed.
 * @throws {ShapeError} if an index is out of bounds
 */
export function sliceArray(array: LazyArray, items: readonly SliceItem[]): LazyArray {
  const selection = selectionOf(items, array.shape);
  const isWhole = selection.every(
    (item, i) => item.kind === "range" && item.step === 1 && Object.is(item.count, array.shape[i]),
  );
  if (isWhole) return array;
  assertKnownSizes(array, "indexing");
  const chunks: (readonly number[])[] = [];
  const axes: SlicedAxis[] = [];
  for (const item of selection) {
    if (item.kind === "new") {
      chunks.push([1]);
      continue;
    }
    const range = item.kind === "range" ? item : { start: item.at, step: 1, count: 1 };
    const pieces = piecesOf(range, array.chunks[axes.length]);
    axes.push({ pieces, step: range.step, axis: item.kind === "range" ? chunks.length : -1 });
    if (item.kind === "range") chunks.push(pieces.map(({ count }) => count));
  }
  return lazyArray("slice", chunks, array.dtype, { kind: "slice", input: array, axes });
}

/** A range of one axis, all of the others. */
export function sliceAlong(array: LazyArray, axis: number, range: Slice): LazyArray {
  return sliceArray(array, [...new Array<SliceItem>(axis).fill(null), range]);
}

/**
 * The matrix product of two arrays with two axes each. Element types meet as in NumPy, bool as int32; int32 wraps.
 * @throws {ShapeError} if an input has not two axes or the inner sizes differ
 */
export function matmul(left: LazyArray, right: LazyArray): LazyArray {
  if (left.shape.length !== 2 || right.shape.length !== 2 || left.shape[1] !== right.shape[0]) {
    throw new ShapeError(
      `matmul of shapes [${left.shape}] and [${right.shape}]: give two arrays with two axes, [m, k] and [k, n]`,
      { left: left.shape, right: right.shape },
    );
  }
  assertKnownSizes(left, "matmul");
  assertKnownSizes(right, "matmul");
  const met = promote(left, right);
  const result = met === "bool" ? "int32" : met;
  // products of narrow integers keep their low bits: those of the products in int32
  const dtype = itemsize(result) < 4 ? "int32" : result;
  const inner = commonCuts([left.chunks[1], right.chunks[0]]);
  const chunks = [left.chunks[0], right.chunks[1]];
  const [a, b] = [stored(left), stored(right)];
  const cut = ({ array, isTransposed }: Stored, [rows, columns]: Chunks) =>
    rechunk(cast(array, dtype), isTransposed ? [columns, rows] : [rows, columns]);
  const product = lazyArray("matmul", chunks, dtype, {
    kind: "matmul",
    left: cut(a, [chunks[0], inner]),
    right: cut(b, [inner, chunks[1]]),
    isLeftTransposed: a.isTransposed,
    isRightTransposed: b.isTransposed,
  });
  return cast(product, result);
}

interface Stored {
  readonly array: LazyArray;
  readonly isTransposed: boolean;
}

/** A matrix, or the one that it is the transposed of: a product reads both equally well. */
function stored(array: LazyArray): Stored {
  const { operation } = array;
  return operation.kind === "transpose" && operation.order.join() === "1,0"
    ? { array: operation.input, isTransposed: true }
    : { array, isTransposed: false };
}
