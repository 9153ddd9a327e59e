/**
 * Emits the loops that add up distances from a shift and their squares, in vectors: of a line to one pair of sums,
 * or of the columns of some rows.
 * @module
 */
import { itemsize } from "../../memory/dtype.js";
import { FunctionBuilder } from "./function-builder.js";
import { arithmetic, op, simd, ValueType } from "./opcodes.js";
import { emitLoadPair, type Summed } from "./summed.js";
import { wasmModule } from "./wasm-module.js";

/** Elements of a line that are added up in one turn: four vectors, so that no addition waits for the one before. */
export const LINE_ELEMENTS = 8;
/**
 * Rows that are added up in one call: their sums are loaded and stored once. The most that fit are taken (measured
 * for a large block: 4 rows take twice as long as reading, 16 as long).
 */
export const COLUMN_ROWS = [16, 4, 1] as const;

/**
 * Adds up a line; positions are in bytes.
 * @param turns number of `LINE_ELEMENTS`
 * @param result two vectors: sums of distances, sums of squares, each in two parts
 */
export type LineSums = (x: number, turns: number, shift: number, result: number) => void;
/**
 * Adds the columns of some rows to `sums` and `squares`, which are float64; positions are in bytes.
 * @param pairs half the number of columns
 * @param rowBytes from one row to the next
 */
export type ColumnSums = (
  x: number,
  pairs: number,
  rowBytes: number,
  shift: number,
  sums: number,
  squares: number,
) => void;

const { i32, f64, v128 } = ValueType;
const { add, subtract, multiply } = arithmetic.float64;

/** The bytes of a module whose export `run` is a `LineSums`. */
export function emitLineSums(dtype: Summed): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, f64, i32]);
  const [x, turns, shift, result] = [0, 1, 2, 3];
  const [from, distance] = [f.local(v128), f.local(v128)];
  const parts = Array.from({ length: LINE_ELEMENTS / 2 }, () => ({ sum: f.local(v128), square: f.local(v128) }));
  f.get(shift).simd(simd.f64Splat).set(from);
  f.while(
    () => f.get(turns),
    () => {
      for (const [i, { sum, square }] of parts.entries()) {
        emitLoadPair(f.get(x), dtype, i * 2 * itemsize(dtype))
          .get(from)
          .simd(subtract)
          .set(distance);
        f.get(sum, distance).simd(add).set(sum);
        f.get(square, distance, distance).simd(multiply).simd(add).set(square);
      }
      f.advance(x, LINE_ELEMENTS * itemsize(dtype)).advance(turns, -1);
    },
  );
  const total = (locals: readonly number[]) => {
    f.get(...locals);
    for (let i = 1; i < locals.length; i++) f.simd(add);
  };
  f.get(result);
  total(parts.map(({ sum }) => sum));
  f.vector(simd.store).get(result);
  total(parts.map(({ square }) => square));
  f.vector(simd.store, 16);
  return wasmModule(f);
}

/** The bytes of a module whose export `run` is a `ColumnSums`. @param rows number of rows that it adds up */
export function emitColumnSums(dtype: Summed, rows: number): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32, i32, i32, i32]);
  const [x, pairs, rowBytes, shift, sums, squares] = [0, 1, 2, 3, 4, 5];
  const [row, from, distance] = [f.local(i32), f.local(v128), f.local(v128)];
  // two, so that an addition does not wait for the one before
  const parts = Array.from({ length: Math.min(rows, 2) }, () => ({ sum: f.local(v128), square: f.local(v128) }));
  f.while(
    () => f.get(pairs),
    () => {
      f.get(shift).vector(simd.load).set(from).get(x).set(row);
      for (let i = 0; i < rows; i++) {
        const { sum, square } = parts[i % 2];
        emitLoadPair(f.get(row), dtype, 0).get(from).simd(subtract).set(distance);
        if (i < 2) {
          f.get(distance).set(sum).get(distance, distance).simd(multiply).set(square);
        } else {
          f.get(sum, distance).simd(add).set(sum);
          f.get(square, distance, distance).simd(multiply).simd(add).set(square);
        }
        f.get(row, rowBytes).op(op.i32Add).set(row);
      }
      for (const [target, own] of [
        [sums, parts.map(({ sum }) => sum)],
        [squares, parts.map(({ square }) => square)],
      ] as const) {
        f.get(target, target).vector(simd.load);
        for (const part of own) f.get(part).simd(add);
        f.vector(simd.store);
        f.advance(target, 16);
      }
      f.advance(x, 2 * itemsize(dtype))
        .advance(shift, 16)
        .advance(pairs, -1);
    },
  );
  return wasmModule(f);
}
