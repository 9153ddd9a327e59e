/**
 * The formula that a kernel computes for every element, as plain data, and its compilation to SIMD.
 *
 * Values are numbered: first the operands, then the scalars, then the steps in order.
 * + - * / and sqrt are the IEEE operations, never fused, so results equal NumPy's bit for bit.
 * @module
 */
import type { DType } from "../../memory/dtype.js";
import { emitExp } from "./exp.js";
import type { FunctionBuilder } from "./function-builder.js";
import { arithmetic, simd, ValueType } from "./opcodes.js";

/** Operations on two values. */
export type BinaryOp = "add" | "subtract" | "multiply" | "divide" | "minimum" | "maximum" | "power";
/** Operations on one value. */
export type UnaryOp = "negative" | "abs" | "sqrt" | "exp";

/** One operation of a formula. */
export interface Step {
  readonly op: BinaryOp | UnaryOp | "cast";
  /** element type of the result; except for `cast` also that of the inputs */
  readonly dtype: DType;
  /** numbers of the values that go in */
  readonly inputs: readonly number[];
}

/** A formula: what goes in, the steps, and which value comes out. */
export interface Expression {
  readonly operands: readonly DType[];
  readonly scalars: readonly DType[];
  readonly steps: readonly Step[];
  /** number of the value that is the result */
  readonly result: number;
}

/** Element type of value number `index`. */
export function dtypeOfValue(expression: Expression, index: number): DType {
  const { operands, scalars, steps } = expression;
  if (index < operands.length) return operands[index];
  if (index < operands.length + scalars.length) return scalars[index - operands.length];
  return steps[index - operands.length - scalars.length].dtype;
}

/** Elements in one v128: 2 as soon as a float64 takes part, 4 otherwise. Narrower values then use the low lanes. */
export function lanesOf({ operands, scalars, steps }: Expression): 2 | 4 {
  const dtypes = [...operands, ...scalars, ...steps.map((step) => step.dtype)];
  return dtypes.includes("float64") ? 2 : 4;
}

/** Steps that take tens of instructions. */
export function expensiveSteps(expression: Expression): number {
  return expression.steps.filter(({ op }) => op === "exp" || op === "power").length;
}

/**
 * Computes all steps once.
 * @param values locals that hold operands and scalars
 * @returns the local that holds the result
 */
export function emitExpression(f: FunctionBuilder, expression: Expression, values: readonly number[]): number {
  const locals = [...values];
  for (const step of expression.steps) {
    f.get(...step.inputs.map((input) => locals[input]));
    if (step.op === "cast") emitCast(f, dtypeOfValue(expression, step.inputs[0]), step.dtype);
    else if (step.op === "exp") emitExp(f);
    else if (step.op === "power") emitPower(f);
    else f.simd(codeOf(step));
    const result = f.local(ValueType.v128);
    f.set(result);
    locals.push(result);
  }
  return locals[expression.result];
}

function codeOf({ op, dtype }: Step): number {
  const codes: Readonly<Record<string, number>> = arithmetic[dtype];
  const code = codes[op];
  if (code === undefined) throw new TypeError(`no instruction for ${op} of ${dtype}: cast its inputs first`);
  return code;
}

function emitCast(f: FunctionBuilder, from: DType, to: DType): void {
  if (from === to) return;
  if (to === "float64") f.simd(from === "float32" ? simd.f64FromF32 : simd.f64FromI32);
  else if (to === "float32") f.simd(from === "float64" ? simd.f32FromF64 : simd.f32FromI32);
  else f.simd(from === "float64" ? simd.i32FromF64 : simd.i32FromF32);
}

/** Number of the imported Math.pow. */
const pow = 0;

/** Lane by lane through Math.pow: base and exponent are on the stack. */
function emitPower(f: FunctionBuilder): void {
  const base = f.local(ValueType.v128);
  const exponent = f.local(ValueType.v128);
  f.set(exponent).set(base);
  const lane = (index: number) =>
    f.get(base).lane(simd.f64Extract, index).get(exponent).lane(simd.f64Extract, index).call(pow);
  lane(0).simd(simd.f64Splat);
  lane(1).lane(simd.f64Replace, 1);
}
