/**
 * `mapOverlap`: a function of blocks that sees some elements of their neighbours.
 * @see Dask `map_overlap`, dask/array/overlap.py
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { anyString, checkedLater, checkOptions, type Expectations } from "../check-options.js";
import type { DType } from "../memory/dtype.js";
import type { NDArray } from "../memory/nd-array.js";
import type { BlockInfo, BlockResult } from "./blocks/map-block.js";
import { boundsOf } from "./chunks.js";
import { concatenate } from "./concatenate.js";
import type { LazyArray } from "./lazy-array.js";
import { mapBlocks } from "./map-blocks.js";
import { padAlong } from "./pad.js";
import { slice } from "./selection.js";
import { sliceAlong } from "./shaping.js";
import { rechunk } from "./unify.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * What lies beyond the ends of an axis: nothing, so that blocks at the ends see less ("none"); the elements again in
 * reverse, the last one too ("reflect"); the last one ("nearest"); those of the other end ("periodic"); or a number.
 */
export type Boundary = "none" | "reflect" | "nearest" | "periodic" | number;

/** A function of a block together with what it sees of its neighbours; it gives as many elements. */
export type OverlapFunction = (block: NDArray, info: BlockInfo) => BlockResult | Promise<BlockResult>;

/** Options of `mapOverlap`. */
export interface MapOverlapOptions {
  /** elements that a block sees of each neighbour: one number for all axes, or one per axis */
  readonly depth: number | readonly number[];
  /** default "none" */
  readonly boundary?: Boundary;
  /** element type of the result; default: that of the array */
  readonly dtype?: DType;
  /** what pictures call the operation; default: the name of the function, or "mapOverlap" */
  readonly name?: string;
}

/** NumPy's names of the boundaries that have Dask's. */
const MODES = { reflect: "symmetric", nearest: "edge", periodic: "wrap" } as const;
const BOUNDARIES: readonly unknown[] = ["none", "reflect", "nearest", "periodic"];

const expectations: Expectations<MapOverlapOptions> = {
  depth: checkedLater,
  boundary: {
    text: `one of ${BOUNDARIES.join(", ")}, or a number`,
    test: (value) => typeof value === "number" || BOUNDARIES.includes(value),
  },
  dtype: checkedLater,
  name: anyString,
};

/**
 * The array of what `fn` gives for each block with `depth` elements of its neighbours around it; of the result those
 * are cut off again.
 * @throws {ArgumentError} if an option is not understood, or `depth` is more than the axis has
 */
export function mapOverlap(fn: OverlapFunction, array: LazyArray, options: MapOverlapOptions): LazyArray {
  checkOptions("mapOverlap", options, expectations);
  assertKnownSizes(array, "mapOverlap");
  const { depth, boundary = "none", dtype, name = fn.name || "mapOverlap" } = options;
  const depths = depthsOf(depth, array.shape);
  const seen = depths.reduce(
    (whole, own, axis) => (own === 0 ? whole : withNeighbours(whole, axis, own, boundary)),
    array,
  );
  const result = mapBlocks(fn, [seen], { name, ...(dtype !== undefined && { dtype }) });
  return depths.reduce(
    (whole, own, axis) => (own === 0 ? whole : withoutNeighbours(whole, axis, own, boundary, array.chunks[axis])),
    result,
  );
}

function depthsOf(depth: unknown, shape: readonly number[]): readonly number[] {
  const depths: readonly unknown[] = Array.isArray(depth) ? depth : shape.map(() => depth);
  const isDepth = (own: unknown, axis: number) =>
    Number.isInteger(own) && Number(own) >= 0 && Number(own) <= shape[axis];
  if (depths.length === shape.length && depths.every(isDepth)) return depths as readonly number[];
  throw new ArgumentError(
    `mapOverlap: depth ${inspect(depth)} does not fit shape [${shape}]: give an integer from 0 up to the size of the axis, ` +
      "for all axes or for each",
    { depth, shape },
  );
}

/** Every block along an axis with `depth` elements more on both sides, one block after the other. */
function withNeighbours(array: LazyArray, axis: number, depth: number, boundary: Boundary): LazyArray {
  const sizes = array.chunks[axis];
  const bounds = boundsOf(sizes);
  const size = array.shape[axis];
  const isOpen = boundary === "none";
  const source =
    boundary === "none"
      ? array
      : padAlong(array, axis, [depth, depth], typeof boundary === "number" ? boundary : MODES[boundary]);
  const blocks = sizes.map((_, i) => {
    const [from, to] = isOpen
      ? [Math.max(0, bounds[i] - depth), Math.min(size, bounds[i + 1] + depth)]
      : [bounds[i], bounds[i + 1] + 2 * depth];
    const part = partOf(source, axis, from, to);
    return rechunk(part, part.chunks.with(axis, [to - from]));
  });
  return concatenate(blocks, axis);
}

function withoutNeighbours(
  array: LazyArray,
  axis: number,
  depth: number,
  boundary: Boundary,
  sizes: readonly number[],
): LazyArray {
  const bounds = boundsOf(array.chunks[axis]);
  const parts = sizes.map((size, i) => {
    const before = boundary === "none" ? Math.min(depth, boundsOf(sizes)[i]) : depth;
    return partOf(array, axis, bounds[i] + before, bounds[i] + before + size);
  });
  return concatenate(parts, axis);
}

function partOf(array: LazyArray, axis: number, from: number, to: number): LazyArray {
  return sliceAlong(array, axis, slice(from, to));
}
