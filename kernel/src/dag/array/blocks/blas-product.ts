/**
 * Multiplies blocks as matrices with the BLAS of the machine.
 * @module
 */
import type { Blas, BlasType } from "../../blas/blas.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { Factor } from "./wasm-product.js";

/**
 * Multiplications and additions of one call: about 0.2 s on one core. A thread inside a library cannot be ended, so
 * this is how long Stop may have to wait; between calls it ends at once.
 */
const OPERATIONS_PER_CALL = 8e9;
/** A call on fewer rows would read the right factor too often for what it computes. */
const LEAST_ROWS = 64;

/**
 * output = left * right + beta * output, summing over `k`; blocks are read where they lie.
 * @param beta 0: what the output held before is not read
 */
export function addBlasProduct(blas: Blas, output: Block, left: Factor, right: Factor, k: number, beta: 0 | 1): void {
  const dtype = output.dtype as BlasType;
  const [m, n] = output.shape;
  const a = arena().view(left.block);
  const b = { data: arena().view(right.block), stride: right.isTransposed ? k : n, isTransposed: right.isTransposed };
  const c = arena().view(output);
  const rows = Math.max(LEAST_ROWS, Math.floor(OPERATIONS_PER_CALL / (2 * n * k)));
  for (let row = 0; row < m; row += rows) {
    const first = left.isTransposed ? row : row * k;
    blas.multiply(dtype, {
      m: Math.min(rows, m - row),
      n,
      k,
      a: { data: a.subarray(first), stride: left.isTransposed ? m : k, isTransposed: left.isTransposed },
      b,
      beta,
      c: { data: c.subarray(row * n), stride: n },
    });
  }
}
