/**
 * Arrays from nothing and from data in memory.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, DTypeError, ShapeError } from "../../errors.js";
import { checkedLater, checkOptions, type Expectations } from "../check-options.js";
import { type Arena, arena } from "../memory/arena.js";
import type { Block } from "../memory/block.js";
import { asDType, constructorOf, type DType, dtypeOf, type TypedArray } from "../memory/dtype.js";
import { NDArray, type NestedNumbers } from "../memory/nd-array.js";
import { sizeOf, stridesOf } from "../memory/strides.js";
import { copyStrided } from "./blocks/copy.js";
import { blockIndices, blockShape, boundsOf, type ChunksLike, normalizeChunks, type Shape } from "./chunks.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";

/** Options of functions that make an array. */
export interface CreationOptions {
  readonly chunks?: ChunksLike;
  readonly dtype?: DType;
}

/** Options of `da.fromArray`. */
export interface FromArrayOptions extends CreationOptions {
  /** needed for a typed array with more than one axis */
  readonly shape?: Shape;
}

/** Elements along each axis, or along the only one. */
export type ShapeLike = number | Shape;

const creationOptions: Expectations<CreationOptions> = { chunks: checkedLater, dtype: checkedLater };
const fromArrayOptions: Expectations<FromArrayOptions> = { ...creationOptions, shape: checkedLater };

/**
 * An array filled with one number.
 * @throws {ArgumentError} if the value is no number
 */
export function full(shape: ShapeLike, value: number, options: CreationOptions = {}): LazyArray {
  checkOptions("an array", options, creationOptions);
  if (typeof value !== "number") {
    throw new ArgumentError(`da.full: the value must be a number and is ${inspect(value, { depth: 0 })}`, { value });
  }
  const dtype = asDType(options.dtype ?? "float64");
  return lazyArray("full", normalizeChunks(asShape(shape), options.chunks, { dtype }), dtype, { kind: "full", value });
}

/**
 * The numbers from `start` up to, not including, `stop`. float64 unless `dtype` says otherwise: JavaScript
 * numbers are float64.
 * @throws {ArgumentError} if `step` is 0 or a bound is not finite
 * @throws {DTypeError} for bool
 * @see NumPy `arange`: element i is start + i * ((start + step) - start)
 */
export function range(start: number, stop: number, step: number, options: CreationOptions = {}): LazyArray {
  checkOptions("an array", options, creationOptions);
  if (![start, stop, step].every(Number.isFinite) || step === 0) {
    throw new ArgumentError(`arange(${start}, ${stop}, ${step}) needs finite bounds and a step other than 0`, {
      start,
      stop,
      step,
    });
  }
  const dtype = asDType(options.dtype ?? "float64");
  if (dtype === "bool") {
    throw new DTypeError("arange counts, bool has only 0 and 1: use arange(...).notEqual(0)", { dtype });
  }
  const length = Math.max(0, Math.ceil((stop - start) / step));
  const chunks = normalizeChunks([length], options.chunks, { dtype });
  return lazyArray("arange", chunks, dtype, { kind: "range", start, step: start + step - start });
}

/**
 * An array of data in memory: a typed array, nested lists or an NDArray. The data is copied at once, so
 * later changes of it are not seen; the copy is freed when the array is collected as garbage.
 * @throws {ShapeError} if nested lists are ragged or `shape` does not fit
 * @throws {ArgumentError} if the data is something else
 */
export function fromArray(data: TypedArray | NDArray | NestedNumbers, options: FromArrayOptions = {}): LazyArray {
  checkOptions("da.fromArray", options, fromArrayOptions);
  const source = asNDArray(data, options);
  const chunks = normalizeChunks(source.shape, options.chunks, { dtype: source.dtype });
  const bounds = chunks.map(boundsOf);
  const blocks: Block[] = [];
  try {
    for (const index of blockIndices(chunks)) {
      const shape = blockShape(chunks, index);
      const start = index.reduce((at, i, axis) => at + bounds[axis][i] * source.strides[axis], 0);
      const block = arena().allocate(source.dtype, shape);
      blocks.push(block);
      const target = { data: arena().view(block), start: 0, strides: stridesOf(shape) };
      copyStrided(shape, { data: source.data, start, strides: source.strides }, target);
    }
  } catch (error) {
    for (const block of blocks) arena().release(block);
    throw error;
  }
  const owner = {};
  collected.register(owner, { home: arena(), blocks });
  return lazyArray("array", chunks, source.dtype, { kind: "blocks", blocks, owner });
}

