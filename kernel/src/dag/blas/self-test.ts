/**
 * A library is used only if it multiplies right: one with other integers than expected would not.
 * @module
 */
import type { Blas, BlasType, Stored } from "./blas.js";

/** [m, n, k] of the products: a square one, and one whose sizes all differ */
const SIZES = [
  [2, 2, 2],
  [3, 4, 5],
] as const;
const CONSTRUCTORS = { float64: Float64Array, float32: Float32Array } as const;

/** What came out wrong; undefined if nothing did. All numbers are small integers, so results are exact. */
export function selfTest(blas: Blas): string | undefined {
  for (const dtype of ["float64", "float32"] as const) {
    for (const sizes of SIZES) {
      for (const transposed of [0, 1, 2, 3]) {
        if (!isProductRight(blas, dtype, sizes, [(transposed & 1) === 1, transposed >= 2])) {
          return `its ${dtype} product of [${sizes[0]}, ${sizes[2]}] and [${sizes[2]}, ${sizes[1]}] is wrong`;
        }
      }
    }
    if (!isSolutionRight(blas, dtype)) return `its solution of a ${dtype} triangular system is wrong`;
  }
  return undefined;
}

function isProductRight(
  blas: Blas,
  dtype: BlasType,
  [m, n, k]: readonly number[],
  [isLeft, isRight]: readonly boolean[],
): boolean {
  const a = stored(dtype, [m, k], isLeft, 1);
  const b = stored(dtype, [k, n], isRight, 7);
  const c = stored(dtype, [m, n], false, 3);
  const expected = Float64Array.from(c.data);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) for (let l = 0; l < k; l++) expected[i * n + j] += at(a, i, l) * at(b, l, j);
  }
  blas.multiply(dtype, { m, n, k, a, b, beta: 1, c });
  return expected.every((value, i) => c.data[i] === value);
}

/** [6, 8] = x [[2, 0], [1, 4]]' */
function isSolutionRight(blas: Blas, dtype: BlasType): boolean {
  const of = (...values: readonly number[]) => new CONSTRUCTORS[dtype](values);
  const b = of(6, 8);
  blas.solveTriangular(dtype, { m: 1, n: 2, l: { data: of(2, 0, 1, 4), stride: 2 }, b: { data: b, stride: 2 } });
  return b[0] === 3 && b[1] === 1.25;
}

function stored(dtype: BlasType, [rows, columns]: readonly number[], isTransposed: boolean, first: number): Stored {
  const data = new CONSTRUCTORS[dtype](rows * columns).map((_, i) => ((first + 5 * i) % 11) - 4);
  return { data, stride: isTransposed ? rows : columns, isTransposed };
}

function at({ data, stride, isTransposed }: Stored, row: number, column: number): number {
  return isTransposed ? data[column * stride + row] : data[row * stride + column];
}
