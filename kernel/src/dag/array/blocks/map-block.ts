/**
 * A function of users called with the blocks of one position, and what it gives made a block.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, DTypeError, ShapeError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, dtypeOf, type ElementArray, type Elements, isLong, zeros } from "../../memory/dtype.js";
import { converted } from "../../memory/element-of.js";
import { NDArray, type NestedNumbers } from "../../memory/nd-array.js";
import { canCast, isElement } from "../../memory/promote-types.js";
import { sizeOf, stridesOf } from "../../memory/strides.js";
import { copyStrided } from "./copy.js";
import { newBlock } from "./scratch.js";

/** Where a block of the result stands, as a function of `mapBlocks` is told. */
export interface BlockInfo {
  /** number of the block along each axis: Dask's block_id */
  readonly index: readonly number[];
  /** elements along each axis that the result must have; NaN if that is not known */
  readonly shape: readonly number[];
  /** first element of the block along each axis of the whole result, and the one after its last */
  readonly location: readonly (readonly [start: number, stop: number])[];
}

/** Lists of numbers and booleans, as deep as the block has axes. */
export type NestedResult = number | bigint | boolean | readonly NestedResult[];
/** What a function of blocks may give: elements of a typed array are in C order. */
export type BlockResult = NDArray<ElementArray> | ElementArray | NestedResult;
/** What the task of one block is told. */
export interface MapBlockPlan {
  /** names the function in errors */
  readonly name: string;
  readonly dtype: DType;
  readonly info: BlockInfo;
}

