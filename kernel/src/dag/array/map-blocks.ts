/**
 * `mapBlocks`: any function, called once for each block.
 * @see Dask `map_blocks`, dask/array/core.py
 * @module
 */
import { ArgumentError, ChunkError } from "../../errors.js";
import { anyString, checkedLater, checkOptions, type Expectations } from "../check-options.js";
import { asDType, type DType } from "../memory/dtype.js";
import { type AxisLike, normalizeAxes } from "./axes.js";
import { callOnBlocks, storeMapped } from "./block-functions.js";
import type { BlockInfo, MapBlockPlan } from "./blocks/map-block.js";
import { blockShape, boundsOf, type Chunks } from "./chunks.js";
import { unifyOperands } from "./elementwise.js";
import { type BlockArgument, type BlockCall, type LazyArray, lazyArray } from "./lazy-array.js";
import { checkFunction } from "./map.js";
import { isScalar, type Operand, promote } from "./promotion.js";
import { broadcastIndex, rechunk } from "./unify.js";

/** Elements of the blocks of the result: one size for all axes, or for each axis one size or that of every block. */
export type BlockSizes = number | readonly (number | readonly number[])[];

/** Options of `mapBlocks`. */
export interface MapBlocksOptions {
  /** element type of the result; default: that in which the arrays meet */
  readonly dtype?: DType;
  /** sizes of the blocks of the result, if they are not those of the arrays; the number of blocks stays */
  readonly chunks?: BlockSizes;
  /** axes that the result does not have; arrays are brought into one block along them */
  readonly dropAxis?: number | readonly number[];
  /** axes of the result that the arrays do not have, of one block with one element unless `chunks` says more */
  readonly newAxis?: number | readonly number[];
  /** what pictures call the operation; default: the name of the function, or "mapBlocks" */
  readonly name?: string;
}

type AnyFunction = (...args: never[]) => unknown;

const expectations: Expectations<MapBlocksOptions> = {
  dtype: checkedLater,
  chunks: checkedLater,
  dropAxis: checkedLater,
  newAxis: checkedLater,
  name: anyString,
};

/**
 * The array whose blocks are what `fn` gives for the blocks of the operands.
 * @throws {ArgumentError} if it is no function, or no operand is an array
 * @throws {ShapeError} if the shapes do not fit together, or an axis does not exist
 * @throws {ChunkError} if `chunks` do not name the sizes of as many blocks as there are
 */
export function mapBlocks(fn: AnyFunction, operands: readonly Operand[], options: MapBlocksOptions = {}): LazyArray {
  checkOptions("mapBlocks", options, expectations);
  checkFunction("da.mapBlocks", fn);
  const dtype = options.dtype === undefined ? promoted(operands) : asDType(options.dtype);
  const name = options.name ?? (fn.name || "mapBlocks");
  const { chunks: cut, operands: unified } = unifyOperands(operands);
  const dropped = axesOf(options.dropAxis, cut.length);
  const whole = unified.map((operand) => (isScalar(operand) ? operand : joined(operand, dropped, cut.length)));
  const kept = cut.filter((_, axis) => !dropped.includes(axis));
  const added = axesOf(options.newAxis, kept.length + countOf(options.newAxis));
  const chunks = sized(
    insert(kept, added, () => [1]),
    options.chunks,
  );
  const call = (index: readonly number[]) => {
    const plan: MapBlockPlan = { name, dtype, info: infoOf(chunks, index) };
    const source = insert(
      index.filter((_, axis) => !added.includes(axis)),
      dropped,
      () => 0,
    );
    const args = whole.map(
      (operand): BlockArgument =>
        isScalar(operand)
          ? { kind: "literal", value: operand }
          : { kind: "block", array: operand, index: broadcastIndex(operand, source) },
    );
    return callOfBlock(plan, fn, args);
  };
  const inputs = whole.filter((operand) => typeof operand === "object");
  return lazyArray(name, chunks, dtype, { kind: "call", inputs, call });
}

/** The task of one block: what the function gives for `args`, made a block. */
export function callOfBlock(plan: MapBlockPlan, fn: AnyFunction, args: readonly BlockArgument[]): BlockCall {
  const [first, second] = [plan, fn].map((value): BlockArgument => ({ kind: "literal", value }));
  const label = plan.name;
  const result: BlockArgument = { kind: "call", call: { label, fn: callOnBlocks, args: [first, second, ...args] } };
  return { label, fn: storeMapped, args: [first, result] };
}

/** Numbers among the operands say nothing of the element type: they are passed on as they are. */
function promoted(operands: readonly Operand[]): DType {
  const arrays = operands.filter((operand) => typeof operand === "object");
  if (arrays.length > 0) return promote(...arrays);
  throw new ArgumentError("mapBlocks needs an array: give at least one chunked array after the function", { operands });
}

function countOf(axes: number | readonly number[] | undefined): number {
  return axes === undefined ? 0 : [axes].flat().length;
}

function axesOf(axes: AxisLike | undefined, ndim: number): number[] {
  return axes === undefined ? [] : normalizeAxes(axes, ndim);
}

/** The array with one block along these axes of what it is broadcast to. */
function joined(array: LazyArray, axes: readonly number[], ndim: number): LazyArray {
  const offset = ndim - array.shape.length;
  return rechunk(
    array,
    array.chunks.map((sizes, axis) => (axes.includes(axis + offset) ? [array.shape[axis]] : sizes)),
  );
}

/** The list with new items at the places `at`, in ascending order, of the result. */
function insert<T>(list: readonly T[], at: readonly number[], make: () => T): T[] {
  const result = [...list];
  for (const place of at) result.splice(place, 0, make());
  return result;
}

/** The chunks with the sizes that a user gave. */
function sized(chunks: Chunks, sizes: BlockSizes | undefined): Chunks {
  if (sizes === undefined) return chunks;
  const isOfOneAxis = chunks.length === 1 && Array.isArray(sizes) && sizes.length !== 1;
  const perAxis: readonly unknown[] =
    typeof sizes === "number" ? chunks.map(() => sizes) : isOfOneAxis ? [sizes] : sizes;
  if (!Array.isArray(perAxis) || perAxis.length !== chunks.length) {
    throw new ChunkError(
      `mapBlocks: chunks ${JSON.stringify(sizes)} are not for ${chunks.length} axes: give for each axis a size, or the ` +
        "size of every block",
      { chunks: sizes },
    );
  }
  return chunks.map((own, axis) => {
    const size: unknown = perAxis[axis];
    const list: readonly unknown[] = Array.isArray(size) ? size : own.map(() => size);
    if (list.length === own.length && list.every(isSize)) return list;
    throw new ChunkError(
      `mapBlocks: chunks ${JSON.stringify(size)} of axis ${axis} are not the sizes of its ${own.length} blocks: give one ` +
        "integer from 0 up for all, or a list with one for each",
      { chunks: sizes, axis, blocks: own.length },
    );
  });
}

/** True for what may be the size of a block. */
export function isSize(size: unknown): size is number {
  return typeof size === "number" && Number.isInteger(size) && size >= 0;
}

/** What a function is told of the block at `index`. */
export function infoOf(chunks: Chunks, index: readonly number[]): BlockInfo {
  const location = index.map((i, axis): [number, number] => {
    const bounds = boundsOf(chunks[axis]);
    return [bounds[i], bounds[i + 1]];
  });
  return { index, shape: blockShape(chunks, index), location };
}
