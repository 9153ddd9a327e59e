/**
 * Emits the loop that passes over elements that are of no interest because they are not beyond a bound.
 * @module
 */
import { FunctionBuilder } from "./function-builder.js";
import { op, simd, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/** Elements that are compared in one turn. */
export const GROUP = 16;
/** Bytes of a group of float64. */
const GROUP_BYTES = GROUP * 8;

/**
 * Finds the first group of float64 of which at least one is beyond `bound` or NaN.
 * @param start first byte
 * @param end byte after the last element
 * @returns first byte of that group, or where fewer elements than a group are left; as a signed int32
 */
export type SkipGroups = (start: number, end: number, bound: number) => number;

/** The bytes of a module whose export `run` is a `SkipGroups`. @param beyond on which side of the bound */
export function emitSkip(beyond: "above" | "below"): Uint8Array<ArrayBuffer> {
  const { i32, f64, v128 } = ValueType;
  const f = new FunctionBuilder([i32, i32, f64], [i32]);
  const [start, end, bound] = [0, 1, 2];
  const [limit, going] = [f.local(v128), f.local(i32)];
  f.get(bound).simd(simd.f64Splat).set(limit);
  f.get(end).i32(GROUP_BYTES).op(op.i32Sub).set(end);
  const compare = beyond === "above" ? simd.f64LessEqual : simd.f64GreaterEqual;
  f.i32(1).set(going);
  f.while(
    () => f.get(going).get(start, end).op(op.i32LessEqualUnsigned, op.i32And),
    () => {
      for (let at = 0; at < GROUP_BYTES; at += 16) {
        f.get(start).vector(simd.load, at).get(limit).simd(compare);
        if (at > 0) f.simd(simd.and);
      }
      f.simd(simd.i64AllTrue).tee(going);
      f.i32(Math.log2(GROUP_BYTES)).op(op.i32Shl).get(start).op(op.i32Add).set(start);
    },
  );
  f.get(start);
  return wasmModule(f);
}
