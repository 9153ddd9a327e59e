/**
 * How elements stand in the lanes of a vector, and how they get there from memory and back.
 *
 * A kernel has 2 lanes if a type of 64 bits takes part, 4 if there are other numbers, 16 if all is bool. Narrower
 * numbers then use the low half of a vector; see lane-type.ts for those of 8 and 16 bits. A bool is a mask as wide as
 * the lane: all bits set or none; in memory it is a byte, 0 or 1.
 * @module
 */
import { constructorOf, type DType, isLong, itemsize } from "../../memory/dtype.js";
import type { FunctionBuilder } from "./function-builder.js";
import { emitWiden, isNarrow, laneTypeOf } from "./lane-type.js";
import { simd } from "./opcodes.js";

/** Elements in one vector. */
export type Lanes = 2 | 4 | 16;

/** Bytes of a lane that holds a value of this type. */
export function laneBytes(dtype: DType, lanes: Lanes): number {
  return dtype === "bool" ? 16 / lanes : itemsize(laneTypeOf(dtype));
}

/** `value` in every lane; of a bool the mask. */
export function splatBytes(dtype: DType, value: number | bigint): Uint8Array {
  const type = laneTypeOf(dtype);
  if (type === "bool") return new Uint8Array(16).fill(Number(value) === 0 ? 0 : 255);
  if (isLong(type)) return new Uint8Array(new (constructorOf(type))(2).fill(BigInt(value)).buffer);
  const values = constructorOf(type);
  return new Uint8Array(new values(16 / values.BYTES_PER_ELEMENT).fill(Number(value)).buffer);
}

/** Loads a vector of elements from the address on the stack. */
export function emitLoad(f: FunctionBuilder, dtype: DType, lanes: Lanes, offset: number): void {
  const size = itemsize(dtype);
  if (dtype === "bool") {
    f.vector(lanes === 2 ? simd.load16Splat : lanes === 4 ? simd.load32Zero : simd.load, offset);
    f.simd(simd.i8Negative);
    if (lanes <= 4) f.simd(simd.i16FromLowI8).simd(simd.i32FromLowI16);
    if (lanes === 2) f.simd(simd.i64FromLowI32);
  } else if (isNarrow(dtype) && size === 2 && lanes === 4) {
    f.vector(dtype === "int16" ? simd.load16x4Signed : simd.load16x4Unsigned, offset);
  } else if (isNarrow(dtype)) {
    f.vector(size === 1 && lanes === 2 ? simd.load16Splat : simd.load32Zero, offset);
    emitWiden(f, dtype);
  } else {
    f.vector(lanes === 2 && size === 4 ? simd.load64Zero : simd.load, offset);
  }
}

const splats: Readonly<Record<number, number>> = {
  1: simd.load8Splat,
  2: simd.load16Splat,
  4: simd.load32Splat,
  8: simd.load64Splat,
};

/** Loads one element into every lane. */
export function emitLoadSplat(f: FunctionBuilder, dtype: DType, offset = 0): void {
  f.vector(splats[itemsize(dtype)], offset);
  if (dtype === "bool") f.simd(simd.i8Negative);
  else if (isNarrow(dtype)) emitWiden(f, dtype);
}

const storeLanes: Readonly<Record<number, number>> = {
  1: simd.store8Lane,
  2: simd.store16Lane,
  4: simd.store32Lane,
  8: simd.store64Lane,
};

/** Stores a vector; address and value are on the stack. */
export function emitStore(f: FunctionBuilder, dtype: DType, lanes: Lanes, offset: number): void {
  const bytes = lanes * itemsize(dtype);
  if (dtype === "bool") bytesOfMask(f);
  if (bytes === 16) {
    f.vector(simd.store, offset);
    return;
  }
  gatherLow(f, itemsize(dtype), laneBytes(dtype, lanes));
  f.storeLane(storeLanes[bytes], offset);
}

/** Stores the first lane. */
export function emitStoreFirst(f: FunctionBuilder, dtype: DType): void {
  if (dtype === "bool") bytesOfMask(f);
  f.storeLane(storeLanes[itemsize(dtype)]);
}

/** Every byte 0 or 1. */
function bytesOfMask(f: FunctionBuilder): void {
  f.constant(new Uint8Array(16).fill(1)).simd(simd.and);
}

/** Brings the first `size` bytes of every lane to the front. */
function gatherLow(f: FunctionBuilder, size: number, lane: number): void {
  if (size === lane) return;
  const byte = (i: number) => (Math.floor(i / size) * lane + (i % size)) % 16;
  f.constant(new Uint8Array(16)).shuffleBytes(Array.from({ length: 16 }, (_, i) => byte(i)));
}

/** Makes the mask of a comparison of numbers a bool. */
export function emitMaskToBool(f: FunctionBuilder, dtype: DType, lanes: Lanes): void {
  if (lanes === 2 && laneBytes(dtype, lanes) === 4) f.simd(simd.i64FromLowI32);
}

/** Makes a bool a mask for numbers of this type. */
export function emitBoolToMask(f: FunctionBuilder, dtype: DType, lanes: Lanes): void {
  if (lanes !== 2 || laneBytes(dtype, lanes) !== 4) return;
  f.constant(new Uint8Array(16)).shuffleBytes(Array.from({ length: 16 }, (_, i) => [0, 8][(i >> 2) % 2] + (i % 4)));
}
