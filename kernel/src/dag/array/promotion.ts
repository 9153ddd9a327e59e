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
 * The element type in which two inputs meet, by NumPy 2's rules: arrays of different types meet in
 * float64; a number adopts the type of the array. For an int32 array that holds for integers within its
 * range; any other number makes float64.
 * @throws {ArgumentError} if neither input is an array
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
  if (dtypes.size > 1) return "float64";
  const [dtype] = dtypes;
  const fits = operands.every((operand) => typeof operand !== "number" || operand === (operand | 0));
  return dtype === "int32" && !fits ? "float64" : dtype;
}

/** The element type for results that are not integers. */
export function inexact(dtype: DType): DType {
  return dtype === "int32" ? "float64" : dtype;
}
