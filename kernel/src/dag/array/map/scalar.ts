/**
 * What a part of a scalar function stands for: a JavaScript number or boolean, for every element or for all.
 * @module
 */
import { apply, unifyOperands } from "../elementwise.js";
import type { BinaryOp, FloatFunction, PlainOp, RoundingOp } from "../emitter/operations.js";
import { type LazyArray, lazyArray } from "../lazy-array.js";

/**
 * Numbers are float64, booleans bool; what is one here and the other there (`a && a > 1`) is held as float64, true
 * being 1. Constants are JavaScript's own.
 */
export type Scalar =
  | { readonly kind: "number"; readonly of: LazyArray | number }
  | { readonly kind: "boolean"; readonly of: LazyArray | boolean }
  | { readonly kind: "mixed"; readonly of: LazyArray };

/** What an operation of a function takes: JavaScript's numbers, no bigints. */
export type Operand = LazyArray | number;

/** An array or number as a scalar. */
export function numberOf(of: Operand): Scalar {
  return { kind: "number", of };
}

/** A bool array or a boolean as a scalar. */
export function booleanOf(of: LazyArray | boolean): Scalar {
  return { kind: "boolean", of };
}

/** The constant, if it is one. */
export function constantOf({ of }: Scalar): number | boolean | undefined {
  return typeof of === "object" ? undefined : of;
}

type StepOp = BinaryOp | PlainOp | RoundingOp | FloatFunction | "logicalNot" | "cast" | "isnan" | "isinf" | "isfinite";

/** Writes the operations of a function as lazy arrays, all with the label of the function. */
export class ScalarSteps {
  readonly #label: string;

  constructor(label: string) {
    this.#label = label;
  }

  /** Numbers give a number; at least one operand is an array. */
  number(op: StepOp, ...operands: readonly Operand[]): LazyArray {
    return apply(op, "float64", "float64", operands, this.#label);
  }

  /** Numbers give a bool. */
  test(op: StepOp, ...operands: readonly Operand[]): LazyArray {
    return apply(op, "bool", "float64", operands, this.#label);
  }

  /** Bools give a bool. */
  logic(op: "logicalAnd" | "logicalOr" | "logicalXor" | "logicalNot", ...operands: readonly LazyArray[]): LazyArray {
    return apply(op, "bool", "bool", operands, this.#label);
  }

  /** The array with another element type. */
  cast(array: LazyArray, dtype: LazyArray["dtype"]): LazyArray {
    return array.dtype === dtype ? array : apply("cast", dtype, array.dtype, [array], this.#label);
  }

  where(condition: LazyArray, then: Operand, otherwise: Operand): LazyArray {
    const { chunks, operands } = unifyOperands([condition, then, otherwise]);
    return lazyArray(this.#label, chunks, "float64", { kind: "elementwise", op: "where", operands, inputs: "float64" });
  }

  /** JavaScript's `Number(scalar)`. */
  toNumber({ of }: Scalar): Operand {
    return typeof of === "object" ? this.cast(of, "float64") : Number(of);
  }

  /** JavaScript's `Boolean(scalar)`: 0, -0 and NaN are false. */
  toBoolean({ kind, of }: Scalar): LazyArray | boolean {
    if (typeof of !== "object") return Boolean(of);
    return kind === "boolean" ? of : this.test("greater", this.number("abs", of), 0);
  }
}
