/**
 * Element types of results.
 * @module
 */
import { ArgumentError, DTypeError } from "../../errors.js";
import { type DType, isFloat, isUnsigned, type LongType } from "../memory/dtype.js";
import { isElement, isWholeNumber, promoteTypes } from "../memory/promote-types.js";
import type { LazyArray } from "./lazy-array.js";

/** An input of an element-wise operation that is no array: it adopts the element type of the arrays. */
export type Scalar = number | bigint;

/** An input of an element-wise operation. */
export type Operand = LazyArray | Scalar;

/** True for an input that is no array. */
export function isScalar(operand: Operand): operand is Scalar {
  return typeof operand !== "object";
}

/**
 * The element type in which inputs meet, by NumPy 2's rules: arrays meet in the smallest type that holds both, which is
 * float64 for uint64 and signed integers; a whole number adopts the type of the arrays (int64 with bool), any other
 * number makes whole types float64. Numbers beyond 2^53 count as floats, bigints as integers.
 * @throws {ArgumentError} if no input is an array
 * @throws {DTypeError} if a whole number is beyond the type of the arrays
 * @see NumPy Enhancement Proposal 50
 */
export function promote(...operands: readonly Operand[]): DType {
  const dtype = arraysMeet(operands);
  if (isFloat(dtype)) return dtype;
  const scalars = operands.filter(isScalar);
  if (!scalars.every(isWholeNumber)) return "float64";
  const wide = dtype === "bool" && scalars.length > 0 ? "int64" : dtype;
  for (const scalar of scalars) if (!isElement(scalar, wide)) throw outOfBounds(scalar, wide);
  return wide;
}

/**
 * The element type in which the arrays among the inputs meet.
 * @throws {ArgumentError} if there is none
 */
export function arraysMeet(operands: readonly Operand[]): DType {
  const dtypes = operands.flatMap((operand) => (isScalar(operand) ? [] : [operand.dtype]));
  if (dtypes.length > 0) return dtypes.reduce(promoteTypes);
  throw new ArgumentError(
    `one of ${operands.join(" and ")} must be a chunked array: use plain JavaScript for numbers`,
    {
      operands,
    },
  );
}

/** What is thrown for a whole number that cannot become an element, as NumPy's OverflowError. */
export function outOfBounds(scalar: Scalar, dtype: DType): DTypeError {
  return new DTypeError(
    `${scalar} is out of bounds for ${dtype}, which it would become here: use a wider type, such as astype("int64") first`,
    { scalar, dtype },
  );
}

/**
 * The element type for results that are not integers: float64 for whole types. (NumPy has float16 for those of 8 bits
 * and float32 for those of 16, where it does not divide.)
 */
export function inexact(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float64";
}

/** True for types without fractions, infinities and NaN. */
export function isWhole(dtype: DType): dtype is Exclude<DType, "float64" | "float32"> {
  return !isFloat(dtype);
}

/** The element type for arithmetic: bool becomes int8. */
export function numeric(dtype: DType): Exclude<DType, "bool"> {
  return dtype === "bool" ? "int8" : dtype;
}

/** The element type of sums and products: floats stay, integers and bool are int64, those without a sign uint64. */
export function summed(dtype: DType): "float64" | "float32" | LongType {
  if (isFloat(dtype)) return dtype;
  return isUnsigned(dtype) ? "uint64" : "int64";
}
