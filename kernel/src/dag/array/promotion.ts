/**
 * Element types of results.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import type { DType } from "../memory/dtype.js";
import type { LazyArray } from "./lazy-array.js";

/** An input of an element-wise operation. */
export type Operand = LazyArray | number;

/**
 * The element type in which inputs meet, by NumPy 2's rules: arrays of different types of numbers meet in
 * float64, bool meets any type in that type; a number adopts the type of the array. For an int32 array that
 * holds for integers within its range; any other number makes float64. With bool arrays an integer makes
 * int32 (NumPy: int64).
 * @throws {ArgumentError} if no input is an array
 * @see NumPy Enhancement Proposal 50
 */
export function promote(...operands: readonly Operand[]): DType {
  const dtypes = new Set(operands.flatMap((operand) => (typeof operand === "number" ? [] : [operand.dtype])));
  if (dtypes.size === 0) {
    throw new ArgumentError(
      `one of ${operands.join(" and ")} must be a chunked array: use plain JavaScript for numbers`,
      {
        operands,
      },
    );
  }
  const numbers = operands.filter((operand) => typeof operand === "number");
  if (dtypes.size === 1 && dtypes.has("bool") && numbers.length === 0) return "bool";
  dtypes.delete("bool");
  if (dtypes.size > 1) return "float64";
  const [dtype = "int32"] = dtypes;
  const fits = numbers.every((number) => number === (number | 0));
  return dtype === "int32" && !fits ? "float64" : dtype;
}

/** The element type for results that are not integers. */
export function inexact(dtype: DType): DType {
  return isWhole(dtype) ? "float64" : dtype;
}

/** True for types without fractions, infinities and NaN. */
export function isWhole(dtype: DType): dtype is "int32" | "bool" {
  return dtype === "int32" || dtype === "bool";
}

/** The element type for arithmetic: bool becomes int32. */
export function numeric(dtype: DType): Exclude<DType, "bool"> {
  return dtype === "bool" ? "int32" : dtype;
}
