/**
 * Linear systems whose matrix is one block.
 * @module
 */
import { LinAlgError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { findLapack, floatType, fortranCopy, fromFortran, fromMatrix, mlMatrix, toMatrix } from "./dense.js";
import { newBlock, type Scratch } from "./scratch.js";

/**
 * X of A X = B.
 * @param a `[n, n]`
 * @param b `[n]` or `[n, columns]`, as the result
 * @throws {LinAlgError} if A is singular
 */
export function solveBlock(a: Block, b: Block): Block {
  return newBlock(b.dtype, b.shape, a, (x, scratch) => {
    arena().view(x).set(arena().view(b));
    solveInPlace(a, x, scratch);
  });
}

/**
 * The inverse of a block `[n, n]`.
 * @throws {LinAlgError} if it is singular
 */
export function invertBlock(a: Block): Block {
  const [n] = a.shape;
  return newBlock(a.dtype, a.shape, a, (x, scratch) => {
    const identity = arena().view(x).fill(0);
    for (let i = 0; i < n; i++) identity[i * (n + 1)] = 1;
    solveInPlace(a, x, scratch);
  });
}

function solveInPlace(a: Block, x: Block, scratch: Scratch): void {
  const [n, columns = 1] = x.shape;
  if (n === 0 || columns === 0) return;
  const lapack = findLapack();
  if (lapack === undefined) {
    const lu = new (mlMatrix().LuDecomposition)(toMatrix(a));
    if (lu.isSingular()) throw singular(a);
    fromMatrix(lu.solve(toMatrix(x)), x);
    return;
  }
  const sides = x.shape.length === 1 ? arena().view(x) : fortranCopy(x, scratch);
  if (lapack.gesv(floatType(a), n, columns, fortranCopy(a, scratch), sides) !== 0) throw singular(a);
  if (x.shape.length > 1) fromFortran(sides, n, x);
}

function singular({ shape }: Block): LinAlgError {
  return new LinAlgError(
    `a matrix [${shape}] is singular, so the system has no single solution: take the rows that depend on others out`,
    { shape },
  );
}
