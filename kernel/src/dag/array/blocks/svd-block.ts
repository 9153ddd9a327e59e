/**
 * Singular values of one block.
 * @module
 */
import { LinAlgError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { findLapack, floatType, fromMatrix, mlMatrix, toMatrix } from "./dense.js";
import { newBlocks } from "./new-blocks.js";

/**
 * U `[m, k]`, the singular values `[k]`, largest first, and V' `[k, n]` of a block `[m, n]`, k the smaller of m and n.
 * @throws {LinAlgError} if they are not found, as of a block with NaN
 */
export function svdBlock(block: Block): readonly Block[] {
  const [m, n] = block.shape;
  const k = Math.min(m, n);
  return newBlocks(block.dtype, [[m, k], [k], [k, n]], block, ([u, s, vt], scratch) => {
    if (k === 0) return;
    const lapack = findLapack();
    const elements = arena().view(block);
    if (lapack !== undefined) {
      const copy = arena().view(scratch.allocateAnywhere(block.dtype, [m, n]));
      copy.set(elements);
      const [left, values, right] = [u, s, vt].map((part) => arena().view(part));
      // LAPACK sees the transposed, whose U and V' are ours with their roles changed, and transposed too.
      const info = lapack.gesdd(floatType(block), n, m, copy, values, right, left);
      if (info !== 0) throw notFound(block);
      return;
    }
    if (!elements.every(Number.isFinite)) throw notFound(block);
    const matrix = toMatrix(block);
    const isWide = m < n;
    const svd = new (mlMatrix().SVD)(isWide ? matrix.transpose() : matrix);
    const [left, right] = [svd.leftSingularVectors, svd.rightSingularVectors];
    fromMatrix(isWide ? right : left, u);
    arena().view(s).set(svd.diagonal);
    fromMatrix((isWide ? left : right).transpose(), vt);
  });
}

function notFound({ shape }: Block): LinAlgError {
  return new LinAlgError(
    `the singular values of a block [${shape}] were not found: look for NaN and infinite elements in the array`,
    { shape },
  );
}
