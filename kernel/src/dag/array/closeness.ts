/**
 * Equality but for rounding.
 * @module
 */
import { anyBoolean, anyNumber, checkOptions, type Expectations } from "../check-options.js";
import { binary, plain } from "./elementwise.js";
import type { LazyArray } from "./lazy-array.js";
import { classify, compare, logical } from "./logic.js";
import type { Operand } from "./promotion.js";

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
  const isEqual = compare("equal", a, b);
  const distance = plain("abs", binary("subtract", a, b));
  const bound =
    typeof b === "number" ? atol + rtol * Math.abs(b) : binary("add", binary("multiply", plain("abs", b), rtol), atol);
  const isNear = logical("logicalAnd", compare("lessEqual", distance, bound), whereFinite(b));
  const isClose = logical("logicalOr", isNear, isEqual);
  return equalNan ? logical("logicalOr", isClose, logical("logicalAnd", whereNaN(a), whereNaN(b))) : isClose;
}

function whereFinite(operand: Operand): Operand {
  return typeof operand === "number" ? Number(Number.isFinite(operand)) : classify("isfinite", operand);
}

function whereNaN(operand: Operand): Operand {
  return typeof operand === "number" ? Number(Number.isNaN(operand)) : classify("isnan", operand);
}
