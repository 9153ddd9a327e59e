/**
 * QR of tall arrays whose columns are in one block.
 * @see A. Benson, D. Gleich, J. Demmel: Direct QR factorizations for tall-and-skinny matrices in MapReduce
 *   architectures, 2013; Dask `tsqr`, dask/array/linalg.py
 * @module
 */
import { multiplyBlocks, qrBlock } from "../block-functions.js";
import { type LazyArray, lazyArray } from "../lazy-array.js";
import { rechunk } from "../unify.js";
import { asMatrix, block, cutBothWays, literal, sharedCalls } from "./matrix.js";

/** Both factors: Q `[m, k]` and R `[k, n]`. */
export interface QrFactors {
  readonly q: LazyArray;
  readonly r: LazyArray;
}

const PLAN = { isLeftTransposed: false, isRightTransposed: false, isContinued: false };

/**
 * QR of an array `[m, n]`, k the smaller of m and n. Each block of rows is factorized by itself, then the R of all, one
 * above the other, in the same way.
 * @throws {ChunkError} if the columns are not in one block
 */
export function qr(array: LazyArray): QrFactors {
  const x = asMatrix("qr", array);
  const [rows, columns] = x.chunks;
  if (columns.length > 1) throw cutBothWays("qr", x, "all columns", `[${rows[0]}, -1]`);
  const [n] = columns;
  const factors = sharedCalls("qr", (i) => ({ label: "qr", fn: qrBlock, args: [block(x, i, 0)] }));
  if (rows.length === 1) {
    const k = Math.min(rows[0], n);
    return {
      q: lazyArray(
        "qr-q",
        [rows, [k]],
        x.dtype,
        call(x, () => factors.pick("qr-q", 0, 0)),
      ),
      r: lazyArray(
        "qr-r",
        [[k], [n]],
        x.dtype,
        call(x, () => factors.pick("qr-r", 0, 1)),
      ),
    };
  }
  const heights = rows.map((size) => Math.min(size, n));
  const stack = lazyArray(
    "qr-r",
    [heights, [n]],
    x.dtype,
    call(x, ([i]) => factors.pick("qr-r", i, 1)),
  );
  // As high as the blocks are, so that memory does not grow; two R at least, so that there are ever fewer.
  const upper = qr(rechunk(stack, [cuts(stack.shape[0], Math.max(2 * n, ...rows)), [n]]));
  const second = rechunk(upper.q, [heights, upper.q.chunks[1]]);
  const q = lazyArray("qr-q", [rows, second.chunks[1]], x.dtype, {
    kind: "call",
    inputs: [x, second],
    call: ([i]) => ({
      label: "qr-q",
      fn: multiplyBlocks,
      args: [literal(PLAN), factors.picked("qr-q-part", i, 0), block(second, i, 0)],
    }),
  });
  return { q, r: upper.r };
}

function call(input: LazyArray, of: (index: readonly number[]) => ReturnType<ReturnType<typeof sharedCalls>["pick"]>) {
  return { kind: "call", inputs: [input], call: of } as const;
}

/** Blocks of `size`, the last one smaller. */
function cuts(total: number, size: number): number[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => Math.min(size, total - i * size));
}
