/**
 * Comparisons, logic and choice: element-wise operations from and to bool.
 * @module
 */

import { apply, cast, unifyOperands } from "./elementwise.js";
import type { ClassOp, ComparisonOp, LogicalOp } from "./emitter/operations.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { isWhole, type Operand, promote } from "./promotion.js";

/** Compares in the element type in which both meet; NaN is equal to nothing. */
export function compare(op: ComparisonOp, left: Operand, right: Operand): LazyArray {
  return apply(op, "bool", promote(left, right), [left, right]);
}

/** Every number but 0 is true, NaN as well. */
export function logical(op: LogicalOp, left: Operand, right: Operand): LazyArray {
  // for the error if neither is an array
  promote(left, right);
  return apply(op, "bool", "bool", [left, right]);
}

export function logicalNot(array: LazyArray): LazyArray {
  return apply("logicalNot", "bool", "bool", [array]);
}

/** Where a float is NaN, infinite or finite; whole numbers are finite. */
export function classify(op: ClassOp, array: LazyArray): LazyArray {
  if (!isWhole(array.dtype)) return apply(op, "bool", array.dtype, [array]);
  return lazyArray(op, array.chunks, "bool", { kind: "full", value: op === "isfinite" ? 1 : 0 });
}

/**
 * Elements of `a` where `condition` is true, of `b` where it is not. All three are broadcast; two numbers
 * make float64.
 * @throws {ShapeError} if the shapes do not fit together
 */
export function where(condition: LazyArray, a: Operand, b: Operand): LazyArray {
  const areNumbers = typeof a === "number" && typeof b === "number";
  const dtype = areNumbers ? "float64" : promote(a, b);
  const choices = [a, b].map((choice) => (typeof choice === "number" ? choice : cast(choice, dtype)));
  const { chunks, operands } = unifyOperands([cast(condition, "bool"), ...choices]);
  return lazyArray("where", chunks, dtype, { kind: "elementwise", op: "where", operands, inputs: dtype });
}
