/**
 * What factorizations of one block have in common: the LAPACK of the machine, or ml-matrix where there is none.
 * @module
 */
import { createRequire } from "node:module";
import type { Matrix } from "ml-matrix";
import type { BlasType } from "../../blas/blas.js";
import { findBlas } from "../../blas/find-blas.js";
import type { Lapack } from "../../blas/lapack.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { TypedArray } from "../../memory/dtype.js";
import { copyStrided } from "./copy.js";
import type { Scratch } from "./scratch.js";

/** The LAPACK of this thread, if the BLAS that was found has one. */
export function findLapack(): Lapack | undefined {
  return findBlas().found?.lapack;
}

/** Factorizations are of floats: integers were converted when the graph was built. */
export function floatType({ dtype }: Block): BlasType {
  return dtype as BlasType;
}

/** ml-matrix, which is loaded when it is first needed. */
export function mlMatrix(): typeof import("ml-matrix") {
  return createRequire(import.meta.url)("ml-matrix");
}

/** The block as a matrix of ml-matrix, with elements of its own. */
export function toMatrix(block: Block): Matrix {
  const [rows, columns] = block.shape;
  return mlMatrix().Matrix.from1DArray(rows, columns ?? 1, Array.from(arena().view(block)));
}

/** Stores a matrix of the size of the block. */
export function fromMatrix(matrix: Matrix, block: Block): void {
  arena().view(block).set(matrix.to1DArray());
}

/** A temporary copy in Fortran order of a block `[rows, columns]`. */
export function fortranCopy(block: Block, scratch: Scratch): TypedArray {
  const [rows, columns] = block.shape;
  const copy = arena().view(scratch.allocateAnywhere(block.dtype, [columns, rows]));
  copyStrided([columns, rows], { data: arena().view(block), start: 0, strides: [1, columns] }, rowsOf(copy, rows));
  return copy;
}

/** Copies `rows` x `columns` elements in Fortran order into a block in C order. */
export function fromFortran(data: TypedArray, rows: number, block: Block): void {
  const columns = block.shape[1] ?? 1;
  copyStrided([block.shape[0], columns], { data, start: 0, strides: [1, rows] }, rowsOf(arena().view(block), columns));
}

function rowsOf(data: TypedArray, columns: number) {
  return { data, start: 0, strides: [columns, 1] };
}
