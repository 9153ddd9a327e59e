/**
 * Element-wise arithmetic and functions of arrays and numbers.
 * @module
 */
import { ArgumentError, DTypeError } from "../../errors.js";
import { asDType, type DType, isFloat, isLong } from "../memory/dtype.js";
import { isWholeNumber } from "../memory/promote-types.js";
import type { ArithmeticOp, BinaryOp, FloatFunction, PlainOp, RoundingOp } from "./emitter/operations.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { inexact, isScalar, isWhole, numeric, type Operand, promote, type Scalar } from "./promotion.js";
import { unifyChunks } from "./unify.js";

/**
 * The array with another element type. Floats lose their fractions when they become integers, integers keep their low
 * bits: -1 is the largest element of an unsigned type. To bool it is `!= 0`. See `elementOf` for floats that do not fit.
 */
export function cast(array: LazyArray, dtype: DType): LazyArray {
  if (array.dtype === asDType(dtype)) return array;
  return apply("cast", dtype, array.dtype, [array], "astype");
}

/**
 * `negative`, `abs`, `sign`.
 * @throws {DTypeError} for the negative and the sign of bool
 */
export function plain(op: PlainOp, array: LazyArray): LazyArray {
  if (array.dtype !== "bool") return apply(op, array.dtype, array.dtype, [array]);
  if (op === "abs") return array;
  throw new DTypeError(`${op} of a bool array: use logicalNot(), or astype("int8") first`, { dtype: array.dtype });
}

/** `sqrt`, `rint` (float64 of whole numbers), `floor`, `ceil`, `trunc` (whole numbers stay as they are). */
export function rounding(op: RoundingOp, array: LazyArray): LazyArray {
  const isKept = isWhole(array.dtype) && op !== "sqrt" && op !== "rint";
  if (isKept) return array;
  const dtype = inexact(array.dtype);
  return apply(op, dtype, dtype, [array]);
}

/** A function of analysis: float32 stays float32, whole numbers give float64. */
export function float(op: FloatFunction, array: LazyArray): LazyArray {
  const dtype = inexact(array.dtype);
  return apply(op, dtype, dtype, [array]);
}

/**
 * Two inputs, at least one of them an array; shapes are broadcast, chunks unified. Division of integers
 * gives float64.
 * @throws {ShapeError} if the shapes do not fit together
 * @throws {DTypeError} for the difference of bool arrays
 */
export function binary(op: ArithmeticOp, left: Operand, right: Operand): LazyArray {
  const dtype = promote(left, right);
  if (op === "divide") return apply(op, inexact(dtype), inexact(dtype), [left, right]);
  if (op === "subtract" && dtype === "bool") {
    throw new DTypeError(`subtract of two bool arrays: use logicalXor(), or astype("int8") first`, { dtype });
  }
  const isPlain = isWhole(dtype);
  const own = isPlain && op === "fmin" ? "minimum" : isPlain && op === "fmax" ? "maximum" : op;
  return apply(own, dtype, dtype, [left, right], op);
}

/** `arctan2` and `hypot`; element types as for `float`. */
export function floatBinary(op: "arctan2" | "hypot", left: Operand, right: Operand): LazyArray {
  const dtype = inexact(promote(left, right));
  return apply(op, dtype, dtype, [left, right]);
}

const divisions = {
  mod: { float64: "mod", float32: "mod", integer: "integerMod" },
  floorDivide: { float64: "floorDivide", float32: "singleFloorDivide", integer: "integerFloorDivide" },
} as const;

/** `mod` and `floorDivide` as Python's % and //; of integers by 0 they are 0. */
export function division(op: "mod" | "floorDivide", left: Operand, right: Operand): LazyArray {
  const dtype = numeric(promote(left, right));
  if (isLong(dtype)) return apply(op, dtype, dtype, [left, right]);
  // float64 holds all integers of up to 32 bits, their quotients and remainders
  const own = divisions[op][isFloat(dtype) ? dtype : "integer"];
  return cast(apply(own, "float64", "float64", [left, right], op), dtype);
}