type Call = (...args: (NDArray<ElementArray> | number | bigint | BlockInfo)[]) => unknown;
interface ShapedElements {
  readonly data: ElementArray;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** What the function gives, or promises, for blocks, which it sees as arrays, and numbers. */
export function callOnBlocks(
  { info }: MapBlockPlan,
  fn: Call,
  ...sources: readonly (Block | number | bigint)[]
): unknown {
  return fn(
    ...sources.map((source) =>
      typeof source === "object"
        ? new NDArray(arena().elements(source), source.shape, undefined, source.dtype)
        : source,
    ),
    info,
  );
}

/**
 * A block with the elements of a result.
 * @throws {ShapeError} if it has not the shape of the block
 * @throws {DTypeError} if its elements do not fit the element type
 * @throws {ArgumentError} if it is something else
 */
export function storeMapped(plan: MapBlockPlan, result: unknown): Block {
  const { data, shape, strides } = elementsOf(plan, result);
  return newBlock(plan.dtype, shape, undefined, (block) => {
    const to = { data: arena().elements(block), start: 0, strides: stridesOf(shape) };
    copyStrided(shape, { data, start: 0, strides }, to);
  });
}

function elementsOf(plan: MapBlockPlan, result: unknown): ShapedElements {
  const { shape } = plan.info;
  if (isElements(result)) return fitting(plan, result);
  if (ArrayBuffer.isView(result)) {
    const data = result as ElementArray;
    // Elements in C order: only their number is known.
    const own = data.length === sizeOf(shape) ? shape : [data.length];
    return fitting(plan, { data, shape: own, strides: stridesOf(own) });
  }
  return fromLists(plan, result);
}

/** By its parts: an NDArray may come from another copy of this package. */
function isElements(value: unknown): value is ShapedElements {
  return typeof value === "object" && value !== null && "data" in value && "shape" in value && "strides" in value;
}

function fitting(plan: MapBlockPlan, elements: ShapedElements & { readonly dtype?: DType }): ShapedElements {
  const given = elements.dtype ?? dtypeOf(elements.data);
  if (!hasShape(elements.shape, plan)) throw wrongShape(plan, elements.shape);
  // a typed array of bytes may be meant as bool
  const isTruth = plan.dtype === "bool" && elements.dtype === undefined && isBytesOfTruth(elements.data);
  if (isTruth || given === plan.dtype) return elements;
  if (canCast(given, plan.dtype)) return { ...elements, data: converted(elements.data, plan.dtype) };
  throw new DTypeError(
    `${placeOf(plan)} gave ${given}, expected ${plan.dtype}: say { dtype: "${given}" }, or convert the elements in the function`,
    { given, expected: plan.dtype },
  );
}

/** True for bytes that are all 0 or 1. */
function isBytesOfTruth(data: ElementArray): boolean {
  return dtypeOf(data) === "uint8" && data.every((value: number | bigint) => value === 0 || value === 1);
}

/** Nested lists of numbers and booleans; one number is a block of one element. */
function fromLists(plan: MapBlockPlan, result: unknown): ShapedElements {
  const expected = plan.info.shape;
  const empty = expected.map((size) => (Number.isNaN(size) ? 0 : size));
  const own: number[] = [];
  for (let level = result; Array.isArray(level); level = level[0]) own.push(level.length);
  const values = [result].flat(Number.POSITIVE_INFINITY);
  // lists without elements do not tell their inner axes: one size may be unknown, and is 0 then
  const isTold = expected.filter((size) => !(size > 0)).length === 1 || !expected.some(Number.isNaN);
  if (values.length === 0 && sizeOf(empty) === 0 && isTold) {
    return { data: zeros(plan.dtype, 0), shape: empty, strides: stridesOf(empty) };
  }
  const other = values.findIndex((value) => !["number", "bigint", "boolean"].includes(typeof value));
  if (other >= 0) throw notNumbers(plan, values[other]);
  const isOne = !Array.isArray(result) && sizeOf(expected) === 1;
  if (!isOne && !hasShape(own, plan)) throw wrongShape(plan, own);
  if (!isOne && isRagged(result as NestedNumbers, own)) {
    throw new ShapeError(`${placeOf(plan)} gave lists of different lengths, expected shape [${expected}]`, {
      expected,
    });
  }
  const scalars = (values as (number | bigint | boolean)[]).map((value) =>
    typeof value === "boolean" ? Number(value) : value,
  );
  const misfit = scalars.find((value) => !isElement(value, plan.dtype));
  if (misfit !== undefined) {
    throw new DTypeError(`${placeOf(plan)} gave ${misfit}, which is no ${plan.dtype}: say another dtype`, {
      value: misfit,
      expected: plan.dtype,
    });
  }
  const data = zeros(plan.dtype, scalars.length);
  const elements: Elements = data;
  for (const [i, value] of scalars.entries()) elements[i] = isLong(plan.dtype) ? BigInt(value) : Number(value);
  const shape = isOne ? expected : own;
  return { data, shape, strides: stridesOf(shape) };
}

/** A size that is not known may be any. */
function hasShape(shape: readonly number[], { info }: MapBlockPlan): boolean {
  return shape.length === info.shape.length && info.shape.every((size, i) => Number.isNaN(size) || size === shape[i]);
}

function isRagged(list: NestedNumbers, [length, ...inner]: readonly number[]): boolean {
  if (!Array.isArray(list)) return length !== undefined;
  return list.length !== length || list.some((item) => isRagged(item, inner));
}

function wrongShape(plan: MapBlockPlan, given: readonly number[]): ShapeError {
  const expected = plan.info.shape;
  return new ShapeError(
    `${placeOf(plan)} gave shape [${given}], expected [${expected}]: return as many elements, or say the new sizes with ` +
      "chunks, dropAxis or newAxis",
    { index: plan.info.index, given, expected },
  );
}

function notNumbers(plan: MapBlockPlan, value: unknown): ArgumentError {
  return new ArgumentError(
    `${placeOf(plan)} gave ${inspect(value, { depth: 0, breakLength: 80 })}, expected an NDArray, a typed array or nested ` +
      `lists of numbers of shape [${plan.info.shape}]`,
    { index: plan.info.index, value },
  );
}

function placeOf({ name, info }: MapBlockPlan): string {
  return `${name}: block [${info.index}]`;
}