/** Frees the blocks of a source when no array that reads it is left. Runs hold the arrays they compute. */
const collected = new FinalizationRegistry<{ home: Arena; blocks: readonly Block[] }>(({ home, blocks }) => {
  for (const block of blocks) home.release(block);
});

/**
 * The shape that a user wrote.
 * @throws {ShapeError} if it is no list of whole numbers from 0 up
 */
export function asShape(shape: ShapeLike): Shape {
  const list = typeof shape === "number" ? [shape] : shape;
  if (!Array.isArray(list) || !list.every((size) => Number.isInteger(size) && size >= 0)) {
    throw new ShapeError(`shape ${JSON.stringify(shape)} must be a list of integers from 0 up, such as [1000, 1000]`, {
      shape,
    });
  }
  return list;
}

/** The data as an array of the wanted element type and shape. */
function asNDArray(data: TypedArray | NDArray | NestedNumbers, { shape, dtype }: FromArrayOptions): NDArray {
  if (ArrayBuffer.isView(data)) return checkedShape(ofTypedArray(data, dtype), shape ?? [data.length]);
  if (typeof data === "object" && data !== null && "strides" in data) {
    if (dtype === undefined || dtype === data.dtype) return new NDArray(data.data, data.shape, data.strides);
    return new NDArray(cast(data.data, dtype), data.shape, data.strides);
  }
  if (!Array.isArray(data) && typeof data !== "number") throw notNumbers(data);
  const own: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0]) own.push(level.length);
  const values = new (constructorOf(asDType(dtype ?? "float64")))(sizeOf(own));
  const convert = dtype === "bool" ? asTruth : asNumber;
  fill(data, own, 0, values, 0, convert);
  return checkedShape(values, shape ?? own);
}

/** @throws {DTypeError} if bytes are neither a bool array nor named as something else */
function ofTypedArray(data: TypedArray, dtype: DType | undefined): TypedArray {
  if (dtype !== undefined || dtypeOf(data) !== "bool") return cast(data, dtype ?? dtypeOf(data));
  const other = data.findIndex((value) => value > 1);
  if (other < 0) return data;
  throw new DTypeError(
    `a Uint8Array holds a bool array, of 0 and 1, and element ${other} is ${data[other]}: name a dtype, such as { dtype: "int32" }`,
    { index: other, value: data[other] },
  );
}

function cast(data: TypedArray, dtype: DType): TypedArray {
  if (asDType(dtype) === "bool") return Uint8Array.from(data, asTruth);
  return dtypeOf(data) === dtype ? data : new (constructorOf(dtype))(data);
}

function asTruth(value: number): number {
  return value === 0 ? 0 : 1;
}

function asNumber(value: number): number {
  return value;
}

function checkedShape(data: TypedArray, shape: Shape): NDArray {
  if (sizeOf(asShape(shape)) !== data.length) {
    throw new ShapeError(
      `shape [${shape}] holds ${sizeOf(shape)} elements but the data has ${data.length}: give a shape whose product is ${data.length}`,
      { shape, length: data.length },
    );
  }
  return new NDArray(data, shape);
}

/** Copies nested lists into `values` from `start` on; the position after the last element. */
function fill(
  data: NestedNumbers,
  shape: Shape,
  axis: number,
  values: TypedArray,
  start: number,
  convert: (value: number) => number,
): number {
  if (axis === shape.length) {
    if (typeof data !== "number") throw Array.isArray(data) ? raggedLists(axis) : notNumbers(data);
    values[start] = convert(data);
    return start + 1;
  }
  if (!Array.isArray(data) || data.length !== shape[axis]) throw raggedLists(axis);
  return data.reduce<number>((at, item) => fill(item, shape, axis + 1, values, at, convert), start);
}

function raggedLists(axis: number): ShapeError {
  return new ShapeError(`nested lists differ in length at depth ${axis}: all lists of one depth must be equally long`, {
    axis,
  });
}

function notNumbers(data: unknown): ArgumentError {
  return new ArgumentError(
    `da.fromArray: ${inspect(data, { depth: 0, breakLength: 80 })} is not a number: give a typed array, nested lists of numbers or an NDArray`,
    { data },
  );
}
