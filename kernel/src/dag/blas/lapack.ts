/**
 * The functions of LAPACK that dagbook calls. Matrices are in Fortran order (columns contiguous); a matrix in C order
 * is its own transposed there. Results are `info`: 0 if all went well, else see LAPACK.
 * @see https://www.netlib.org/lapack/explore-html/
 * @module
 */

import type { NativeLibrary } from "../../native-library.js";
import type { TypedArray } from "../memory/dtype.js";
import { type BlasType, letters } from "./blas.js";
import type { SymbolFamily } from "./symbol-family.js";

export interface Lapack {
  /** QR of `a` `[m, n]`: R above the diagonal, reflectors below and in `tau` */
  geqrf(dtype: BlasType, m: number, n: number, a: TypedArray, tau: TypedArray): number;
  /** The first `n` columns of the Q of `k` reflectors, in place of them. */
  orgqr(dtype: BlasType, m: number, n: number, k: number, a: TypedArray, tau: TypedArray): number;
  /** SVD of `a` `[m, n]`, which is destroyed: `u` `[m, k]`, `s` `[k]`, `vt` `[k, n]` with k the smaller of m and n */
  gesdd(dtype: BlasType, m: number, n: number, a: TypedArray, s: TypedArray, u: TypedArray, vt: TypedArray): number;
  /** Cholesky of the upper triangle of `a` `[n, n]`: U of U'U, in place of it */
  potrf(dtype: BlasType, n: number, a: TypedArray): number;
  /** X of A X = B, in place of `b` `[n, columns]`; `a` becomes its LU factors */
  gesv(dtype: BlasType, n: number, columns: number, a: TypedArray, b: TypedArray): number;
}

type Argument = TypedArray | Uint8Array | BigInt64Array;
type Call = (dtype: BlasType, ...args: readonly Argument[]) => void;

/** values of arguments of type CHARACTER */
const CHARACTERS = { S: Uint8Array.of(83), U: Uint8Array.of(85) } as const;
const CONSTRUCTORS = { float64: Float64Array, float32: Float32Array } as const;

/** The LAPACK of a library; undefined if it has none. */
export function bindLapack(library: NativeLibrary, family: SymbolFamily): Lapack | undefined {
  if (!library.has(family.lapack("dgesdd"))) return undefined;
  const isWide = family.integer === "int64";
  const integers = (length: number) => (isWide ? new BigInt64Array(length) : new Int32Array(length));
  const int = (value: number): Argument => (isWide ? BigInt64Array.of(BigInt(value)) : Int32Array.of(value));
  /** @param characters arguments of type CHARACTER, whose lengths Fortran expects at the end */
  const bind = (name: string, count: number, characters = 0): Call => {
    const types = [...new Array(count).fill("void *"), ...new Array(characters).fill("size_t")];
    const lengths = new Array(characters).fill(1);
    const d = library.bind(family.lapack(`${letters.float64}${name}`), "void", types);
    const s = library.bind(family.lapack(`${letters.float32}${name}`), "void", types);
    return (dtype, ...args) => (dtype === "float64" ? d : s)(...args, ...lengths);
  };
  /** Asks for the best size of the workspace, then works. */
  const withWork = (dtype: BlasType, work: (buffer: TypedArray, length: Argument) => void): void => {
    const size = new CONSTRUCTORS[dtype](1);
    work(size, int(-1));
    const length = Math.max(1, Math.ceil(size[0]));
    work(new CONSTRUCTORS[dtype](length), int(length));
  };
  const geqrf = bind("geqrf", 8);
  const orgqr = bind("orgqr", 9);
  const gesdd = bind("gesdd", 14, 1);
  const potrf = bind("potrf", 5, 1);
  const gesv = bind("gesv", 8);
  const leading = (size: number) => int(Math.max(1, size));
  return {
    geqrf(dtype, m, n, a, tau) {
      const info = integers(1);
      withWork(dtype, (work, size) => geqrf(dtype, int(m), int(n), a, leading(m), tau, work, size, info));
      return Number(info[0]);
    },
    orgqr(dtype, m, n, k, a, tau) {
      const info = integers(1);
      withWork(dtype, (work, size) => orgqr(dtype, int(m), int(n), int(k), a, leading(m), tau, work, size, info));
      return Number(info[0]);
    },
    gesdd(dtype, m, n, a, s, u, vt) {
      const info = integers(1);
      const least = Math.min(m, n);
      const pivots = integers(8 * least);
      const sizes = [int(m), int(n), a, leading(m), s, u, leading(m), vt, leading(least)];
      withWork(dtype, (work, size) => gesdd(dtype, CHARACTERS.S, ...sizes, work, size, pivots, info));
      return Number(info[0]);
    },
    potrf(dtype, n, a) {
      const info = integers(1);
      potrf(dtype, CHARACTERS.U, int(n), a, leading(n), info);
      return Number(info[0]);
    },
    gesv(dtype, n, columns, a, b) {
      const info = integers(1);
      gesv(dtype, int(n), int(columns), a, leading(n), integers(n), b, leading(n), info);
      return Number(info[0]);
    },
  };
}
