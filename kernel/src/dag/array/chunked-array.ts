/**
 * The array type that users see: NumPy's names as methods, nothing computed until asked.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { displaySymbol, inspectSymbol } from "../../symbols.js";
import { type Collection, type CollectionProtocol, collectionSymbol } from "../collection.js";
import { computeOne, persistOne, runOne } from "../compute.js";
import type { ComputeOptions, ComputeRun } from "../compute-options.js";
import type { GraphPicture } from "../graph-picture.js";
import type { NDArray } from "../memory/nd-array.js";
import { type VisualizeOptions, visualizeWith } from "../visualize.js";
import { lazyOf } from "./array-base.js";
import type { BlockInfo, BlockResult } from "./blocks/map-block.js";
import { type ChunksLike, normalizeChunks } from "./chunks.js";
import { describeHtml, describeText } from "./describe.js";
import { joinBlocks } from "./join-blocks.js";
import { type LazyArray, labelOf, lazyArray } from "./lazy-array.js";
import { lower, lowerAsOne } from "./lower.js";
import { type MapBlocksOptions, mapBlocks } from "./map-blocks.js";
import type { SliceItem } from "./selection.js";
import { ShapeMethods } from "./shape-methods.js";
import { matmul, sliceArray, transpose } from "./shaping.js";
import { fromNpy } from "./storage/from-npy.js";
import { fromZarr } from "./storage/from-zarr.js";
import { type ToNpyOptions, toNpy } from "./storage/to-npy.js";
import { type ToZarrOptions, toZarr } from "./storage/to-zarr.js";
import { rechunk } from "./unify.js";
import { assertKnownSizes, sizesText } from "./unknown-sizes.js";

/** A chunked array of any value. */
export type AnyArray = ChunkedArray<NDArray | number>;
/** What an operation takes: an array or a number; a bigint is a whole number of any size. */
export type ArrayLike = AnyArray | number | bigint;

/**
 * A large array cut into blocks. Operations return new arrays at once and run nothing; `compute()` gives
 * the value. Made by the functions of `da`.
 *
 * `V` is the type of that value: a number for a reduction over all axes, else an NDArray. It cannot know
 * that other results have no axes either, such as `x.slice(0)` of a line; those are numbers as well. An int64 or
 * uint64 result beyond 2^53 is a bigint: no number holds it.
 * @example const x = da.arange(10, { chunks: 5 }); await x.multiply(2).sum().compute() // 90
 */
export class ChunkedArray<V extends NDArray | number = NDArray>
  extends ShapeMethods<ChunkedArray<number>, ChunkedArray>
  implements Collection<V>
{
  /** The array with its axes reversed. */
  get T(): ChunkedArray {
    return this.transpose();
  }

  /** The array with its axes in another order. */
  transpose(order?: readonly number[]): ChunkedArray {
    return wrap(transpose(lazyOf(this), order));
  }

  /**
   * A part, by NumPy's basic indexing; null is a whole axis.
   * @throws {ShapeError} if an index is out of bounds or there are more than axes
   * @throws {ArgumentError} if an index is not understood
   * @example x.slice("2:9, ::2"); x.slice(slice(2, 9), null); x.slice(0, -1); x.slice(":, newaxis")
   */
  slice(...items: readonly SliceItem[]): ChunkedArray {
    return wrap(sliceArray(lazyOf(this), items));
  }

  /**
   * The matrix product of `[m, k]` and `[k, n]`: `[m, n]`.
   * @throws {ShapeError} if an array has not two axes or the inner sizes differ
   */
  matmul(other: AnyArray): ChunkedArray {
    return wrap(matmul(lazyOf(this), lazyOf(other)));
  }

  /**
   * The array whose blocks are what a function, also an async one, gives for the blocks of this one; Dask's
   * `map_blocks`. The function gets an NDArray, which it must not change, and where the block is; it gives an NDArray, a
   * typed array or nested lists with the shape of the block.
   * @throws {ShapeError} if an axis does not exist
   * @throws {ChunkError} if `chunks` do not name the sizes of as many blocks as there are
   * @example x.mapBlocks((block) => block.data.map((value) => value ** 2))
   */
  mapBlocks(
    fn: (block: NDArray, info: BlockInfo) => BlockResult | Promise<BlockResult>,
    options?: MapBlocksOptions,
  ): ChunkedArray {
    return wrap(mapBlocks(fn, [lazyOf(this)], options));
  }

  /**
   * The same array cut into other blocks.
   * @throws {ChunkError} if `chunks` do not fit the shape
   */
  rechunk(chunks: ChunksLike): ChunkedArray {
    assertKnownSizes(this, "rechunk");
    return wrap(rechunk(lazyOf(this), normalizeChunks(this.shape, chunks, { dtype: this.dtype })));
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

  /**
   * Computes the array and writes it to a Zarr folder, block by block: with `memoryLimit` it may be larger than memory.
   * The folder appears when it is whole, and not at all if the run fails or is cancelled.
   * @returns the stored array, which reads from there
   * @throws {StorageError} if something is there and `overwrite` is not true, or it cannot be written; else as `compute`
   * @example await x.subtract(x.mean(0)).toZarr("centred.zarr", { memoryLimit: "1 GB" })
   */
  async toZarr(path: string | URL, options?: ToZarrOptions): Promise<ChunkedArray> {
    return wrap(await fromZarr(await toZarr(lazyOf(this), path, options)));
  }

  /**
   * Computes the array and writes it to a .npy file, block by block, as `toZarr` does.
   * @returns the stored array, which reads from there
   * @throws {StorageError} if something is there and `overwrite` is not true, or it cannot be written; else as `compute`
   * @example await x.toNpy("x.npy", { overwrite: true })
   */
  async toNpy(path: string | URL, options?: ToNpyOptions): Promise<ChunkedArray> {
    return wrap(fromNpy(await toNpy(lazyOf(this), path, options)));
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
    const lazy = lazyOf(this);
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

  override toString(): string {
    return `ChunkedArray(${this.dtype} [${sizesText(this.shape)}])`;
  }

  [displaySymbol](): Record<string, string> {
    return { "text/plain": describeText(lazyOf(this)), "text/html": describeHtml(lazyOf(this)) };
  }

  [inspectSymbol](): string {
    return describeText(lazyOf(this));
  }

  protected override derive<Result>(lazy: LazyArray): Result {
    return new ChunkedArray(lazy) as Result;
  }
}

/** The array of a lazy one. The type of its value follows from its shape, which types cannot know. */
export function wrap<V extends NDArray | number = NDArray>(lazy: LazyArray): ChunkedArray<V> {
  return new ChunkedArray<V>(lazy);
}
