/**
 * Equality but for rounding.
 * @module
 */
import { anyBoolean, anyNumber, checkOptions, type Expectations } from "../check-options.js";
import { binary, cast, plain } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { classify, compare, logical } from "./logic.js";
import { inexact, isScalar, type Operand } from "./promotion.js";

/** How far apart two elements may be: `atol + rtol * |b|`. */
export interface ClosenessOptions {
  /** default 1e-5 */
  readonly rtol?: number;
  /** default 1e-8 */
  readonly atol?: number;
  /** NaN is close to NaN; default false */
  readonly equalNan?: boolean;
}

const expectations: Expectations<ClosenessOptions> = { rtol: anyNumber, atol: anyNumber, equalNan: anyBoolean };

/**
 * Where `a` is close to `b`; an infinity only to the same one.
 * @see NumPy `isclose`
 */
export function isclose(a: Operand, b: Operand, options: ClosenessOptions = {}): LazyArray {
  checkOptions("isclose", options, expectations);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  const [x, y] = [asFloat(a), asFloat(b)];
  const isEqual = compare("equal", a, b);
  const distance = plain("abs", binary("subtract", x, y));
  const bound =
    typeof y === "number" ? atol + rtol * Math.abs(y) : binary("add", binary("multiply", plain("abs", y), rtol), atol);
  const isNear = logical("logicalAnd", compare("lessEqual", distance, bound), whereFinite(y));
  const isClose = logical("logicalOr", isNear, isEqual);
  return equalNan ? logical("logicalOr", isClose, logical("logicalAnd", whereNaN(x), whereNaN(y))) : isClose;
}

/** Differences of integers would wrap around. */
function asFloat(operand: Operand): LazyArray | number {
  return isScalar(operand) ? Number(operand) : cast(operand, inexact(operand.dtype));
}

function whereFinite(operand: LazyArray | number): Operand {
  return typeof operand === "number" ? Number(Number.isFinite(operand)) : classify("isfinite", operand);
}

function whereNaN(operand: LazyArray | number): Operand {
  return typeof operand === "number" ? Number(Number.isNaN(operand)) : classify("isnan", operand);
}
