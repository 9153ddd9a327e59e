/**
 * Element-wise operations on arrays and numbers.
 * @module
 */
import { DTypeError } from "../../errors.js";
import { asDType, type DType } from "../memory/dtype.js";
import type { BinaryOp, UnaryOp } from "./emitter/expression.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { inexact, type Operand, promote } from "./promotion.js";
import { unifyChunks } from "./unify.js";

/** The array with another element type; float to integer cuts the fraction off. */
export function cast(array: LazyArray, dtype: DType): LazyArray {
  if (array.dtype === asDType(dtype)) return array;
  return lazyArray("astype", array.chunks, dtype, { kind: "elementwise", op: "cast", operands: [array] });
}

/** One array and a function of its elements. `sqrt` and `exp` of integers are float64. */
export function unary(op: UnaryOp, array: LazyArray): LazyArray {
  const dtype = op === "sqrt" || op === "exp" ? inexact(array.dtype) : array.dtype;
  // the polynomial of exp is float64; a float32 result is rounded once at the end
  const work = op === "exp" ? "float64" : dtype;
  const operands = [cast(array, work)];
  return cast(lazyArray(op, array.chunks, work, { kind: "elementwise", op, operands }), dtype);
}

/**
 * Two inputs, at least one of them an array; shapes are broadcast, chunks unified. Division of integers
 * gives float64.
 * @throws {ShapeError} if the shapes do not fit together
 */
export function binary(op: Exclude<BinaryOp, "power">, left: Operand, right: Operand): LazyArray {
  const dtype = promote(left, right);
  return elementwise(op, op === "divide" ? inexact(dtype) : dtype, [left, right]);
}

/**
 * `base` to the power of `exponent`. As in NumPy 2 the exponents -1, 0, 0.5, 1 and 2 are exact
 * operations; 3 and 4 (any exponent from 0 for integers) are products, the rest is Math.pow.
 * @throws {DTypeError} for a negative or array exponent of integers
 */
export function power(base: Operand, exponent: Operand): LazyArray {
  const dtype = promote(base, exponent);
  if (typeof base !== "number" && typeof exponent === "number") {
    const exact = exactPower(base, exponent);
    if (exact !== undefined) return exact;
  }
  if (dtype === "int32") {
    throw new DTypeError(
      "a power of int32 arrays needs an exponent that is one integer from 0 up: use astype('float64') first",
      { exponent },
    );
  }
  return cast(elementwise("power", "float64", [base, exponent]), dtype);
}

function exactPower(base: LazyArray, exponent: number): LazyArray | undefined {
  const isInteger = base.dtype === "int32";
  if (exponent === 0) return lazyArray("full", base.chunks, base.dtype, { kind: "full", value: 1 });
  if (exponent === 0.5) return unary("sqrt", base);
  if (exponent === -1 && !isInteger) return binary("divide", 1, base);
  if (!Number.isInteger(exponent) || exponent < 0 || (exponent > 4 && !isInteger)) return undefined;
  let result: LazyArray | undefined;
  for (let rest = exponent, square = base; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === undefined ? square : elementwise("multiply", base.dtype, [result, square]);
    if (rest > 1) square = elementwise("multiply", base.dtype, [square, square]);
  }
  return result;
}

function elementwise(op: BinaryOp, dtype: DType, operands: readonly Operand[]): LazyArray {
  const converted = operands.map((operand) => (typeof operand === "number" ? operand : cast(operand, dtype)));
  const { chunks, arrays } = unifyChunks(converted.filter((operand) => typeof operand !== "number"));
  const unified = converted.map((operand) => (typeof operand === "number" ? operand : (arrays.shift() ?? operand)));
  return lazyArray(op, chunks, dtype, { kind: "elementwise", op, operands: unified });
}
