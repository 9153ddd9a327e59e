/**
 * Emits the innermost part of a matrix product: 4 rows times 2 vectors, held in registers.
 * @see K. Goto, R. A. van de Geijn: Anatomy of high-performance matrix multiplication, 2008 (packing, register tile)
 * @module
 */
import type { DType } from "../../memory/dtype.js";
import { itemsize } from "../../memory/dtype.js";
import { FunctionBuilder } from "./function-builder.js";
import type { LaneType } from "./lane-type.js";
import { arithmetic, op, simd, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/** Rows of the register tile. */
export const tileRows = 4;
/** Columns of the register tile: two vectors. */
export function tileColumns(dtype: DType): number {
  return 32 / itemsize(dtype);
}

/**
 * Adds a product to one tile of C.
 * @param depth length of the sums
 * @param a first byte of a panel: `tileRows` elements for each k
 * @param b first byte of a panel: `tileColumns` elements for each k
 * @param c first byte of the tile
 * @param rowBytes from one row of the tile to the next
 */
export type TileProduct = (depth: number, a: number, b: number, c: number, rowBytes: number) => void;

/** The bytes of a module whose export `run` is a `TileProduct`. */
export function emitTileProduct(dtype: Exclude<LaneType, "bool">): Uint8Array<ArrayBuffer> {
  const { i32, v128 } = ValueType;
  const f = new FunctionBuilder([i32, i32, i32, i32, i32]);
  const [depth, a, b, c, rowBytes] = [0, 1, 2, 3, 4];
  const { add, multiply } = arithmetic[dtype];
  const size = itemsize(dtype);
  const sums = Array.from({ length: tileRows }, () => [f.local(v128), f.local(v128)]);
  const [left, right, factor, row] = [f.local(v128), f.local(v128), f.local(v128), f.local(i32)];
  const eachRow = (visit: (pair: readonly number[]) => void) => {
    f.get(c).set(row);
    for (const pair of sums) {
      visit(pair);
      f.get(row, rowBytes).op(op.i32Add).set(row);
    }
  };
  eachRow(([first, second]) => f.get(row).vector(simd.load).set(first).get(row).vector(simd.load, 16).set(second));
  f.while(
    () => f.get(depth),
    () => {
      f.get(b).vector(simd.load).set(left).get(b).vector(simd.load, 16).set(right);
      for (const [i, [first, second]] of sums.entries()) {
        f.get(a)
          .vector(size === 8 ? simd.load64Splat : simd.load32Splat, i * size)
          .set(factor);
        f.get(first, factor, left).simd(multiply).simd(add).set(first);
        f.get(second, factor, right).simd(multiply).simd(add).set(second);
      }
      f.advance(a, tileRows * size)
        .advance(b, 32)
        .advance(depth, -1);
    },
  );
  eachRow(([first, second]) => f.get(row, first).vector(simd.store).get(row, second).vector(simd.store, 16));
  return wasmModule(f);
}
