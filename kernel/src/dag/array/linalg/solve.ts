/**
 * Linear systems and inverses. The matrix is brought into one block, so it must fit into memory with two copies.
 * @module
 */
import { ShapeError } from "../../../errors.js";
import { invertBlock, solveBlock } from "../block-functions.js";
import { cast } from "../elementwise.js";
import { type LazyArray, lazyArray } from "../lazy-array.js";
import { promote } from "../promotion.js";
import { rechunk } from "../unify.js";
import { asSquare, block } from "./matrix.js";

/**
 * X `[n]` or `[n, columns]` of A X = B, with LU factors and partial pivoting. Columns that are in different blocks of
 * B are solved side by side.
 * @throws {ShapeError} if A is no square matrix or B has not as many rows
 */
export function solve(a: LazyArray, b: LazyArray): LazyArray {
  const square = asSquare("solve", a);
  const [n] = square.shape;
  if (b.shape.length < 1 || b.shape.length > 2 || b.shape[0] !== n) {
    throw new ShapeError(
      `linalg.solve of shapes [${a.shape}] and [${b.shape}]: give a right side [${n}] or [${n}, columns]`,
      { a: a.shape, b: b.shape },
    );
  }
  const dtype = promote(square, b);
  const matrix = rechunk(cast(square, dtype), [[n], [n]]);
  const sides = rechunk(cast(b, dtype), [[n], ...b.chunks.slice(1)]);
  return lazyArray("solve", sides.chunks, dtype, {
    kind: "call",
    inputs: [matrix, sides],
    call: (index) => ({ label: "solve", fn: solveBlock, args: [block(matrix, 0, 0), block(sides, ...index)] }),
  });
}

/**
 * The inverse, in the chunks of the array. `solve` is faster and more accurate where it is enough.
 * @throws {ShapeError} if it is no square matrix
 */
export function inv(array: LazyArray): LazyArray {
  const square = asSquare("inv", array);
  const [n] = square.shape;
  const matrix = rechunk(square, [[n], [n]]);
  const inverse = lazyArray("inv", [[n], [n]], square.dtype, {
    kind: "call",
    inputs: [matrix],
    call: () => ({ label: "inv", fn: invertBlock, args: [block(matrix, 0, 0)] }),
  });
  return rechunk(inverse, square.chunks);
}
