/**
 * Operations of whole numbers; they wrap around.
 * @module
 */
import { type DType, isLong, isUnsigned, type LongType } from "../../memory/dtype.js";
import type { Local } from "./float-lanes.js";
import type { FunctionBuilder } from "./function-builder.js";
import { emitWrap, instructionsFor } from "./lane-type.js";
import { splatBytes } from "./lanes.js";
import { op, simd, ValueType } from "./opcodes.js";

/** Types of numbers without fractions. */
type IntegerType = Exclude<DType, "float64" | "float32" | "bool">;

/** Leaves the result on the stack; a comparison leaves a mask as wide as its inputs. False if there is no such operation. */
export function emitInteger(f: FunctionBuilder, name: string, dtype: IntegerType, inputs: readonly Local[]): boolean {
  if (name === "abs" && isUnsigned(dtype)) {
    f.get(inputs[0]);
    return true;
  }
  if (isLong(dtype) && (name === "minimum" || name === "maximum")) {
    f.get(...inputs);
    emitInteger(f, name === "minimum" ? "less" : "greater", dtype, inputs);
    f.simd(simd.bitselect);
    return true;
  }
  const isOrder = name.startsWith("less") || name.startsWith("greater");
  if (dtype === "uint64" && isOrder) {
    for (const input of inputs)
      f.get(input)
        .constant(splatBytes("uint64", 2n ** 63n))
        .simd(simd.xor);
    f.simd(instructionsFor("int64")[name]);
    return true;
  }
  const code = instructionsFor(dtype)[name];
  if (code === undefined) return false;
  f.get(...inputs).simd(code);
  if (name in changesRange) emitWrap(f, dtype);
  return true;
}

/** Operations whose results may be beyond a narrow type. */
const changesRange = { add: true, subtract: true, multiply: true, negative: true, abs: true };

/**
 * Python's // and % of integers of 64 bits, lane by lane: there are no such instructions of vectors. By 0 both are 0,
 * and -2^63 // -1 wraps around, as in NumPy; the instruction would stop the kernel, so it gets another divisor then.
 * @returns the local of the result
 */
export function emitLongDivision(
  f: FunctionBuilder,
  name: "floorDivide" | "mod",
  dtype: LongType,
  inputs: readonly Local[],
): Local {
  const [a, b, divisor, quotient, rest, further] = Array.from({ length: 6 }, () => f.local(ValueType.i64));
  const result = f.local(ValueType.v128);
  f.constant(new Uint8Array(16)).set(result);
  for (const lane of [0, 1]) {
    f.get(inputs[0]).lane(simd.i64Extract, lane).set(a);
    f.get(inputs[1]).lane(simd.i64Extract, lane).set(b);
    const isMinusOne = () => f.get(b).i64(-1n).op(op.i64Equal);
    f.i64(1n).get(b).get(b).op(op.i64Eqz);
    if (!isUnsigned(dtype)) isMinusOne().op(op.i32Or);
    f.op(op.select).set(divisor);
    f.get(a, divisor)
      .op(isUnsigned(dtype) ? op.i64DivideUnsigned : op.i64DivideSigned)
      .set(quotient);
    f.get(a, quotient, divisor).op(op.i64Mul, op.i64Sub).set(rest);
    f.get(result);
    if (isUnsigned(dtype)) f.i64(0n).set(further);
    else {
      // 1 if the rest is not 0 and has the other sign: the quotient was rounded up
      f.get(rest).i64(0n).op(op.i64NotEqual);
      f.get(rest, b).op(op.i64Xor).i64(0n).op(op.i64LessSigned, op.i32And, op.i64ExtendI32).set(further);
    }
    if (name === "mod") {
      f.get(rest, further, b).op(op.i64Mul, op.i64Add);
    } else {
      f.i64(0n);
      if (!isUnsigned(dtype)) f.i64(0n).get(a).op(op.i64Sub);
      f.get(quotient, further).op(op.i64Sub);
      if (!isUnsigned(dtype)) isMinusOne().op(op.select);
      f.get(b).op(op.i64Eqz, op.select);
    }
    f.lane(simd.i64Replace, lane).set(result);
  }
  return result;
}
