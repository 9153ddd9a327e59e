/**
 * The array type that users see: NumPy's names as methods, nothing computed until asked.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { displaySymbol, inspectSymbol } from "../../symbols.js";
import { type Collection, type CollectionProtocol, collectionSymbol } from "../collection.js";
import { computeOne, persistOne, runOne } from "../compute.js";
import type { ComputeOptions, ComputeRun } from "../compute-options.js";
import type { GraphPicture } from "../graph-picture.js";
import { type DType, itemsize } from "../memory/dtype.js";
import type { NDArray } from "../memory/nd-array.js";
import { sizeOf } from "../memory/strides.js";
import { type VisualizeOptions, visualizeWith } from "../visualize.js";
import type { AxisLike } from "./axes.js";
import { type Chunks, type ChunksLike, normalizeChunks, numblocksOf, type Shape } from "./chunks.js";
import { describeHtml, describeText } from "./describe.js";
import { binary, cast, power, unary } from "./elementwise.js";
import { joinBlocks } from "./join-blocks.js";
import { type LazyArray, labelOf, lazyArray } from "./lazy-array.js";
import { lower, lowerAsOne } from "./lower.js";
import type { Operand } from "./promotion.js";
import { type ReduceOptions, type Reduction, reduce } from "./reductions.js";
import type { SliceItem } from "./selection.js";
import { matmul, sliceArray, transpose } from "./shaping.js";
import { rechunk } from "./unify.js";
import { assertKnownSizes, sizesText } from "./unknown-sizes.js";

/** A chunked array of any value. */
export type AnyArray = ChunkedArray<NDArray | number>;
/** What an operation takes: an array or a number. */
export type ArrayLike = AnyArray | number;

const lazySymbol = Symbol.for("dagbook.lazyArray");

/**
 * A large array cut into blocks. Operations return new arrays at once and run nothing; `compute()` gives
 * the value. Made by the functions of `da`.
 *
 * `V` is the type of that value: a number for a reduction over all axes, else an NDArray. It cannot know
 * that other results have no axes either, such as `x.slice(0)` of a line; those are numbers as well.
 * @example const x = da.arange(10, { chunks: 5 }); await x.multiply(2).sum().compute() // 90
 */
export class ChunkedArray<V extends NDArray | number = NDArray> implements Collection<V> {
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

  /** The array with its axes reversed. */
  get T(): ChunkedArray {
    return this.transpose();
  }

