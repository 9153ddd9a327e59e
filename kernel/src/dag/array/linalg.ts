/**
 * `da.linalg`: linear algebra by NumPy's names.
 * @module
 */
import { lazyOf } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { cholesky } from "./linalg/cholesky.js";
import { type NormOptions, norm } from "./linalg/norm.js";
import { qr } from "./linalg/qr.js";
import { inv, solve } from "./linalg/solve.js";
import { svd } from "./linalg/svd.js";
import { dot, einsum, outer, tensordot } from "./products.js";

/** The type of `linalg.norm`: a number for the whole array, else an array. */
export interface Norm {
  (array: AnyArray, options?: NormOptions & { readonly axis?: null; readonly keepdims?: false }): ChunkedArray<number>;
  (array: AnyArray, options: NormOptions): ChunkedArray;
}

/**
 * Factorizations run in the LAPACK of the machine if there is one, else in JavaScript. A block is factorized in one
 * piece, which Stop has to wait for.
 */
export const linalg = {
  /** The norm; `ord` and `axis` as in NumPy. @example da.linalg.norm(x, { ord: 1, axis: 0 }) */
  norm: ((array: AnyArray, options?: NormOptions) => wrap(norm(lazyOf(array), options))) as Norm,
  /**
   * QR of an array `[m, n]` whose columns are in one block: `[q, r]`, of `[m, k]` and `[k, n]`.
   * @throws {ChunkError} if the columns are not in one block
   */
  qr: (array: AnyArray): [q: ChunkedArray, r: ChunkedArray] => {
    const { q, r } = qr(lazyOf(array));
    return [wrap(q), wrap(r)];
  },
  /**
   * Singular values of an array `[m, n]` that is cut along one axis only: `[u, s, vt]`, of `[m, k]`, `[k]` and `[k, n]`.
   * @throws {ChunkError} if it is cut along both axes
   */
  svd: (array: AnyArray): [u: ChunkedArray, s: ChunkedArray, vt: ChunkedArray] => {
    const { u, s, vt } = svd(lazyOf(array));
    return [wrap(u), wrap(s), wrap(vt)];
  },
  /** The lower triangular L of L L' = `array`, of which only the lower triangle is read. */
  cholesky: (array: AnyArray) => wrap(cholesky(lazyOf(array))),
  /** X of A X = B, B being `[n]` or `[n, columns]`; A is brought into one block. */
  solve: (a: AnyArray, b: AnyArray) => wrap(solve(lazyOf(a), lazyOf(b))),
  /** The inverse; the array is brought into one block. */
  inv: (array: AnyArray) => wrap(inv(lazyOf(array))),
} as const;

/** Products beside `matmul`. */
export const productFunctions = {
  /** The sum of products over the last axis of `left` and the first of `right`, of one or two axes each. */
  dot: (left: AnyArray, right: AnyArray) => wrap(dot(lazyOf(left), lazyOf(right))),
  /** Products of every element of one array with every element of the other. */
  outer: (left: AnyArray, right: AnyArray) => wrap(outer(lazyOf(left), lazyOf(right))),
  /** NumPy's `tensordot` over one axis, for arrays with one or two axes. */
  tensordot: (left: AnyArray, right: AnyArray, axes = 1) => wrap(tensordot(lazyOf(left), lazyOf(right), axes)),
  /** The product of two matrices that share one index. @example da.einsum("ki,kj->ij", x, y) */
  einsum: (subscripts: string, left: AnyArray, right: AnyArray) =>
    wrap(einsum(subscripts, lazyOf(left), lazyOf(right))),
} as const;
