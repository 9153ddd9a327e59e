/**
 * Conversion of lanes from one element type to another.
 * @module
 */
import { type DType, isFloat, isLong, isUnsigned } from "../../memory/dtype.js";
import type { Local } from "./float-lanes.js";
import type { FunctionBuilder } from "./function-builder.js";
import { emitLaneByLane, emitToUnsignedLong, emitWrap, type LaneType, laneTypeOf } from "./lane-type.js";
import { emitBoolToMask, emitMaskToBool, type Lanes, splatBytes } from "./lanes.js";
import { arithmetic, op, simd, truncate, ValueType } from "./opcodes.js";

type NumberType = Exclude<LaneType, "bool">;

/** Converts the lanes on the stack, as `elementOf` of memory/element-of.ts says. */
export function emitCast(f: FunctionBuilder, from: DType, to: DType, lanes: Lanes): void {
  if (from === to) return;
  const source = laneTypeOf(from);
  const target = laneTypeOf(to);
  if (source === "bool") {
    emitBoolToMask(f, to, lanes);
    f.constant(splatBytes(to, 1)).simd(simd.and);
  } else if (target === "bool") {
    f.constant(splatBytes(from, 0)).simd(arithmetic[source].notEqual);
    emitMaskToBool(f, from, lanes);
  } else {
    if (isFloat(source)) fromFloat(f, source, target, lanes);
    else if (isFloat(target)) toFloat(f, source, target);
    else if (isLong(target) && !isLong(source)) f.simd(isUnsigned(source) ? simd.i64FromLowU32 : simd.i64FromLowI32);
    else if (isLong(source) && !isLong(target)) lowWords(f);
    emitWrap(f, to);
  }
}

function fromFloat(f: FunctionBuilder, from: "float64" | "float32", to: NumberType, lanes: Lanes): void {
  if (from === to) return;
  if (to === "float32") f.simd(simd.f32FromF64);
  else if (to === "float64") f.simd(simd.f64FromF32);
  else if (to === "int32") f.simd(from === "float64" ? simd.i32FromF64 : simd.i32FromF32);
  else {
    const x = f.local(ValueType.f64);
    emitLaneByLane(f, lanes, taken(f), {
      extract: from === "float64" ? simd.f64Extract : simd.f32Extract,
      convert: () => {
        if (from === "float32") f.op(op.f64FromF32);
        if (to === "uint64") emitToUnsignedLong(f.set(x), x);
        else f.op(...truncate.i64FromF64);
        if (to === "uint32") f.op(op.i32WrapI64);
      },
      replace: to === "uint32" ? simd.i32Replace : simd.i64Replace,
    });
  }
}

function toFloat(
  f: FunctionBuilder,
  from: Exclude<NumberType, "float64" | "float32">,
  to: "float64" | "float32",
): void {
  const isDouble = to === "float64";
  if (from === "int32") f.simd(isDouble ? simd.f64FromI32 : simd.f32FromI32);
  else if (from === "uint32") f.simd(isDouble ? simd.f64FromU32 : simd.f32FromU32);
  else {
    const [double, single] =
      from === "int64" ? [op.f64ConvertI64, op.f32ConvertI64] : [op.f64ConvertI64Unsigned, op.f32ConvertI64Unsigned];
    emitLaneByLane(f, 2, taken(f), {
      extract: simd.i64Extract,
      convert: () => f.op(isDouble ? double : single),
      replace: isDouble ? simd.f64Replace : simd.f32Replace,
    });
  }
}

/** Brings the low halves of two 64-bit lanes side by side. */
function lowWords(f: FunctionBuilder): void {
  f.constant(new Uint8Array(16)).shuffleBytes([0, 1, 2, 3, 8, 9, 10, 11, ...new Array<number>(8).fill(16)]);
}

/** A new local with the vector on the stack. */
function taken(f: FunctionBuilder): Local {
  const local = f.local(ValueType.v128);
  f.set(local);
  return local;
}
