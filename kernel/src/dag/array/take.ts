/**
 * Indexing with lists of integers.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ShapeError } from "../../errors.js";
import type { ElementArray } from "../memory/dtype.js";
import type { NDArray } from "../memory/nd-array.js";
import { normalizeAxis } from "./axes.js";
import type { Taken } from "./blocks/take.js";
import { blockShape, boundsOf } from "./chunks.js";
import { takeBlock } from "./kernel-functions.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/** Integers that are known when the graph is built. */
export type Indices = readonly number[] | ElementArray | NDArray<ElementArray>;

/**
 * The elements at `indices` along `axis`, in their order; negative ones count from the end. The result has chunks
 * of the largest size that the array has along the axis.
 * @throws {ShapeError} if an index is out of bounds, or the sizes of the blocks are not known
 * @throws {ArgumentError} if the indices are no list of integers
 * @see Dask `take`, dask/array/slicing.py
 */
export function take(array: LazyArray, indices: Indices, axis = 0): LazyArray {
  const along = normalizeAxis(axis, array.shape.length);
  assertKnownSizes(array, "take");
  const sizes = array.chunks[along];
  const wanted = positionsOf("take", indices, array.shape[along], along);
  const largest = Math.max(1, ...sizes);
  const counts: number[] = [];
  for (let at = 0; at < wanted.length; at += largest) counts.push(Math.min(largest, wanted.length - at));
  const chunks = array.chunks.with(along, counts.length > 0 ? counts : [0]);
  return lazyArray("take", chunks, array.dtype, {
    kind: "task",
    inputs: [array],
    fn: takeBlock,
    argsOf: (index, { block }) => {
      const start = index[along] * largest;
      const perBlock = groupByBlock(wanted.subarray(start, start + chunks[along][index[along]]), sizes);
      const plan = {
        dtype: array.dtype,
        shape: blockShape(chunks, index),
        axis: along,
        taken: perBlock.map(({ taken }) => taken),
      };
      return [plan, ...perBlock.map(({ number }) => block(array, index.with(along, number)))];
    },
  });
}

/**
 * The positions that a list names, from 0 up.
 * @param what the operation, for errors
 * @throws {ShapeError} if an index is out of bounds
 * @throws {ArgumentError} if it is no list
 */
export function positionsOf(what: string, indices: Indices, size: number, axis: number): Float64Array {
  const list = typeof indices === "object" && indices !== null && "strides" in indices ? listOf(indices) : indices;
  if (!Array.isArray(list) && !ArrayBuffer.isView(list)) {
    throw new ArgumentError(
      `${what}: the indices must be a list of integers and are ${inspect(indices, { depth: 0, breakLength: 80 })}: ` +
        "compute an array of indices first",
      { indices },
    );
  }
  return Float64Array.from<number | bigint>(list, (given) => {
    const index = Number(given);
    const at = index < 0 ? index + size : index;
    if (Number.isInteger(index) && at >= 0 && at < size) return at;
    throw new ShapeError(
      `index ${index} is out of bounds for axis ${axis} with size ${size}: use an integer from ${-size} to ${size - 1}`,
      { index, axis, size },
    );
  });
}

function listOf(indices: NDArray<ElementArray>): readonly number[] {
  if (indices.ndim === 1) return Array.from({ length: indices.size }, (_, i) => indices.get(i));
  return Array.from<number | bigint, number>(indices.data, Number);
}

/** For every block that has some of the elements: where they are and where they go. */
function groupByBlock(wanted: Float64Array, sizes: readonly number[]): { number: number; taken: Taken }[] {
  const bounds = boundsOf(sizes);
  const groups = new Map<number, { from: number[]; to: number[] }>();
  let number = 0;
  for (const [to, at] of wanted.entries()) {
    // sorted indices, the usual ones, find their block at once
    while (at < bounds[number]) number--;
    while (at >= bounds[number + 1]) number++;
    let group = groups.get(number);
    if (group === undefined) {
      group = { from: [], to: [] };
      groups.set(number, group);
    }
    group.from.push(at - bounds[number]);
    group.to.push(to);
  }
  return Array.from(groups, ([block, { from, to }]) => ({
    number: block,
    taken: { from: Int32Array.from(from), to: Int32Array.from(to) },
  }));
}
