/**
 * Operations that are one or a few instructions: arithmetic, comparisons, logic of masks.
 * @module
 */
import { type DType, isFloat, isUnsigned } from "../../memory/dtype.js";
import { FloatLanes, type Local } from "./float-lanes.js";
import type { FunctionBuilder } from "./function-builder.js";
import { emitInteger } from "./integer-operations.js";
import { instructionsFor } from "./lane-type.js";
import { splatBytes } from "./lanes.js";
import { arithmetic, simd } from "./opcodes.js";

/** Logic of masks: the instruction, and whether its first and its result are turned round. */
const masks: Readonly<Record<string, readonly [code: number, notFirst?: boolean, notResult?: boolean]>> = {
  logicalAnd: [simd.and],
  minimum: [simd.and],
  multiply: [simd.and],
  logicalOr: [simd.or],
  maximum: [simd.or],
  add: [simd.or],
  logicalXor: [simd.xor],
  notEqual: [simd.xor],
  equal: [simd.xor, false, true],
  less: [simd.and, true],
  lessEqual: [simd.or, true],
  greater: [simd.or, true, true],
  greaterEqual: [simd.and, true, true],
};

/** Leaves the result on the stack; a comparison leaves a mask as wide as its inputs. */
export function emitPlain(f: FunctionBuilder, op: string, dtype: DType, inputs: readonly Local[]): void {
  if (dtype === "bool") emitLogic(f, op, inputs);
  else if (op === "sign") emitSign(f, dtype, inputs[0]);
  else if (isFloat(dtype)) emitFloat(new FloatLanes(f, dtype), op, inputs);
  else if (!emitInteger(f, op, dtype, inputs)) throw noInstruction(op, dtype);
}

function emitLogic(f: FunctionBuilder, op: string, inputs: readonly Local[]): void {
  f.get(inputs[0]);
  if (op === "logicalNot") {
    f.simd(simd.not);
    return;
  }
  if (masks[op] === undefined) throw noInstruction(op, "bool");
  const [code, notFirst, notResult] = masks[op];
  if (notFirst) f.simd(simd.not);
  f.get(inputs[1]).simd(code);
  if (notResult) f.simd(simd.not);
}

function emitFloat(v: FloatLanes, op: string, inputs: readonly Local[]): void {
  const [a, b] = inputs;
  const { f, dtype } = v;
  const infinity = () => v.number(Number.POSITIVE_INFINITY);
  switch (op) {
    case "isnan":
      f.get(v.op("notEqual", a, a));
      return;
    case "isinf":
      f.get(v.op("equal", v.op("abs", a), infinity()));
      return;
    case "isfinite":
      f.get(v.op("less", v.op("abs", a), infinity()));
      return;
    case "fmin":
    case "fmax": {
      const both = v.op(op === "fmin" ? "minimum" : "maximum", a, b);
      const unlessB = v.select(v.op("notEqual", b, b), a, both);
      f.get(v.select(v.op("notEqual", a, a), b, unlessB));
      return;
    }
  }
  const codes: Readonly<Record<string, number>> = arithmetic[dtype];
  const code = codes[op];
  if (code === undefined) throw noInstruction(op, dtype);
  f.get(...inputs).simd(code);
}

/** 1, -1 or 0; NaN for NaN. */
function emitSign(f: FunctionBuilder, dtype: Exclude<DType, "bool">, x: Local): void {
  const instructions = instructionsFor(dtype);
  const zero = splatBytes(dtype, 0);
  if (isUnsigned(dtype)) {
    f.constant(splatBytes(dtype, 1)).get(x).constant(zero).simd(instructions.notEqual).simd(simd.and);
    return;
  }
  const { greater, less } = instructions;
  f.constant(splatBytes(dtype, 1)).get(x).constant(zero).simd(greater).simd(simd.and);
  f.constant(splatBytes(dtype, -1)).get(x).constant(zero).simd(less).simd(simd.and).simd(simd.or);
  if (!isFloat(dtype)) return;
  const v = new FloatLanes(f, dtype);
  const sign = v.take();
  f.get(v.select(v.op("notEqual", x, x), x, sign));
}

function noInstruction(op: string, dtype: DType): TypeError {
  return new TypeError(`no instruction for ${op} of ${dtype}: cast its inputs first`);
}
