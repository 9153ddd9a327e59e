/**
 * Which element type holds the elements of others.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.promote_types.html
 * @module
 */
import { type DType, isFloat, isUnsigned, itemsize, limitsOf } from "./dtype.js";

/** The smallest type that holds the elements of both, NumPy's `promote_types`; float64 for uint64 and signed integers. */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b || b === "bool") return a;
  if (a === "bool") return b;
  if (isFloat(a) || isFloat(b)) {
    // float32 holds integers of 8 and 16 bits
    return [a, b].every((own) => own === "float32" || itemsize(own) < 4) ? "float32" : "float64";
  }
  if (isUnsigned(a) === isUnsigned(b)) return itemsize(a) > itemsize(b) ? a : b;
  const [signed, unsigned] = isUnsigned(a) ? [b, a] : [a, b];
  return itemsize(signed) > itemsize(unsigned) ? signed : signedTwice[itemsize(unsigned)];
}

/** The type that holds unsigned integers of so many bytes and negative ones. */
const signedTwice: Readonly<Record<number, DType>> = { 1: "int16", 2: "int32", 4: "int64", 8: "float64" };

/** True if a type holds the elements of another, NumPy's `can_cast`; from 64 bits to float64 is allowed, as there. */
export function canCast(from: DType, to: DType): boolean {
  return promoteTypes(from, to) === to;
}

/** True for bigints and for numbers that are exact integers: beyond 2^53 a number may have been rounded, as floats are. */
export function isWholeNumber(value: number | bigint): boolean {
  return typeof value === "bigint" || Number.isSafeInteger(value);
}

/** True if a number is one of the elements of a type; of floats, all are. */
export function isElement(value: number | bigint, dtype: DType): boolean {
  if (isFloat(dtype)) return true;
  const [least, most] = limitsOf(dtype);
  return (typeof value === "bigint" || Number.isInteger(value)) && value >= least && value <= most;
}
