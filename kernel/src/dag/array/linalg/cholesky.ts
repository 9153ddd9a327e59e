/**
 * Cholesky factors, block by block.
 * @module
 */
import { choleskyBelow, choleskyDiagonal, zeroBlock } from "../block-functions.js";
import { type BlockCall, type LazyArray, lazyArray } from "../lazy-array.js";
import { rechunk } from "../unify.js";
import { asSquare, block, literal } from "./matrix.js";

/**
 * The lower triangular L of L L' = `array` `[n, n]`, of which only the lower triangle is read; it has the chunks of the
 * rows along both axes.
 * @throws {ShapeError} if it is no square matrix
 */
export function cholesky(array: LazyArray): LazyArray {
  const square = asSquare("cholesky", array);
  const [sizes] = square.chunks;
  const a = rechunk(square, [sizes, sizes]);
  const blockOf = ([i, j]: readonly number[]): BlockCall => {
    const row = (line: number) => Array.from({ length: j }, (_, k) => block(lower, line, k));
    if (i < j) return { label: "zeros", fn: zeroBlock, args: [literal(a.dtype), literal([sizes[i], sizes[j]])] };
    if (i === j) return { label: "cholesky", fn: choleskyDiagonal, args: [block(a, i, i), ...row(i)] };
    return { label: "cholesky", fn: choleskyBelow, args: [block(a, i, j), block(lower, j, j), ...row(i), ...row(j)] };
  };
  const lower: LazyArray = lazyArray("cholesky", a.chunks, a.dtype, {
    kind: "call",
    inputs: [a],
    call: blockOf,
  });
  return lower;
}
