/**
 * What stands in a lane: integers of 8 and 16 bits are computed as int32, in whose range their elements are.
 * @module
 */
import { type DType, isUnsigned, itemsize } from "../../memory/dtype.js";
import type { FunctionBuilder } from "./function-builder.js";
import { arithmetic, op, simd, truncate } from "./opcodes.js";

/** Element types that a lane holds as they are. */
export type LaneType = "float64" | "float32" | "int32" | "uint32" | "int64" | "uint64" | "bool";
/** Integers of 8 and 16 bits. */
export type NarrowType = "int8" | "uint8" | "int16" | "uint16";

/** True for integers that are wider in a lane than in memory. */
export function isNarrow(dtype: DType): dtype is NarrowType {
  return itemsize(dtype) < 4 && dtype !== "bool";
}

/** The type that a lane with elements of `dtype` holds. */
export function laneTypeOf(dtype: Exclude<DType, "bool">): Exclude<LaneType, "bool">;
export function laneTypeOf(dtype: DType): LaneType;
export function laneTypeOf(dtype: DType): LaneType {
  return isNarrow(dtype) ? "int32" : dtype;
}

/** The instructions for lanes with elements of `dtype`, by the names of operations. */
export function instructionsFor(dtype: Exclude<DType, "bool">): Readonly<Record<string, number>> {
  return arithmetic[laneTypeOf(dtype)];
}

/** Keeps the bits of an int32 lane that a narrow type has: its arithmetic wraps around. Other types stay. */
export function emitWrap(f: FunctionBuilder, dtype: DType): void {
  if (!isNarrow(dtype)) return;
  const bits = 8 * itemsize(dtype);
  if (isUnsigned(dtype)) f.constant(new Uint8Array(new Int32Array(4).fill(2 ** bits - 1).buffer)).simd(simd.and);
  else
    f.i32(32 - bits)
      .simd(simd.i32ShiftLeft)
      .i32(32 - bits)
      .simd(simd.i32ShiftRight);
}

/** Widens the low elements of a narrow type to int32 lanes; the vector is on the stack. */
export function emitWiden(f: FunctionBuilder, dtype: NarrowType): void {
  const [from8, from16] = isUnsigned(dtype)
    ? [simd.i16FromLowU8, simd.i32FromLowU16]
    : [simd.i16FromLowI8, simd.i32FromLowI16];
  if (itemsize(dtype) === 1) f.simd(from8);
  f.simd(from16);
}

/** How lanes are converted where vectors have no instruction: each is taken out, changed and put back. */
export interface LaneByLane {
  readonly extract: number;
  readonly convert: (f: FunctionBuilder) => void;
  readonly replace: number;
}

/** Converts the lanes of the vector on the stack one by one; the result begins as zeros. */
export function emitLaneByLane(
  f: FunctionBuilder,
  lanes: number,
  source: number,
  { extract, convert, replace }: LaneByLane,
): void {
  f.constant(new Uint8Array(16));
  for (let lane = 0; lane < lanes; lane++) {
    f.get(source).lane(extract, lane);
    convert(f);
    f.lane(replace, lane);
  }
}

/** Leaves x rounded towards 0 as uint64; negative numbers wrap around. x is a local that holds a float64. */
export function emitToUnsignedLong(f: FunctionBuilder, x: number): void {
  f.get(x).op(...truncate.i64FromF64);
  f.get(x).op(...truncate.i64FromF64Unsigned);
  f.get(x).f64(0).op(op.f64Less).op(op.select);
}
