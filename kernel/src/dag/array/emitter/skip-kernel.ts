/**
 * Emits the loop that passes over elements that are of no interest because they are not beyond a bound. It leaves by
 * a branch, which is predicted: a loop whose step follows from what was compared waits for memory each time
 * (measured: twice as long as reading takes).
 * @module
 */
import { FunctionBuilder } from "./function-builder.js";
import { op, simd, ValueType } from "./opcodes.js";
import { wasmModule } from "./wasm-module.js";

/** Bytes that are compared in one turn: eight vectors. */
export const GROUP_BYTES = 128;

/** Element types that are compared as they are. */
export type Compared = "float64" | "float32" | "int32";

/**
 * Finds the first group of elements of which at least one is beyond `bound` or NaN.
 * @param start first byte
 * @param end byte after the last element
 * @returns first byte of that group, or where fewer bytes than a group are left; as a signed int32
 */
export type SkipGroups = (start: number, end: number, bound: number) => number;

/** Instructions per element type: the bound in all lanes, comparisons that are true of what is passed over. */
const instructions = {
  float64: { convert: [], splat: 0x14, above: 0x4b, below: 0x4c, allTrue: 0xc3 },
  float32: { convert: [op.f32DemoteF64], splat: 0x13, above: 0x45, below: 0x46, allTrue: 0xa3 },
  int32: { convert: [op.i32TruncateF64], splat: 0x11, above: 0x3d, below: 0x3f, allTrue: 0xa3 },
} as const satisfies Record<Compared, unknown>;

/** The bytes of a module whose export `run` is a `SkipGroups`. @param beyond on which side of the bound */
export function emitSkip(beyond: "above" | "below", dtype: Compared): Uint8Array<ArrayBuffer> {
  const { i32, f64, v128 } = ValueType;
  const f = new FunctionBuilder([i32, i32, f64], [i32]);
  const [start, end, bound] = [0, 1, 2];
  const limit = f.local(v128);
  const { convert, splat, allTrue, [beyond]: compare } = instructions[dtype];
  f.get(bound)
    .op(...convert)
    .simd(splat)
    .set(limit);
  f.get(end).i32(GROUP_BYTES).op(op.i32Sub).set(end);
  f.while(
    () => f.get(start, end).op(op.i32LessEqualUnsigned),
    () => {
      for (let at = 0; at < GROUP_BYTES; at += 16) {
        f.get(start).vector(simd.load, at).get(limit).simd(compare);
        if (at > 0) f.simd(simd.and);
      }
      f.simd(allTrue).op(op.i32Eqz).leaveIf();
      f.advance(start, GROUP_BYTES);
    },
  );
  f.get(start);
  return wasmModule(f);
}
