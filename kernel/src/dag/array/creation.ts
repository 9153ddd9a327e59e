/**
 * Arrays from nothing and from data in memory.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, DTypeError, ShapeError } from "../../errors.js";
import { checkedLater, checkOptions, type Expectations } from "../check-options.js";
import { type Arena, arena } from "../memory/arena.js";
import type { Block } from "../memory/block.js";
import { asDType, type DType, dtypeOf, type ElementArray, type Elements, isLong, zeros } from "../memory/dtype.js";
import { converted, elementOf, elementOfBigInt } from "../memory/element-of.js";
import { NDArray, type NestedNumbers } from "../memory/nd-array.js";
import { isElement, isWholeNumber } from "../memory/promote-types.js";
import { sizeOf, stridesOf } from "../memory/strides.js";
import { copyStrided } from "./blocks/copy.js";
import { blockIndices, blockShape, boundsOf, type ChunksLike, normalizeChunks, type Shape } from "./chunks.js";
import { cast } from "./elementwise.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { outOfBounds } from "./promotion.js";

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

/** What `da.fromArray` takes. */
export type ArraySource = ElementArray | NDArray<ElementArray> | NestedNumbers;

/** Elements along each axis, or along the only one. */
export type ShapeLike = number | Shape;

const creationOptions: Expectations<CreationOptions> = { chunks: checkedLater, dtype: checkedLater };
const fromArrayOptions: Expectations<FromArrayOptions> = { ...creationOptions, shape: checkedLater };

/**
 * An array filled with one number: float64, of a bigint int64, unless `dtype` says otherwise.
 * @throws {ArgumentError} if the value is no number
 * @throws {DTypeError} if it is a whole number beyond the element type
 */
export function full(shape: ShapeLike, value: number | bigint, options: CreationOptions = {}): LazyArray {
  checkOptions("an array", options, creationOptions);
  if (!isNumber(value)) {
    throw new ArgumentError(`da.full: the value must be a number or bigint and is ${inspect(value, { depth: 0 })}`, {
      value,
    });
  }
  const dtype = asDType(options.dtype ?? typeOfScalar(value));
  if (isWholeNumber(value) && dtype !== "bool" && !isElement(value, dtype)) throw outOfBounds(value, dtype);
  const element = typeof value === "bigint" ? elementOfBigInt(value, dtype) : elementOf[dtype](value);
  const chunks = normalizeChunks(asShape(shape), options.chunks, { dtype });
  return lazyArray("full", chunks, dtype, { kind: "full", value: element });
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
  // bigints are made of float64, which holds all that the bounds can name
  const counted = isLong(dtype) ? "float64" : dtype;
  return cast(lazyArray("arange", chunks, counted, { kind: "range", start, step: start + step - start }), dtype);
}

/**
 * An array of data in memory: a typed array, nested lists or an NDArray. Its element type is that of the data; lists of
 * numbers are float64, of bigints int64. The data is copied at once, so later changes of it are not seen; the copy is
 * freed when the array is collected as garbage.
 * @throws {ShapeError} if nested lists are ragged or `shape` does not fit
 * @throws {ArgumentError} if the data is something else
 */
export function fromArray(data: ArraySource, options: FromArrayOptions = {}): LazyArray {
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
      const target = { data: arena().elements(block), start: 0, strides: stridesOf(shape) };
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
function asNDArray(data: ArraySource, { shape, dtype: asked }: FromArrayOptions): NDArray<ElementArray> {
  const dtype = asked === undefined ? undefined : asDType(asked);
  if (ArrayBuffer.isView(data)) {
    const own = dtype ?? dtypeOf(data);
    return checkedShape(converted(data, own), shape ?? [data.length], own);
  }
  if (typeof data === "object" && data !== null && "strides" in data) {
    const own = dtype ?? data.dtype;
    return new NDArray(own === data.dtype ? data.data : converted(data.data, own), data.shape, data.strides, own);
  }
  if (!Array.isArray(data) && !isNumber(data)) throw notNumbers(data);
  const lengths: number[] = [];
  for (let level: NestedNumbers = data; Array.isArray(level); level = level[0]) lengths.push(level.length);
  const list = data as NestedNumbers;
  const own = dtype ?? typeOfScalar(firstOf(list));
  const values = zeros(own, sizeOf(lengths));
  const convert = (value: number | bigint) =>
    typeof value === "bigint" ? elementOfBigInt(value, own) : elementOf[own](value);
  fill(list, lengths, 0, values, 0, convert);
  return checkedShape(values, shape ?? lengths, own);
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function firstOf(list: NestedNumbers): NestedNumbers | undefined {
  let first: NestedNumbers | undefined = list;
  while (Array.isArray(first)) first = first[0];
  return first;
}

/** Lists are float64 unless they begin with a bigint. */
function typeOfScalar(value: unknown): DType {
  return typeof value === "bigint" ? "int64" : "float64";
}

function checkedShape(data: ElementArray, shape: Shape, dtype: DType): NDArray<ElementArray> {
  if (sizeOf(asShape(shape)) !== data.length) {
    throw new ShapeError(
      `shape [${shape}] holds ${sizeOf(shape)} elements but the data has ${data.length}: give a shape whose product is ${data.length}`,
      { shape, length: data.length },
    );
  }
  return new NDArray(data, shape, undefined, dtype);
}

/** Copies nested lists into `values` from `start` on; the position after the last element. */
function fill(
  data: NestedNumbers,
  shape: Shape,
  axis: number,
  values: Elements,
  start: number,
  convert: (value: number | bigint) => number | bigint,
): number {
  if (axis === shape.length) {
    if (!isNumber(data)) throw Array.isArray(data) ? raggedLists(axis) : notNumbers(data);
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