/**
 * `base` to the power of `exponent`. As in NumPy 2 the exponents -1, 0, 0.5, 1 and 2 are exact
 * operations; 3 and 4 (any exponent from 0 for integers) are products, the rest is less than 1 ulp from
 * the exact value.
 * @throws {DTypeError} for a negative or array exponent of integers
 */
export function power(base: Operand, exponent: Operand): LazyArray {
  const dtype = numeric(promote(base, exponent));
  if (!isScalar(base) && isScalar(exponent)) {
    const exact = exactPower(cast(base, isWholeNumber(exponent) ? dtype : numeric(base.dtype)), exponent);
    if (exact !== undefined) return exact;
  }
  if (isWhole(dtype)) {
    throw new DTypeError(
      `a power of ${dtype} arrays needs an exponent that is one integer from 0 up: use astype('float64') first`,
      { exponent },
    );
  }
  return apply("power", dtype, dtype, [base, exponent]);
}

function exactPower(base: LazyArray, power: Scalar): LazyArray | undefined {
  const isInteger = isWhole(base.dtype);
  const exponent = Number(power);
  if (exponent === 0) return lazyArray("full", base.chunks, base.dtype, { kind: "full", value: 1 });
  if (exponent === 0.5) return rounding("sqrt", base);
  if (exponent === -1 && !isInteger) return binary("divide", 1, base);
  if (!Number.isInteger(exponent) || exponent < 0 || (exponent > 4 && !isInteger)) return undefined;
  let result: LazyArray | undefined;
  for (let rest = exponent, square = base; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === undefined ? square : binary("multiply", result, square);
    if (rest > 1) square = binary("multiply", square, square);
  }
  return result;
}

/** x * x; of bool int8. */
export function square(array: LazyArray): LazyArray {
  const number = cast(array, numeric(array.dtype));
  return binary("multiply", number, number);
}

/**
 * The elements, but at least `low` and at most `high`; null is no bound.
 * @throws {ArgumentError} if both are null
 */
export function clip(array: LazyArray, low: Operand | null, high: Operand | null): LazyArray {
  if (low === null && high === null) {
    throw new ArgumentError("clip(null, null) has no bounds: give the lowest, the highest value or both", {
      low,
      high,
    });
  }
  const above = low === null ? array : binary("maximum", array, low);
  return high === null ? above : binary("minimum", above, high);
}

/**
 * Rounded to `decimals` digits after the point, halves to even digits; whole numbers stay as they are.
 * @throws {ArgumentError} if `decimals` is no integer
 * @see NumPy `round`: x * 10^decimals is rounded, then divided again
 */
export function round(array: LazyArray, decimals: number): LazyArray {
  if (!Number.isInteger(decimals)) {
    throw new ArgumentError(`round to ${decimals} decimals: give an integer, such as 2 or -1`, { decimals });
  }
  if (isWhole(array.dtype) && decimals >= 0) return array;
  if (decimals === 0) return rounding("rint", array);
  const scale = 10 ** Math.abs(decimals);
  const [to, back] = decimals > 0 ? (["multiply", "divide"] as const) : (["divide", "multiply"] as const);
  return cast(binary(back, rounding("rint", binary(to, array, scale)), scale), array.dtype);
}

/**
 * An operation on inputs that are brought to one element type and common chunks.
 * @param label what pictures call it, if not by the name of the operation
 */
export function apply(
  op: BinaryOp | PlainOp | RoundingOp | FloatFunction | "logicalNot" | "cast" | "isnan" | "isinf" | "isfinite",
  dtype: DType,
  inputs: DType,
  operands: readonly Operand[],
  label: string = op,
): LazyArray {
  const converted = operands.map((operand) => (isScalar(operand) ? operand : cast(operand, inputs)));
  const { chunks, operands: unified } = unifyOperands(converted);
  return lazyArray(label, chunks, dtype, { kind: "elementwise", op, operands: unified, inputs });
}

/** Arrays among the operands, cut at the same places, and the chunks of the broadcast result. */
export function unifyOperands(operands: readonly Operand[]) {
  const { chunks, arrays } = unifyChunks(operands.filter((operand) => typeof operand === "object"));
  return {
    chunks,
    operands: operands.map((operand) => (typeof operand === "object" ? (arrays.shift() ?? operand) : operand)),
  };
}
