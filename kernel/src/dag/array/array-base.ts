/**
 * What every chunked array knows of itself, and how one is recognised.
 *
 * The methods of arrays stand in classes by concept, each the base of the next: ArrayBase,
 * ArithmeticMethods, FunctionMethods, LogicMethods, ReductionMethods, KernelMethods, ChunkedArray. They refer
 * to the last one only as `this` and as type parameters: so no file imports one above it.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { type DType, itemsize } from "../memory/dtype.js";
import { sizeOf } from "../memory/strides.js";
import { type Chunks, numblocksOf, type Shape } from "./chunks.js";
import type { LazyArray } from "./lazy-array.js";
import type { Operand } from "./promotion.js";

const lazySymbol = Symbol.for("dagbook.lazyArray");

/** A chunked array, also one of another copy of this package. */
export interface HasLazyArray {
  readonly [lazySymbol]: LazyArray;
}

/** What an element-wise operation takes beside an array; a bigint is a whole number of any size. */
export type OperandLike = HasLazyArray | number | bigint;

/** Shape, blocks and element type. */
export abstract class ArrayBase implements HasLazyArray {
  readonly #lazy: LazyArray;

  constructor(lazy: LazyArray) {
    this.#lazy = lazy;
  }

  get [lazySymbol](): LazyArray {
    return this.#lazy;
  }

  /** Elements along each axis. */
  get shape(): Shape {
    return this.#lazy.shape;
  }

  /** Sizes of the blocks along each axis. */
  get chunks(): Chunks {
    return this.#lazy.chunks;
  }

  get dtype(): DType {
    return this.#lazy.dtype;
  }

  /** Number of blocks along each axis. */
  get numblocks(): number[] {
    return numblocksOf(this.#lazy.chunks);
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** Bytes of all elements. */
  get nbytes(): number {
    return this.size * itemsize(this.dtype);
  }

  /** A chunked array of `lazy`. Whether its value is an array or a number follows from its shape: types cannot know. */
  protected abstract derive<Result>(lazy: LazyArray): Result;
}

/** @throws {ArgumentError} if it is neither a chunked array nor a number or bigint */
export function unwrap(operand: OperandLike): Operand {
  return typeof operand === "number" || typeof operand === "bigint" ? operand : lazyOf(operand);
}

/** True for a chunked array. */
export function isChunked(value: unknown): value is HasLazyArray {
  return typeof value === "object" && value !== null && lazySymbol in value;
}

/** @throws {ArgumentError} if it is no chunked array */
export function lazyOf(array: HasLazyArray): LazyArray {
  if (isChunked(array)) return array[lazySymbol];
  throw new ArgumentError(
    `${inspect(array, { depth: 0, breakLength: 80 })} is not a chunked array: make one with da.fromArray(data)`,
    { array },
  );
}
