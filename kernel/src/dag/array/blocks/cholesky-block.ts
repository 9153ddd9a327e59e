/**
 * One block of a Cholesky factor, from blocks left of it and above.
 * @see G. H. Golub, C. F. Van Loan: Matrix Computations, 4.2.9 (block Cholesky)
 * @module
 */
import { LinAlgError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { TypedArray } from "../../memory/dtype.js";
import { findLapack, floatType } from "./dense.js";
import { blasFor, multiplyBlocks } from "./matmul.js";
import { newBlock } from "./scratch.js";

const PLAN = { isLeftTransposed: false, isRightTransposed: true, isContinued: false };

/**
 * Block L_jj: the factor of A_jj minus the sum of L_jk L_jk'. Of A_jj only the lower triangle is read.
 * @param row blocks L_jk left of it
 * @throws {LinAlgError} if the matrix is not positive definite
 */
export function choleskyDiagonal(block: Block, ...row: readonly Block[]): Block {
  return remainder(block, row, row, (rest) => {
    const [n] = block.shape;
    const lapack = findLapack();
    // The upper triangle of what LAPACK sees, which is transposed, is our lower one.
    const info = lapack === undefined ? factorize(rest, n) : lapack.potrf(floatType(block), n, rest);
    if (info !== 0) {
      throw new LinAlgError(
        "the matrix is not positive definite, so it has no Cholesky factor: use linalg.solve or linalg.qr instead",
        { shape: block.shape },
      );
    }
    for (let i = 0; i < n; i++) rest.fill(0, i * n + i + 1, (i + 1) * n);
  });
}

/**
 * Block L_ij below the diagonal: X of X L_jj' = A_ij minus the sum of L_ik L_jk'.
 * @param others L_ik, then as many L_jk
 */
export function choleskyBelow(block: Block, diagonal: Block, ...others: readonly Block[]): Block {
  const half = others.length / 2;
  return remainder(block, others.slice(0, half), others.slice(half), (rest) => {
    const [m, n] = block.shape;
    const l = arena().view(diagonal);
    const blas = blasFor(block.dtype);
    if (blas === undefined) solveRows(rest, m, l, n);
    else blas.solveTriangular(floatType(block), { m, n, l: { data: l, stride: n }, b: { data: rest, stride: n } });
  });
}

/** A new block: `block` minus the sum of products, worked on by `finish`. */
function remainder(
  block: Block,
  lefts: readonly Block[],
  rights: readonly Block[],
  finish: (rest: TypedArray) => void,
): Block {
  return newBlock(block.dtype, block.shape, block, (output) => {
    const rest = arena().view(output);
    rest.set(arena().view(block));
    if (lefts.length > 0) {
      const sum = multiplyBlocks(PLAN, ...lefts, ...rights);
      const products = arena().view(sum);
      for (let i = 0; i < rest.length; i++) rest[i] -= products[i];
      arena().release(sum);
    }
    if (rest.length > 0) finish(rest);
  });
}

/** Cholesky of the lower triangle, row by row, in place; 1 + the row at which it fails, else 0. */
function factorize(a: TypedArray, n: number): number {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (j < i) a[i * n + j] = sum / a[j * n + j];
      else if (sum > 0) a[i * n + i] = Math.sqrt(sum);
      else return i + 1;
    }
  }
  return 0;
}

/** X of X L' = B in place of B. */
function solveRows(b: TypedArray, rows: number, l: TypedArray, n: number): void {
  for (let row = 0; row < rows * n; row += n) {
    for (let j = 0; j < n; j++) {
      let sum = b[row + j];
      for (let k = 0; k < j; k++) sum -= b[row + k] * l[j * n + k];
      b[row + j] = sum / l[j * n + j];
    }
  }
}
