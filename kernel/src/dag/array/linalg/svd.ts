/**
 * Singular values of arrays that are cut along one axis only.
 * @see Dask `svd`, dask/array/linalg.py
 * @module
 */
import { svdBlock } from "../block-functions.js";
import { type LazyArray, lazyArray } from "../lazy-array.js";
import { matmul, transpose } from "../shaping.js";
import { asMatrix, block, cutBothWays, sharedCalls } from "./matrix.js";
import { qr } from "./qr.js";

/** U `[m, k]`, the singular values `[k]`, largest first, and V' `[k, n]`. */
export interface SvdFactors {
  readonly u: LazyArray;
  readonly s: LazyArray;
  readonly vt: LazyArray;
}

/**
 * Singular values of an array `[m, n]`, k the smaller of m and n: of the R of its QR.
 * @throws {ChunkError} if it is cut along both axes
 */
export function svd(array: LazyArray): SvdFactors {
  const x = asMatrix("svd", array);
  const [rows, columns] = x.chunks;
  if (columns.length > 1 && rows.length > 1) {
    throw cutBothWays("svd", x, "all columns or all rows", `[${rows[0]}, -1]) or x.rechunk([-1, ${columns[0]}]`);
  }
  if (columns.length > 1) {
    const { u, s, vt } = svd(transpose(x));
    return { u: transpose(vt), s, vt: transpose(u) };
  }
  if (rows.length === 1) return ofOneBlock(x);
  const { q, r } = qr(x);
  const { u, s, vt } = ofOneBlock(r);
  return { u: matmul(q, u), s, vt };
}

function ofOneBlock(x: LazyArray): SvdFactors {
  const [m, n] = x.shape;
  const k = Math.min(m, n);
  const factors = sharedCalls("svd", () => ({ label: "svd", fn: svdBlock, args: [block(x, 0, 0)] }));
  const part = (label: string, shape: readonly number[], position: number) =>
    lazyArray(
      label,
      shape.map((size) => [size]),
      x.dtype,
      { kind: "call", inputs: [x], call: () => factors.pick(label, 0, position) },
    );
  return { u: part("svd-u", [m, k], 0), s: part("svd-s", [k], 1), vt: part("svd-vt", [k, n], 2) };
}
