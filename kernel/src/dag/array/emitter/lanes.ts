/**
 * How elements stand in the lanes of a vector, and how they get there from memory and back.
 *
 * A kernel has 2 lanes if a float64 takes part, 4 if there are other numbers, 16 if all is bool. Narrower
 * numbers then use the low half of a vector. A bool is a mask as wide as the lane: all bits set or none;
 * in memory it is a byte, 0 or 1.
 * @module
 */
import { type DType, itemsize } from "../../memory/dtype.js";
import type { FunctionBuilder } from "./function-builder.js";
import { arithmetic, simd } from "./opcodes.js";

/** Elements in one vector. */
export type Lanes = 2 | 4 | 16;

/** Bytes of a lane that holds a value of this type. */
export function laneBytes(dtype: DType, lanes: Lanes): number {
  return dtype === "bool" ? 16 / lanes : itemsize(dtype);
}

/** `value` in every lane; of a bool the mask. */
export function splatBytes(dtype: DType, value: number): Uint8Array {
  if (dtype === "bool") return new Uint8Array(16).fill(value === 0 ? 0 : 255);
  if (dtype === "float64") return new Uint8Array(new Float64Array(2).fill(value).buffer);
  if (dtype === "float32") return new Uint8Array(new Float32Array(4).fill(value).buffer);
  return new Uint8Array(new Int32Array(4).fill(value).buffer);
}

/** Loads a vector of elements from the address on the stack. */
export function emitLoad(f: FunctionBuilder, dtype: DType, lanes: Lanes, offset: number): void {
  if (dtype === "bool") {
    f.vector(lanes === 2 ? simd.load16Splat : lanes === 4 ? simd.load32Zero : simd.load, offset);
    f.simd(simd.i8Negative);
    if (lanes <= 4) f.simd(simd.i16FromLowI8).simd(simd.i32FromLowI16);
    if (lanes === 2) f.simd(simd.i64FromLowI32);
  } else {
    f.vector(lanes === 2 && dtype !== "float64" ? simd.load64Zero : simd.load, offset);
  }
}

/** Loads one element into every lane. */
export function emitLoadSplat(f: FunctionBuilder, dtype: DType, offset = 0): void {
  if (dtype === "bool") f.vector(simd.load8Splat, offset).simd(simd.i8Negative);
  else f.vector(dtype === "float64" ? simd.load64Splat : simd.load32Splat, offset);
}

/** Stores a vector; address and value are on the stack. */
export function emitStore(f: FunctionBuilder, dtype: DType, lanes: Lanes, offset: number): void {
  if (dtype === "bool") {
    bytesOfMask(f);
    if (lanes === 16) f.vector(simd.store, offset);
    else gatherBytes(f, lanes).storeLane(lanes === 2 ? simd.store16Lane : simd.store32Lane, offset);
  } else if (lanes === 2 && dtype !== "float64") f.storeLane(simd.store64Lane, offset);
  else f.vector(simd.store, offset);
}

/** Stores the first lane. */
export function emitStoreFirst(f: FunctionBuilder, dtype: DType): void {
  if (dtype === "bool") {
    bytesOfMask(f);
    f.storeLane(simd.store8Lane);
  } else f.storeLane(dtype === "float64" ? simd.store64Lane : simd.store32Lane);
}

/** Every byte 0 or 1. */
function bytesOfMask(f: FunctionBuilder): void {
  f.constant(new Uint8Array(16).fill(1)).simd(simd.and);
}

/** Brings the first byte of every lane to the front. */
function gatherBytes(f: FunctionBuilder, lanes: 2 | 4): FunctionBuilder {
  return f.constant(new Uint8Array(16)).shuffleBytes(Array.from({ length: 16 }, (_, i) => (i * (16 / lanes)) % 16));
}

/** Makes the mask of a comparison of numbers a bool. */
export function emitMaskToBool(f: FunctionBuilder, dtype: DType, lanes: Lanes): void {
  if (lanes === 2 && dtype !== "float64" && dtype !== "bool") f.simd(simd.i64FromLowI32);
}

/** Makes a bool a mask for numbers of this type. */
export function emitBoolToMask(f: FunctionBuilder, dtype: DType, lanes: Lanes): void {
  if (lanes !== 2 || dtype === "float64" || dtype === "bool") return;
  f.constant(new Uint8Array(16)).shuffleBytes(Array.from({ length: 16 }, (_, i) => [0, 8][(i >> 2) % 2] + (i % 4)));
}

/** Converts the lanes on the stack. */
export function emitCast(f: FunctionBuilder, from: DType, to: DType, lanes: Lanes): void {
  if (from === to) return;
  if (from === "bool") {
    emitBoolToMask(f, to, lanes);
    f.constant(splatBytes(to, 1)).simd(simd.and);
  } else if (to === "bool") {
    f.constant(splatBytes(from, 0)).simd(arithmetic[from].notEqual);
    emitMaskToBool(f, from, lanes);
  } else if (to === "float64") f.simd(from === "float32" ? simd.f64FromF32 : simd.f64FromI32);
  else if (to === "float32") f.simd(from === "float64" ? simd.f32FromF64 : simd.f32FromI32);
  else f.simd(from === "float64" ? simd.i32FromF64 : simd.i32FromF32);
}
