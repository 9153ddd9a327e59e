/**
 * `da.map`: a JavaScript function of numbers, for every element of arrays.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { anyString, checkedLater, checkOptions, type Expectations } from "../check-options.js";
import { context } from "../context.js";
import { plainScope, type ReadFunction, readFunction } from "../functions/index.js";
import { asDType, type DType, isLong } from "../memory/dtype.js";
import { elementOf } from "../memory/element-of.js";
import { mapElements } from "./block-functions.js";
import type { MapPlan } from "./blocks/map-elements.js";
import { blockShape, boundsOf, type Chunks, equalChunks } from "./chunks.js";
import { cast, unifyOperands } from "./elementwise.js";
import { type BlockArgument, type LazyArray, lazyArray } from "./lazy-array.js";
import { FunctionCompiler } from "./map/function-compiler.js";
import { returnsBoolean } from "./map/returns-boolean.js";
import { numberOf, type Scalar, ScalarSteps } from "./map/scalar.js";
import { tellOnce } from "./map/tell-once.js";
import { Uncompilable } from "./map/uncompilable.js";
import { arraysMeet, isScalar, type Operand } from "./promotion.js";
import { broadcastIndex } from "./unify.js";

/** Options of `da.mapWith`. */
export interface ScalarMapOptions {
  /** element type of the result; default: bool for a function that gives booleans, float32 if all arrays are, else float64 */
  readonly dtype?: DType;
  /** what pictures call the operation; default: the name of the function, or "map" */
  readonly name?: string;
}

/**
 * A function of numbers: one for each array. Elements of bool arrays are 1 and 0, those of int64 and uint64 the nearest
 * numbers, exact up to 2^53.
 */
export type ScalarFunction = (...elements: number[]) => number | boolean;

const expectations: Expectations<ScalarMapOptions> = { dtype: checkedLater, name: anyString };

/**
 * The function of each element. It is compiled into element-wise operations, which fuse with those around it; if that
 * cannot be, JavaScript calls it on the workers, and says so once.
 * @throws {ArgumentError} if it is no function, or no operand is an array
 * @throws {ShapeError} if the shapes do not fit together
 * @throws {ShipError} if the function uses a name that is not there
 */
export function map(fn: ScalarFunction, operands: readonly Operand[], options: ScalarMapOptions = {}): LazyArray {
  checkOptions("da.mapWith", options, expectations);
  checkFunction("da.map", fn);
  const dtypes = operands.flatMap((operand) => (isScalar(operand) ? [] : [operand.dtype]));
  // for the error if none is an array
  arraysMeet(operands);
  const { chunks, operands: unified } = unifyOperands(operands);
  const work: MapWork = {
    fn,
    label: options.name ?? (fn.name || "map"),
    chunks,
    operands: unified,
    dtype: options.dtype === undefined ? undefined : asDType(options.dtype),
    float: dtypes.every((dtype) => dtype === "float32") ? "float32" : "float64",
  };
  try {
    return compiled(work);
  } catch (error) {
    if (!(error instanceof Uncompilable)) throw error;
    return called(work, error);
  }
}

/** @throws {ArgumentError} if it is no function */
export function checkFunction(owner: string, fn: unknown): void {
  if (typeof fn === "function") return;
  throw new ArgumentError(
    `${owner} needs a function first and got ${inspect(fn, { depth: 0, breakLength: 80 })}: write ${owner}(fn, ...arrays)`,
    { fn },
  );
}

interface MapWork {
  readonly fn: ScalarFunction;
  readonly label: string;
  readonly chunks: Chunks;
  /** cut at the same places */
  readonly operands: readonly Operand[];
  /** that was asked for */
  readonly dtype: DType | undefined;
  /** of results that are numbers */
  readonly float: "float32" | "float64";
}

/** @throws {Uncompilable} if the function is no formula */
function compiled(work: MapWork): LazyArray {
  const steps = new ScalarSteps(work.label);
  const compiler = new FunctionCompiler(context.scope() ?? plainScope, steps);
  const args = work.operands.map((operand) =>
    numberOf(isScalar(operand) ? Number(operand) : steps.cast(operand, "float64")),
  );
  return stored(compiler.compile(work.fn, args), steps, work);
}

/** The result with the shape and element type that it shall have. */
function stored(result: Scalar, steps: ScalarSteps, { label, chunks, dtype, float }: MapWork): LazyArray {
  const wanted = dtype ?? (result.kind === "boolean" ? "bool" : float);
  const full = (own: DType, value: number | bigint) => lazyArray(label, chunks, own, { kind: "full", value });
  const value = wanted === "bool" ? steps.toBoolean(result) : steps.toNumber(result);
  if (typeof value !== "object") return full(wanted, elementOf[wanted](Number(value)));
  if (equalChunks(value.chunks, chunks)) return steps.cast(value, wanted);
  // not + 0, which would lose the sign of -0
  if (wanted === "bool") return steps.logic("logicalAnd", value, full("bool", 1));
  return steps.cast(steps.number("multiply", value, full("float64", 1)), wanted);
}

/** The function called by JavaScript, block by block. */
function called({ fn, label, chunks, operands: all, dtype, float }: MapWork, why: Uncompilable): LazyArray {
  const operands = all.map(asNumbers);
  const read = readFunction(fn, context.scope() ?? plainScope);
  tell(fn, why, read);
  const wanted = dtype ?? (read !== undefined && returnsBoolean(read.node) ? "bool" : float);
  const inputs = operands.filter((operand) => typeof operand !== "number");
  const call = (index: readonly number[]) => {
    const origin = index.map((i, axis) => boundsOf(chunks[axis])[i]);
    const plan: MapPlan = { name: label, dtype: wanted, shape: blockShape(chunks, index), origin };
    const args = operands.map(
      (operand): BlockArgument =>
        typeof operand === "number"
          ? { kind: "literal", value: operand }
          : { kind: "block", array: operand, index: broadcastIndex(operand, index) },
    );
    const head: BlockArgument[] = [plan, fn].map((value) => ({ kind: "literal", value }));
    return { label, fn: mapElements, args: [...head, ...args] };
  };
  return lazyArray(label, chunks, wanted, { kind: "call", inputs, call });
}

/** What the function shall see as numbers. */
function asNumbers(operand: Operand): LazyArray | number {
  if (isScalar(operand)) return Number(operand);
  return isLong(operand.dtype) ? cast(operand, "float64") : operand;
}

function tell(fn: ScalarFunction, { node, message }: Uncompilable, read: ReadFunction | undefined): void {
  const place = node === undefined ? "" : ` (${read?.placeOf(node)})`;
  tellOnce(String(fn), read?.label ?? `function ${fn.name}`, `${message}${place}`);
}
