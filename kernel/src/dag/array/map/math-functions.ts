/**
 * JavaScript's functions of numbers that kernels have.
 * @module
 */
import type { FloatFunction, PlainOp, RoundingOp } from "../emitter/operations.js";
import type { LazyArray } from "../lazy-array.js";
import { power } from "./operators.js";
import { booleanOf, numberOf, type Operand, type Scalar, type ScalarSteps } from "./scalar.js";

type Numeric = (steps: ScalarSteps, x: LazyArray) => LazyArray;
type Intrinsic = (steps: ScalarSteps, args: readonly Scalar[]) => Scalar | undefined;

const step =
  (op: FloatFunction | RoundingOp | PlainOp): Numeric =>
  (steps, x) =>
    steps.number(op, x);

/** Of one number. */
const unary: Readonly<Record<string, Numeric>> = {
  abs: step("abs"),
  sqrt: step("sqrt"),
  floor: step("floor"),
  ceil: step("ceil"),
  trunc: step("trunc"),
  exp: step("exp"),
  expm1: step("expm1"),
  log: step("log"),
  log2: step("log2"),
  log10: step("log10"),
  log1p: step("log1p"),
  sin: step("sin"),
  cos: step("cos"),
  tan: step("tan"),
  asin: step("arcsin"),
  acos: step("arccos"),
  atan: step("arctan"),
  sinh: step("sinh"),
  cosh: step("cosh"),
  tanh: step("tanh"),
  asinh: step("arcsinh"),
  acosh: step("arccosh"),
  atanh: step("arctanh"),
  cbrt: step("cbrt"),
  sign,
  round,
  fround: (steps, x) => steps.cast(steps.cast(x, "float32"), "float64"),
};

/** Of -0 it is -0, NumPy's is 0. */
function sign(steps: ScalarSteps, x: LazyArray): LazyArray {
  return steps.where(steps.test("equal", x, 0), x, steps.number("sign", x));
}

/** Halves go up, and what is rounded to 0 keeps its sign. x - floor(x) is exact where it decides. */
function round(steps: ScalarSteps, x: LazyArray): LazyArray {
  const floor = steps.number("floor", x);
  const isUp = steps.test("greaterEqual", steps.number("subtract", x, floor), 0.5);
  const whole = steps.where(isUp, steps.number("add", floor, 1), floor);
  return steps.where(steps.test("equal", whole, 0), steps.number("multiply", x, 0), whole);
}

const binary: Readonly<Record<string, (steps: ScalarSteps, a: Operand, b: Operand) => Operand>> = {
  atan2: (steps, y, x) => steps.number("arctan2", y, x),
  pow: power,
};

/** `Math.min` and `Math.max` of any number of arguments: NaN if one is NaN, and -0 is below 0. */
function extreme(name: "min" | "max"): Intrinsic {
  return (steps, args) => {
    const numbers = args.map((arg) => steps.toNumber(arg));
    if (numbers.length === 0) return numberOf(Math[name]());
    return numberOf(
      numbers.reduce((a, b) => {
        if (typeof a === "number" && typeof b === "number") return Math[name](a, b);
        return steps.number(name === "min" ? "minimum" : "maximum", a, b);
      }),
    );
  };
}

/** Of one or two numbers. */
const hypot: Intrinsic = (steps, args) => {
  const [a, b = 0] = args.map((arg) => steps.toNumber(arg));
  if (args.length === 0 || args.length > 2) return undefined;
  if (typeof a === "number" && typeof b === "number") return numberOf(Math.hypot(a, b));
  return numberOf(steps.number("hypot", a, b));
};

/** A question about a number; @param convert false: a boolean is none */
function question(
  ask: (steps: ScalarSteps, x: LazyArray) => LazyArray,
  test: (x: number) => boolean,
  convert: boolean,
): Intrinsic {
  return (steps, args) => {
    if (args.length === 0) return booleanOf(test(Number.NaN));
    if (!convert && args[0].kind !== "number") return args[0].kind === "boolean" ? booleanOf(false) : undefined;
    const x = steps.toNumber(args[0]);
    return booleanOf(typeof x === "number" ? test(x) : ask(steps, x));
  };
}

const nan = (steps: ScalarSteps, x: LazyArray) => steps.test("isnan", x);
const finite = (steps: ScalarSteps, x: LazyArray) => steps.test("isfinite", x);
const whole = (steps: ScalarSteps, x: LazyArray) =>
  steps.logic("logicalAnd", finite(steps, x), steps.test("equal", steps.number("trunc", x), x));

/** By their names from `globalThis`. What they give undefined for is no formula. */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ...Object.entries(unary).map(([name, compute]): [string, Intrinsic] => [`Math.${name}`, ofOne(name, compute)]),
  ...Object.entries(binary).map(([name, compute]): [string, Intrinsic] => [`Math.${name}`, ofTwo(name, compute)]),
  ["Math.min", extreme("min")],
  ["Math.max", extreme("max")],
  ["Math.hypot", hypot],
  ["isNaN", question(nan, Number.isNaN, true)],
  ["isFinite", question(finite, Number.isFinite, true)],
  ["Number.isNaN", question(nan, Number.isNaN, false)],
  ["Number.isFinite", question(finite, Number.isFinite, false)],
  ["Number.isInteger", question(whole, Number.isInteger, false)],
  ["Number", (steps, [x = numberOf(0)]) => numberOf(steps.toNumber(x))],
  ["Boolean", (steps, [x = booleanOf(false)]) => booleanOf(steps.toBoolean(x))],
]);

function ofOne(name: string, compute: Numeric): Intrinsic {
  return (steps, args) => {
    const x = args.length === 0 ? Number.NaN : steps.toNumber(args[0]);
    return numberOf(typeof x === "number" ? builtin(name)(x) : compute(steps, x));
  };
}

function ofTwo(name: string, compute: (steps: ScalarSteps, a: Operand, b: Operand) => Operand): Intrinsic {
  return (steps, args) => {
    const [a = Number.NaN, b = Number.NaN] = args.map((arg) => steps.toNumber(arg));
    return numberOf(typeof a === "number" && typeof b === "number" ? builtin(name)(a, b) : compute(steps, a, b));
  };
}

function builtin(name: string): (...args: readonly number[]) => number {
  return Math[name as "sqrt"];
}
