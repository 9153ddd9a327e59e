/**
 * QR of one block.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { findLapack, floatType, fortranCopy, fromFortran, fromMatrix, mlMatrix, toMatrix } from "./dense.js";
import { newBlocks } from "./new-blocks.js";

/** Q `[m, k]` and R `[k, n]` of a block `[m, n]`, k the smaller of m and n. */
export function qrBlock(block: Block): readonly Block[] {
  const [m, n] = block.shape;
  const k = Math.min(m, n);
  const lapack = findLapack();
  const shapes = [
    [m, k],
    [k, n],
  ];
  return newBlocks(block.dtype, shapes, block, ([q, r], scratch) => {
    if (k === 0) return;
    if (lapack === undefined) {
      // ml-matrix takes no more columns than rows: the others are R = Q'A.
      const whole = toMatrix(block);
      const decomposition = new (mlMatrix().QrDecomposition)(m < n ? whole.subMatrix(0, m - 1, 0, m - 1) : whole);
      const orthogonal = decomposition.orthogonalMatrix;
      fromMatrix(orthogonal, q);
      fromMatrix(m < n ? orthogonal.transpose().mmul(whole) : decomposition.upperTriangularMatrix, r);
    } else {
      const dtype = floatType(block);
      const a = fortranCopy(block, scratch);
      const tau = arena().view(scratch.allocateAnywhere(block.dtype, [k]));
      lapack.geqrf(dtype, m, n, a, tau);
      fromFortran(a, m, r);
      lapack.orgqr(dtype, m, k, k, a, tau);
      fromFortran(a, m, q);
    }
    clearBelow(r);
  });
}

/** Sets what lies below the diagonal to 0. */
function clearBelow(block: Block): void {
  const [rows, columns] = block.shape;
  const view = arena().view(block);
  for (let row = 1; row < rows; row++) view.fill(0, row * columns, row * columns + Math.min(row, columns));
}
