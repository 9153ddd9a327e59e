/**
 * The functions of a BLAS that dagbook calls. Matrices are in C order (rows contiguous) and read where they lie.
 * A call runs to its end, whatever happens: a thread inside cannot be ended, so callers keep calls short.
 * @see https://www.netlib.org/blas/blast-forum/cinterface.pdf
 * @module
 */

import type { NativeFunction, NativeLibrary } from "../../native-library.js";
import type { TypedArray } from "../memory/dtype.js";
import type { SymbolFamily } from "./symbol-family.js";

/** Element types that a BLAS computes with. */
export type BlasType = "float64" | "float32";

/** A matrix as it lies in memory. */
export interface Stored {
  /** from its first element on */
  readonly data: TypedArray;
  /** elements from one stored row to the next, at least 1 */
  readonly stride: number;
  /** true: the factor is the transposed of what is stored */
  readonly isTransposed?: boolean;
}

/** C = A B + beta C, with A of `[m, k]`, B of `[k, n]` and C of `[m, n]`. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Stored;
  readonly b: Stored;
  /** 0: what C held before is not read */
  readonly beta: 0 | 1;
  readonly c: Stored;
}

/** X, in place of B, of X L' = B: L lower triangular `[n, n]`, B of `[m, n]`. */
export interface TriangularRight {
  readonly m: number;
  readonly n: number;
  readonly l: Stored;
  readonly b: Stored;
}

export interface Blas {
  multiply(dtype: BlasType, product: Product): void;
  solveTriangular(dtype: BlasType, system: TriangularRight): void;
}

/** Letter of an element type in names of functions. */
export const letters: Readonly<Record<BlasType, "d" | "s">> = { float64: "d", float32: "s" };

// values of CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_UPLO, CBLAS_DIAG and CBLAS_SIDE
const ROW_MAJOR = 101;
const NO_TRANSPOSE = 111;
const TRANSPOSE = 112;
const LOWER = 122;
const NON_UNIT = 131;
const RIGHT = 142;

/** @throws if the library lacks one of the functions */
export function bindBlas(library: NativeLibrary, family: SymbolFamily): Blas {
  const { integer } = family;
  const gemm = bothTypes((letter, real) => {
    const types = ["int", "int", "int", integer, integer, integer, real, "void *", integer, "void *", integer];
    return library.bind(family.cblas(`${letter}gemm`), "void", [...types, real, "void *", integer]);
  });
  const trsm = bothTypes((letter, real) => {
    const types = ["int", "int", "int", "int", "int", integer, integer, real, "void *", integer, "void *", integer];
    return library.bind(family.cblas(`${letter}trsm`), "void", types);
  });
  const side = ({ isTransposed }: Stored) => (isTransposed ? TRANSPOSE : NO_TRANSPOSE);
  return {
    multiply(dtype, { m, n, k, a, b, beta, c }) {
      const factors = [side(a), side(b), m, n, k, 1, a.data, a.stride, b.data, b.stride];
      gemm[dtype](ROW_MAJOR, ...factors, beta, c.data, c.stride);
    },
    solveTriangular(dtype, { m, n, l, b }) {
      trsm[dtype](ROW_MAJOR, RIGHT, LOWER, TRANSPOSE, NON_UNIT, m, n, 1, l.data, l.stride, b.data, b.stride);
    },
  };
}

function bothTypes(bind: (letter: string, real: string) => NativeFunction): Readonly<Record<BlasType, NativeFunction>> {
  return { float64: bind(letters.float64, "double"), float32: bind(letters.float32, "float") };
}