  /**
   * The sum; shapes are broadcast as in NumPy, chunks brought together.
   * @throws {ShapeError} if the shapes do not fit together
   */
  add(other: ArrayLike): ChunkedArray<V> {
    return wrap(binary("add", this.#lazy, unwrap(other)));
  }

  /** The difference; see `add`. */
  subtract(other: ArrayLike): ChunkedArray<V> {
    return wrap(binary("subtract", this.#lazy, unwrap(other)));
  }

  /** The product of elements; see `add`. */
  multiply(other: ArrayLike): ChunkedArray<V> {
    return wrap(binary("multiply", this.#lazy, unwrap(other)));
  }

  /** The quotient; of integers it is float64. */
  divide(other: ArrayLike): ChunkedArray<V> {
    return wrap(binary("divide", this.#lazy, unwrap(other)));
  }

  /** Elements to a power; integers need an integer exponent from 0 up. */
  power(exponent: ArrayLike): ChunkedArray<V> {
    return wrap(power(this.#lazy, unwrap(exponent)));
  }

  /** The elements with the other sign. */
  negative(): ChunkedArray<V> {
    return wrap(unary("negative", this.#lazy));
  }

  /** Absolute values. */
  abs(): ChunkedArray<V> {
    return wrap(unary("abs", this.#lazy));
  }

  /** Square roots; of integers they are float64. */
  sqrt(): ChunkedArray<V> {
    return wrap(unary("sqrt", this.#lazy));
  }

  /** e to the power of each element, less than 1.1 ulp from the exact value. */
  exp(): ChunkedArray<V> {
    return wrap(unary("exp", this.#lazy));
  }

  /**
   * The same numbers as another element type; to int32 the fraction is cut off.
   * @throws {DTypeError} if the type is unknown
   */
  astype(dtype: DType): ChunkedArray<V> {
    return wrap(cast(this.#lazy, dtype));
  }

  /**
   * The sum over an axis, a list of axes, or all. Of int32 it is float64, exact up to 2^53 (NumPy: int64).
   * @example x.sum(0, { keepdims: true })
   */
  sum(): ChunkedArray<number>;
  sum(axis: AxisLike, options?: ReduceOptions): ChunkedArray;
  sum(axis: AxisLike = null, options?: ReduceOptions): AnyArray {
    return this.#reduce("sum", axis, options);
  }

  /** The mean over an axis, a list of axes, or all; NaN of no elements. */
  mean(): ChunkedArray<number>;
  mean(axis: AxisLike, options?: ReduceOptions): ChunkedArray;
  mean(axis: AxisLike = null, options?: ReduceOptions): AnyArray {
    return this.#reduce("mean", axis, options);
  }

  /** The largest element; NaN if there is one among them. */
  max(): ChunkedArray<number>;
  max(axis: AxisLike, options?: ReduceOptions): ChunkedArray;
  max(axis: AxisLike = null, options?: ReduceOptions): AnyArray {
    return this.#reduce("max", axis, options);
  }

  /** The smallest element; NaN if there is one among them. */
  min(): ChunkedArray<number>;
  min(axis: AxisLike, options?: ReduceOptions): ChunkedArray;
  min(axis: AxisLike = null, options?: ReduceOptions): AnyArray {
    return this.#reduce("min", axis, options);
  }

  /** The array with its axes in another order. */
  transpose(order?: readonly number[]): ChunkedArray {
    return wrap(transpose(this.#lazy, order));
  }

  /**
   * A part, by NumPy's basic indexing; null is a whole axis.
   * @throws {ShapeError} if an index is out of bounds or there are more than axes
   * @throws {ArgumentError} if an index is not understood
   * @example x.slice("2:9, ::2"); x.slice(slice(2, 9), null); x.slice(0, -1); x.slice(":, newaxis")
   */
  slice(...items: readonly SliceItem[]): ChunkedArray {
    return wrap(sliceArray(this.#lazy, items));
  }

  /**
   * The matrix product of `[m, k]` and `[k, n]`: `[m, n]`.
   * @throws {ShapeError} if an array has not two axes or the inner sizes differ
   */
  matmul(other: AnyArray): ChunkedArray {
    return wrap(matmul(this.#lazy, lazyOf(other)));
  }

  /**
   * The same array cut into other blocks.
   * @throws {ChunkError} if `chunks` do not fit the shape
   */
  rechunk(chunks: ChunksLike): ChunkedArray {
    assertKnownSizes(this, "rechunk");
    return wrap(rechunk(this.#lazy, normalizeChunks(this.shape, chunks, { dtype: this.dtype })));
  }

  /**
   * The value: an NDArray, or a number if the array has no axes.
   * @throws {TaskError} if a task threw; its `cause` is the task's own error
   * @throws {CancelledError} if `options.signal` was aborted or the run was stopped
   */
  compute(options?: ComputeOptions): Promise<V> {
    return computeOne(this, options);
  }

  /** The same array, computed; its blocks stay in the array memory until nothing refers to it. */
  persist(options?: ComputeOptions): Promise<this> {
    return persistOne(this, options);
  }

  /** Starts to compute and gives the run: its events, `cancel`, and the value. */
  run(options?: ComputeOptions): Promise<ComputeRun<V>> {
    return runOne(this, options);
  }

  /** A picture of the graph; nothing runs. */
  visualize(options: VisualizeOptions = {}): GraphPicture {
    return visualizeWith(options, this);
  }

  get [collectionSymbol](): CollectionProtocol<V> {
    const lazy = this.#lazy;
    return {
      title: labelOf(lazy),
      addTo: (graph) => lower(graph, lazy),
      addAsValue: (graph) => lowerAsOne(graph, lazy),
      finalize: (results) => joinBlocks(lazy, results) as V,
      persisted: (kept) => wrap(lazyArray(labelOf(lazy), lazy.chunks, lazy.dtype, { kind: "kept", kept })),
    };
  }

  /**
   * Text of the array, for `${…}`.
   * @throws {ArgumentError} for arithmetic and comparison: JavaScript has no operators on arrays
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new ArgumentError(
      `${this.toString()} has no operators such as + and <: write x.add(1), x.multiply(y), x.sum()`,
    );
  }

  toString(): string {
    return `ChunkedArray(${this.dtype} [${sizesText(this.shape)}])`;
  }

  [displaySymbol](): Record<string, string> {
    return { "text/plain": describeText(this.#lazy), "text/html": describeHtml(this.#lazy) };
  }

  [inspectSymbol](): string {
    return describeText(this.#lazy);
  }

  #reduce(reduction: Reduction, axis: AxisLike, options: ReduceOptions | undefined): AnyArray {
    return wrap(reduce(reduction, this.#lazy, axis, options));
  }
}

/** The array of a lazy one. The type of its value follows from its shape, which types cannot know. */
export function wrap<V extends NDArray | number = NDArray>(lazy: LazyArray): ChunkedArray<V> {
  return new ChunkedArray<V>(lazy);
}

/** @throws {ArgumentError} if it is neither a chunked array nor a number */
export function unwrap(operand: ArrayLike): Operand {
  return typeof operand === "number" ? operand : lazyOf(operand);
}

/** @throws {ArgumentError} if it is no chunked array */
export function lazyOf(array: AnyArray): LazyArray {
  if (typeof array === "object" && array !== null && lazySymbol in array) return array[lazySymbol];
  throw new ArgumentError(
    `${inspect(array, { depth: 0, breakLength: 80 })} is not a chunked array: make one with da.fromArray(data)`,
    { array },
  );
}
