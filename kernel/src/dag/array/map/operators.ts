/**
 * JavaScript's operators on scalars.
 * @module
 */
import type { ComparisonOp } from "../emitter/operations.js";
import type { LazyArray } from "../lazy-array.js";
import { booleanOf, constantOf, numberOf, type Operand, type Scalar, type ScalarSteps } from "./scalar.js";

type Fold = (a: number, b: number) => number;
const arithmetic: Readonly<Record<string, readonly ["add" | "subtract" | "multiply" | "divide", Fold] | undefined>> = {
  "+": ["add", (a, b) => a + b],
  "-": ["subtract", (a, b) => a - b],
  "*": ["multiply", (a, b) => a * b],
  "/": ["divide", (a, b) => a / b],
};
const comparisons: Readonly<Record<string, readonly [ComparisonOp, (a: number, b: number) => boolean] | undefined>> = {
  "<": ["less", (a, b) => a < b],
  "<=": ["lessEqual", (a, b) => a <= b],
  ">": ["greater", (a, b) => a > b],
  ">=": ["greaterEqual", (a, b) => a >= b],
  "==": ["equal", (a, b) => a === b],
  "!=": ["notEqual", (a, b) => a !== b],
};

/** `left operator right`; undefined if kernels have no such operator. */
export function binaryOperator(steps: ScalarSteps, operator: string, left: Scalar, right: Scalar): Scalar | undefined {
  if (operator === "===" || operator === "!==") return strictly(steps, operator, left, right);
  const [a, b] = [steps.toNumber(left), steps.toNumber(right)];
  if (operator === "**") return numberOf(power(steps, a, b));
  const areConstant = typeof a === "number" && typeof b === "number";
  if (operator === "%") return numberOf(areConstant ? a % b : steps.number("fmod", a, b));
  const own = arithmetic[operator];
  if (own !== undefined) return numberOf(areConstant ? own[1](a, b) : steps.number(own[0], a, b));
  const comparison = comparisons[operator];
  if (comparison === undefined) return undefined;
  return booleanOf(areConstant ? comparison[1](a, b) : steps.test(comparison[0], a, b));
}

/** A number never equals a boolean. */
function strictly(steps: ScalarSteps, operator: "===" | "!==", left: Scalar, right: Scalar): Scalar | undefined {
  if (left.kind === "mixed" || right.kind === "mixed") return undefined;
  if (left.kind !== right.kind) return booleanOf(operator === "!==");
  return binaryOperator(steps, operator === "===" ? "==" : "!=", left, right);
}

/**
 * JavaScript's `**`. Exponents -1, 0.5, 1, 2 and 3 are exact operations or products, the rest is less than 1 ulp from
 * the exact value.
 */
export function power(steps: ScalarSteps, base: Operand, exponent: Operand): Operand {
  if (typeof base === "number" && typeof exponent === "number") return base ** exponent;
  if (typeof base === "object" && typeof exponent === "number") {
    const exact = exactPower(steps, base, exponent);
    if (exact !== undefined) return exact;
  }
  const result = steps.number("power", base, exponent);
  if (typeof base === "number" && Math.abs(base) !== 1) return result;
  if (typeof exponent === "number" && Number.isFinite(exponent)) return result;
  // 1 to the power of NaN or infinity is NaN, unlike in C and NumPy; so is -1 to infinity
  const isWild = typeof exponent === "number" || steps.logic("logicalNot", steps.test("isfinite", exponent));
  const isOne = typeof base === "number" || steps.test("equal", steps.number("abs", base), 1);
  const isNone = isWild === true ? isOne : isOne === true ? isWild : steps.logic("logicalAnd", isWild, isOne);
  return typeof isNone === "object" ? steps.where(isNone, Number.NaN, result) : Number.NaN;
}

function exactPower(steps: ScalarSteps, base: LazyArray, exponent: number): Operand | undefined {
  switch (exponent) {
    case 0:
      return 1;
    case 1:
      return base;
    case -1:
      return steps.number("divide", 1, base);
    case 2:
      return steps.number("multiply", base, base);
    case 3:
      return steps.number("multiply", steps.number("multiply", base, base), base);
    case 0.5: {
      // unlike the root of -0 and of -infinity, these powers are 0 and infinity
      const isLow = steps.test("equal", base, Number.NEGATIVE_INFINITY);
      const root = steps.number("sqrt", steps.number("add", base, 0));
      return steps.where(isLow, Number.POSITIVE_INFINITY, root);
    }
    default:
      return Number.isNaN(exponent) ? Number.NaN : undefined;
  }
}

/** `operator scalar`; undefined if kernels have no such operator. */
export function unaryOperator(steps: ScalarSteps, operator: string, scalar: Scalar): Scalar | undefined {
  if (operator === "!") return booleanOf(not(steps, steps.toBoolean(scalar)));
  const number = steps.toNumber(scalar);
  if (operator === "+") return numberOf(number);
  if (operator !== "-") return undefined;
  return numberOf(typeof number === "number" ? -number : steps.number("negative", number));
}

function not(steps: ScalarSteps, condition: LazyArray | boolean): LazyArray | boolean {
  return typeof condition === "boolean" ? !condition : steps.logic("logicalNot", condition);
}

/** `condition ? then : otherwise`, for a condition that differs between elements. */
export function choose(steps: ScalarSteps, condition: LazyArray, then: Scalar, otherwise: Scalar): Scalar {
  if (then.kind === "boolean" && otherwise.kind === "boolean") {
    return booleanOf(chooseBoolean(steps, condition, then.of, otherwise.of));
  }
  const of = steps.where(condition, steps.toNumber(then), steps.toNumber(otherwise));
  return { kind: then.kind === "number" && otherwise.kind === "number" ? "number" : "mixed", of };
}

function chooseBoolean(
  steps: ScalarSteps,
  condition: LazyArray,
  then: LazyArray | boolean,
  otherwise: LazyArray | boolean,
): LazyArray | boolean {
  if (then === otherwise) return then;
  const reversed = () => steps.logic("logicalNot", condition);
  if (typeof otherwise === "boolean") {
    if (then === true) return condition;
    if (then === false) return reversed();
    return otherwise ? steps.logic("logicalOr", reversed(), then) : steps.logic("logicalAnd", condition, then);
  }
  if (then === true) return steps.logic("logicalOr", condition, otherwise);
  if (then === false) return steps.logic("logicalAnd", reversed(), otherwise);
  return steps.logic(
    "logicalOr",
    steps.logic("logicalAnd", condition, then),
    steps.logic("logicalAnd", reversed(), otherwise),
  );
}

/** `left && right` and `left || right` with JavaScript's values: one of the two. */
export function logicalOperator(steps: ScalarSteps, operator: "&&" | "||", left: Scalar, right: () => Scalar): Scalar {
  const constant = constantOf(left);
  if (constant !== undefined) return Boolean(constant) === (operator === "&&") ? right() : left;
  const condition = steps.toBoolean(left) as LazyArray;
  return operator === "&&" ? choose(steps, condition, right(), left) : choose(steps, condition, left, right());
}
