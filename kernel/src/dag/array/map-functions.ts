/**
 * Functions of `da` that call functions of users.
 * @module
 */
import type { NDArray } from "../memory/nd-array.js";
import { lazyOf, type OperandLike, unwrap } from "./array-base.js";
import type { BlockInfo, BlockResult } from "./blocks/map-block.js";
import { type BlockwiseOptions, blockwise } from "./blockwise.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { map, type ScalarFunction, type ScalarMapOptions } from "./map.js";
import { type MapBlocksOptions, mapBlocks } from "./map-blocks.js";
import { type MapOverlapOptions, mapOverlap, type OverlapFunction } from "./map-overlap.js";

/** What a function of blocks gets: an NDArray for an array, a number as it is. */
export type BlocksOf<A extends readonly OperandLike[]> = {
  -readonly [I in keyof A]: A[I] extends number ? number : NDArray;
};
/** A function of the blocks of one position, and of where that is. */
export type BlockFunction<A extends readonly OperandLike[]> = (
  ...args: [...blocks: BlocksOf<A>, info: BlockInfo]
) => BlockResult | Promise<BlockResult>;

export const mapFunctions = {
  /**
   * A JavaScript function of numbers for every element of arrays and numbers, which are broadcast. It is compiled and
   * fuses with the operations around it, as if they had been written out.
   *
   * All is computed in float64, as JavaScript does, whatever the arrays hold; the result is bool if the function gives
   * booleans, rounded to float32 if all arrays are float32, else float64. + - * / %, comparisons and `Math.sqrt` are
   * JavaScript's bit for bit; other functions are within 2 ulp of it. What the function captured are constants, as they
   * are at the call of `da.map`.
   *
   * Compiled are arithmetic, comparisons, `&& || !`, `?:`, `if` with `return`, `const`, functions of `Math`, and calls of
   * other such functions. Any other function is called by JavaScript on the workers, as a task is: what it captured is
   * read when it is computed. Why, and the line, is told once on stderr.
   * @throws {ArgumentError} if no operand is an array
   * @throws {ShapeError} if the shapes do not fit together
   * @throws {ShipError} if the function uses a name that is not there
   * @example da.map((a, b) => Math.sqrt(a * a + b * b), x, y)
   * @example da.map((a) => (a > limit ? limit : a), x).sum() // one kernel
   */
  map: (fn: ScalarFunction, ...arrays: readonly OperandLike[]): ChunkedArray => wrap(map(fn, arrays.map(unwrap))),
  /**
   * `map` with options; see there.
   * @example da.mapWith({ dtype: "int32", name: "bin" }, (a) => Math.floor(a / width), x)
   */
  mapWith: (options: ScalarMapOptions, fn: ScalarFunction, ...arrays: readonly OperandLike[]): ChunkedArray =>
    wrap(map(fn, arrays.map(unwrap), options)),
  /**
   * The array whose blocks are what a function, also an async one, gives for the blocks of arrays, which are broadcast
   * and cut alike; Dask's `map_blocks`. The function gets NDArrays, which it must not change, and then where the block
   * is; it gives an NDArray, a typed array or nested lists with the shape of the block.
   * @throws {ArgumentError} if no operand is an array
   * @throws {ShapeError} if the shapes do not fit together
   * @example da.mapBlocks((a, b) => a.data.map((value, i) => value - b.data[i]), x, y)
   */
  mapBlocks: <A extends readonly OperandLike[]>(fn: BlockFunction<A>, ...arrays: A): ChunkedArray =>
    wrap(mapBlocks(fn, arrays.map(unwrap))),
  /**
   * `mapBlocks` for results with other element types, sizes or axes.
   * @throws {ChunkError} if `chunks` do not name the sizes of as many blocks as there are
   * @example da.mapBlocksWith({ chunks: [[1, 1]] }, (block) => [Math.max(...block.data)], x) // x of two blocks
   */
  mapBlocksWith: <A extends readonly OperandLike[]>(
    options: MapBlocksOptions,
    fn: BlockFunction<A>,
    ...arrays: A
  ): ChunkedArray => wrap(mapBlocks(fn, arrays.map(unwrap), options)),
  /**
   * The array whose blocks are what a function, also an async one, gives for the blocks that belong together by the
   * letters of a formula, one for each axis; Dask's `blockwise`. Along letters that the result does not have, the
   * function sees whole arrays.
   * @throws {ArgumentError} if the formula does not fit the arrays
   * @throws {ShapeError} if one letter has two sizes, neither being 1
   * @example da.blockwise("ij,kj->ik", distances, points, centres)
   */
  blockwise: <A extends readonly AnyArray[]>(formula: string, fn: BlockFunction<A>, ...arrays: A): ChunkedArray =>
    wrap(blockwise(formula, fn, arrays.map(lazyOf))),
  /**
   * `blockwise` for results with other element types, new axes or other sizes of blocks.
   * @example da.blockwiseWith({ adjustChunks: { i: (size) => 2 * size } }, "i->i", twice, x)
   */
  blockwiseWith: <A extends readonly AnyArray[]>(
    options: BlockwiseOptions,
    formula: string,
    fn: BlockFunction<A>,
    ...arrays: A
  ): ChunkedArray => wrap(blockwise(formula, fn, arrays.map(lazyOf), options)),
  /**
   * As `mapBlocks`, but the function sees `depth` elements of the neighbours around each block and gives as many elements
   * back, of which those are cut off: smoothing, differences, cellular automata; Dask's `map_overlap`.
   * @throws {ArgumentError} if `depth` is more than an axis has
   * @example da.mapOverlap(smooth, x, { depth: 1, boundary: "reflect" })
   */
  mapOverlap: (fn: OverlapFunction, array: AnyArray, options: MapOverlapOptions): ChunkedArray =>
    wrap(mapOverlap(fn, lazyOf(array), options)),
} as const;
