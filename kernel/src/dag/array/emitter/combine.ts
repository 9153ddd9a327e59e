/**
 * How the elements that a reduction meets become one.
 * @module
 */
import { type DType, isFloat, isUnsigned, limitsOf } from "../../memory/dtype.js";
import type { ArithmeticOp } from "./operations.js";

/** Names of the ways; `fmax` and `fmin` pass over NaN, `any` and `all` are of bool. */
export type Combine = "sum" | "prod" | "max" | "min" | "fmax" | "fmin" | "any" | "all";

/** The operation on two partial results. */
export const operationOf = {
  sum: "add",
  prod: "multiply",
  max: "maximum",
  min: "minimum",
  fmax: "fmax",
  fmin: "fmin",
  any: "maximum",
  all: "minimum",
} as const satisfies Record<Combine, ArithmeticOp>;

/** The element type of partial results: sums and products of floats are in float64, of integers in 64 bits. */
export function accumulatorOf(combine: Combine, dtype: DType): DType {
  if (combine !== "sum" && combine !== "prod") return dtype;
  if (isFloat(dtype)) return "float64";
  return isUnsigned(dtype) ? "uint64" : "int64";
}

/** The value that changes nothing when it is combined. */
export function identityOf(combine: Combine, dtype: DType): number | bigint {
  switch (combine) {
    case "sum":
    case "any":
      return 0;
    case "prod":
    case "all":
      return 1;
    case "fmax":
    case "fmin":
      return Number.NaN;
    default:
      return extremeOf(combine, dtype);
  }
}

function extremeOf(combine: "max" | "min", dtype: DType): number | bigint {
  if (!isFloat(dtype)) return limitsOf(dtype)[combine === "max" ? 0 : 1];
  return combine === "max" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
