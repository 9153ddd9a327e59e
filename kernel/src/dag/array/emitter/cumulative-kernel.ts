/**
 * Emits the loops of cumulative sums along a line: its total, and the running sum of its elements.
 * @module
 */
import { itemsize } from "../../memory/dtype.js";
import { emitCast } from "./cast.js";
import { FunctionBuilder } from "./function-builder.js";
import { emitStore } from "./lanes.js";
import { arithmetic, op, simd, ValueType } from "./opcodes.js";
import { emitLoadPair, type Summed } from "./summed.js";
import { wasmModule } from "./wasm-module.js";

/** Elements in one turn: four vectors, so that only one addition in eight waits for the one before. */
export const TURN_ELEMENTS = 8;

/** The sum of `turns * TURN_ELEMENTS` elements from byte `x` on, in float64. */
export type SumLine = (x: number, turns: number) => number;
/**
 * Writes `before` plus the sum of all elements up to each one; positions are in bytes.
 * @param turns number of `TURN_ELEMENTS`
 * @returns the last sum
 */
export type CumulateLine = (x: number, target: number, turns: number, before: number) => number;

const { i32, f64, v128 } = ValueType;
const { add } = arithmetic.float64;
const VECTORS = TURN_ELEMENTS / 2;

/** The bytes of a module whose export `run` is a `SumLine`. */
export function emitSumLine(dtype: Summed): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32], [f64]);
  const [x, turns] = [0, 1];
  const sums = Array.from({ length: VECTORS }, () => f.local(v128));
  f.while(
    () => f.get(turns),
    () => {
      for (const [i, sum] of sums.entries()) {
        emitLoadPair(f.get(x), dtype, i * 2 * itemsize(dtype));
        f.get(sum).simd(add).set(sum);
      }
      f.advance(x, TURN_ELEMENTS * itemsize(dtype)).advance(turns, -1);
    },
  );
  const [total, ...others] = sums;
  for (const sum of others) f.get(total, sum).simd(add).set(total);
  f.get(total).lane(simd.f64Extract, 0).get(total).lane(simd.f64Extract, 1).op(op.f64Add);
  return wasmModule(f);
}

/**
 * The bytes of a module whose export `run` is a `CumulateLine`.
 * @param to type of the result; sums are float64 before they are stored
 */
export function emitCumulateLine(dtype: Summed, to: "float64" | "float32"): Uint8Array<ArrayBuffer> {
  const f = new FunctionBuilder([i32, i32, i32, f64], [f64]);
  const [x, target, turns, before] = [0, 1, 2, 3];
  const [running, passed] = [f.local(v128), f.local(v128)];
  const pairs = Array.from({ length: VECTORS }, () => f.local(v128));
  const zero = new Uint8Array(16);
  f.get(before).simd(simd.f64Splat).set(running);
  f.while(
    () => f.get(turns),
    () => {
      for (const [i, pair] of pairs.entries()) {
        emitLoadPair(f.get(x), dtype, i * 2 * itemsize(dtype));
        // (a, b) becomes (a, a + b)
        f.set(pair).constant(zero).get(pair).shuffle(8).get(pair).simd(add).set(pair);
      }
      for (const [i, pair] of pairs.entries()) {
        // the elements of this turn that stand before this pair do not wait for those of the turns before
        f.get(target, running);
        if (i > 0) f.get(passed).simd(add);
        f.get(pair).simd(add);
        emitCast(f, "float64", to, 2);
        emitStore(f, to, 2, i * 2 * itemsize(to));
        f.get(pair, pair).shuffleBytes(Array.from({ length: 16 }, (_, byte) => 8 + (byte % 8)));
        if (i > 0) f.get(passed).simd(add);
        f.set(passed);
      }
      f.get(running, passed).simd(add).set(running);
      f.advance(x, TURN_ELEMENTS * itemsize(dtype)).advance(target, TURN_ELEMENTS * itemsize(to));
      f.advance(turns, -1);
    },
  );
  f.get(running).lane(simd.f64Extract, 0);
  return wasmModule(f);
}
