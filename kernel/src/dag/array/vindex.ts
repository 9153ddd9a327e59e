/**
 * Single elements by their positions, and blocks by theirs.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ShapeError } from "../../errors.js";
import { stridesOf } from "../memory/strides.js";
import type { Taken, TakePlan } from "./blocks/take.js";
import { blockShape, boundsOf, normalizeChunks } from "./chunks.js";
import { takeBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { slice } from "./selection.js";
import { sliceArray } from "./shaping.js";
import { type Indices, positionsOf } from "./take.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * The elements `[lists[0][i], lists[1][i], ...]` as one line.
 * @param lists one list of integers per axis, of one length
 * @throws {ShapeError} if an index is out of bounds
 * @throws {ArgumentError} if there is not one list per axis, or they differ in length
 * @see Dask `Array.vindex`
 */
export function vindex(array: LazyArray, lists: readonly Indices[]): LazyArray {
  assertKnownSizes(array, "vindex");
  const axes = lists.map((list, axis) => positionsOf("vindex", list, array.shape[axis] ?? 0, axis));
  const count = axes[0]?.length ?? 0;
  if (lists.length !== array.shape.length || axes.some(({ length }) => length !== count)) {
    throw new ArgumentError(
      `vindex of an array with ${array.shape.length} axes got lists of ${axes.map(({ length }) => length).join(", ")} ` +
        "integers: give one list per axis, all of one length",
      { lists },
    );
  }
  const chunks = normalizeChunks([count], "auto", { dtype: array.dtype });
  const starts = boundsOf(chunks[0]);
  return lazyArray("vindex", chunks, array.dtype, {
    kind: "task",
    inputs: [array],
    fn: takeBlock,
    argsOf: (index, { block }) => {
      const groups = groupPoints(array, axes, starts[index[0]], starts[index[0] + 1]);
      const taken = groups.map((group) => group.taken);
      const plan: TakePlan = { dtype: array.dtype, shape: blockShape(chunks, index), axis: 0, taken };
      return [plan, ...groups.map((group) => block(array, group.block))];
    },
  });
}

/** For every block that has some of the points: where they are in it, in C order, and where they go. */
function groupPoints(array: LazyArray, axes: readonly Float64Array[], start: number, end: number) {
  const bounds = array.chunks.map(boundsOf);
  const groups = new Map<string, { block: readonly number[]; from: number[]; to: number[] }>();
  for (let i = start; i < end; i++) {
    const block = axes.map((positions, axis) => bounds[axis].findLastIndex((bound) => bound <= positions[i]));
    const key = block.join();
    const group = groups.get(key) ?? { block, from: [], to: [] };
    groups.set(key, group);
    const strides = stridesOf(blockShape(array.chunks, block));
    const at = axes.reduce((sum, own, axis) => sum + (own[i] - bounds[axis][block[axis]]) * strides[axis], 0);
    group.from.push(at);
    group.to.push(i - start);
  }
  return Array.from(groups.values(), ({ block, from, to }) => {
    const taken: Taken = { from: Int32Array.from(from), to: Int32Array.from(to) };
    return { block, taken };
  });
}

/**
 * Some blocks as an array: one by its number along each axis, or all along an axis (null).
 * @throws {ShapeError} if there is no such block
 * @see Dask `Array.blocks`
 */
export function blocksAt(array: LazyArray, index: readonly (number | null)[]): LazyArray {
  assertKnownSizes(array, "blocks");
  const items = array.chunks.map((sizes, axis) => {
    const at = index[axis] ?? null;
    if (at === null) return null;
    const number = at < 0 ? at + sizes.length : at;
    if (!Number.isInteger(at) || number < 0 || number >= sizes.length || index.length > array.chunks.length) {
      throw new ShapeError(
        `block ${inspect(at)} does not exist along axis ${axis}, which has ${sizes.length} blocks: ` +
          `use an integer from ${-sizes.length} to ${sizes.length - 1}, or null for all`,
        { index, axis, blocks: sizes.length },
      );
    }
    const bounds = boundsOf(sizes);
    return slice(bounds[number], bounds[number + 1]);
  });
  return sliceArray(array, items);
}
