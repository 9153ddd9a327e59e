/**
 * Comparisons, logic and choice: element-wise operations from and to bool.
 * @module
 */
import { isElement, isWholeNumber } from "../memory/promote-types.js";
import { apply, cast, unifyOperands } from "./elementwise.js";
import type { ClassOp, ComparisonOp, LogicalOp } from "./emitter/operations.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { arraysMeet, isScalar, isWhole, type Operand, promote } from "./promotion.js";
import { hasUnknownSizes } from "./unknown-sizes.js";

/**
 * Compares in the element type in which both meet; NaN is equal to nothing. A whole number beyond the type of the
 * arrays is greater or less than all of their elements.
 */
export function compare(op: ComparisonOp, left: Operand, right: Operand): LazyArray {
  const arrays = arraysMeet([left, right]);
  const isBeyond = (operand: Operand) => isScalar(operand) && isWholeNumber(operand) && !isElement(operand, arrays);
  if (isBeyond(left) || isBeyond(right)) {
    const operands = [left, right].map((operand) =>
      isScalar(operand) ? (operand > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY) : operand,
    );
    return apply(op, "bool", "float64", operands);
  }
  const signed = signedBesideUint64(left, right);
  if (signed !== undefined) {
    const isNegative = compare("less", signed, 0);
    const rest = apply(op, "bool", "uint64", [left, right]);
    const isTrueOfNegative = op === "notEqual" || op.startsWith(signed === left ? "less" : "greater");
    return isTrueOfNegative
      ? logical("logicalOr", isNegative, rest)
      : logical("logicalAnd", logicalNot(isNegative), rest);
  }
  return apply(op, "bool", promote(left, right), [left, right]);
}

/** The array of signed integers that meets one of uint64: no type of integers holds the elements of both. */
function signedBesideUint64(left: Operand, right: Operand): LazyArray | undefined {
  if (isScalar(left) || isScalar(right) || left.dtype === right.dtype) return undefined;
  const [signed, other] = right.dtype === "uint64" ? [left, right] : [right, left];
  return other.dtype === "uint64" && signed.dtype.startsWith("int") ? signed : undefined;
}

/** Every number but 0 is true, NaN as well. */
export function logical(op: LogicalOp, left: Operand, right: Operand): LazyArray {
  // for the error if neither is an array
  arraysMeet([left, right]);
  return apply(op, "bool", "bool", [left, right]);
}

export function logicalNot(array: LazyArray): LazyArray {
  return apply("logicalNot", "bool", "bool", [array]);
}

/** Where a float is NaN, infinite or finite; whole numbers are finite. */
export function classify(op: ClassOp, array: LazyArray): LazyArray {
  if (!isWhole(array.dtype)) return apply(op, "bool", array.dtype, [array]);
  // sizes that are not known come from the blocks, which must be read for them
  if (hasUnknownSizes(array)) return compare(op === "isfinite" ? "equal" : "notEqual", array, array);
  return lazyArray(op, array.chunks, "bool", { kind: "full", value: op === "isfinite" ? 1 : 0 });
}

/**
 * Elements of `a` where `condition` is true, of `b` where it is not. All three are broadcast; two numbers
 * make float64, two bigints int64.
 * @throws {ShapeError} if the shapes do not fit together
 */
export function where(condition: LazyArray, a: Operand, b: Operand): LazyArray {
  const areBigInts = typeof a === "bigint" && typeof b === "bigint";
  const dtype = areBigInts ? "int64" : isScalar(a) && isScalar(b) ? "float64" : promote(a, b);
  const choices = [a, b].map((choice) => (isScalar(choice) ? choice : cast(choice, dtype)));
  const { chunks, operands } = unifyOperands([cast(condition, "bool"), ...choices]);
  return lazyArray("where", chunks, dtype, { kind: "elementwise", op: "where", operands, inputs: dtype });
}
