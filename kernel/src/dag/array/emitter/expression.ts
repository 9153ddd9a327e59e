/**
 * The formula that a kernel computes for every element, as plain data, and its compilation to SIMD.
 *
 * Values are numbered: first the operands, then the scalars, then the steps in order.
 * + - * / and sqrt are the IEEE operations, never fused, so results equal NumPy's bit for bit.
 * @module
 */
import { type DType, isLong, itemsize } from "../../memory/dtype.js";
import { emitCast } from "./cast.js";
import type { Local } from "./float-lanes.js";
import { emitFloatFunction, isFloatFunction } from "./float-step.js";
import type { FunctionBuilder } from "./function-builder.js";
import { emitLongDivision } from "./integer-operations.js";
import { emitBoolToMask, emitMaskToBool, type Lanes } from "./lanes.js";
import { simd, ValueType } from "./opcodes.js";
import type { Op } from "./operations.js";
import { emitPlain } from "./plain-operations.js";
import { singleFunctions } from "./single-functions.js";

/** One operation of a formula. */
export interface Step {
  readonly op: Op;
  /** element type of the result; see operations.ts for that of the inputs */
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

/** Elements in one vector of the kernel of this formula. */
export function lanesOf({ operands, scalars, steps }: Expression): Lanes {
  const dtypes = [...operands, ...scalars, ...steps.map((step) => step.dtype)];
  if (dtypes.some((dtype) => itemsize(dtype) === 8)) return 2;
  return dtypes.every((dtype) => dtype === "bool") ? 16 : 4;
}

/** Steps that take tens of instructions; one of float32 that is computed in float64 counts twice. */
export function expensiveSteps(expression: Expression): number {
  const isSplit = (op: Op, dtype: DType) =>
    dtype === "float32" && lanesOf(expression) === 4 && !(op in singleFunctions);
  return expression.steps
    .filter(({ op }) => isFloatFunction(op))
    .reduce((count, { op, dtype }) => count + (isSplit(op, dtype) ? 2 : 1), 0);
}

/**
 * Computes all steps once.
 * @param values locals that hold operands and scalars
 * @returns the local that holds the result
 */
export function emitExpression(
  f: FunctionBuilder,
  expression: Expression,
  values: readonly Local[],
  lanes: Lanes,
): Local {
  const locals = [...values];
  for (const step of expression.steps) {
    const inputs = step.inputs.map((input) => locals[input]);
    const from = dtypeOfValue(expression, step.inputs[step.inputs.length - 1]);
    locals.push(emitStep(f, step, from, inputs, lanes));
  }
  return locals[expression.result];
}

/** One step; `from` is the element type of its (last) input. */
function emitStep(f: FunctionBuilder, { op, dtype }: Step, from: DType, inputs: readonly Local[], lanes: Lanes): Local {
  if (isLong(dtype) && (op === "mod" || op === "floorDivide")) return emitLongDivision(f, op, dtype, inputs);
  if (isFloatFunction(op)) return emitFloatFunction(f, op, dtype, inputs, lanes);
  if (op === "where") {
    f.get(inputs[1], inputs[2], inputs[0]);
    emitBoolToMask(f, dtype, lanes);
    f.simd(simd.bitselect);
  } else if (op === "cast") {
    f.get(inputs[0]);
    emitCast(f, from, dtype, lanes);
  } else {
    emitPlain(f, op, from, inputs);
    if (dtype === "bool") emitMaskToBool(f, from, lanes);
  }
  const result = f.local(ValueType.v128);
  f.set(result);
  return result;
}
