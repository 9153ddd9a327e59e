/**
 * How arrays are cut into blocks.
 * @module
 */
import { ChunkError } from "../../errors.js";
import { parseBytes } from "../../parse-bytes.js";
import { type DType, itemsize } from "../memory/dtype.js";

/** Elements along each axis. */
export type Shape = readonly number[];
/** Sizes of the blocks along each axis. */
export type Chunks = readonly (readonly number[])[];

/** Chunks of one axis: a size, all sizes, the whole axis (-1 or null), or sizes found for a byte limit. */
export type AxisChunks = number | readonly number[] | "auto" | null;
/** Chunks of all axes: one for all, a list with one per axis, an object by axis, "auto", or bytes such as "8 MiB". */
export type ChunksLike = AxisChunks | string | readonly AxisChunks[] | Readonly<Record<number, AxisChunks>>;

/** What `normalizeChunks` needs for sizes in bytes. */
export interface ChunkOptions {
  readonly dtype?: DType;
  /** most bytes of a block that "auto" makes: a number or "8 MiB" */
  readonly limit?: number | string;
}

/** Blocks of this size are large enough to hide the cost of a task and small enough for a cache (measured). */
const DEFAULT_LIMIT = 8 * 2 ** 20;

/**
 * Sizes of the blocks along each axis.
 * @param shape elements along each axis
 * @param chunks what a user may write; default "auto"
 * @returns one list per axis; each sums to that axis of `shape`
 * @throws {ChunkError} if `chunks` do not fit `shape`
 * @example normalizeChunks([5, 6], [2, 3]) // [[2, 2, 1], [3, 3]]
 * @see Dask `normalize_chunks` and `auto_chunks`, dask/array/core.py
 */
export function normalizeChunks(shape: Shape, chunks: ChunksLike = "auto", options: ChunkOptions = {}): Chunks {
  const isBytes = typeof chunks === "string" && chunks !== "auto";
  const limit = parseBytes(isBytes ? chunks : (options.limit ?? DEFAULT_LIMIT));
  const given = perAxis(shape, isBytes ? "auto" : chunks);
  const sized = autoChunks(shape, given, limit / itemsize(options.dtype ?? "float64"));
  return shape.map((size, axis) => axisSizes(size, sized[axis], axis));
}

/** One entry per axis. */
function perAxis(shape: Shape, chunks: ChunksLike): AxisChunks[] {
  if (chunks === null || typeof chunks === "number") return shape.map(() => chunks);
  if (chunks === "auto") return shape.map(() => "auto" as const);
  if (typeof chunks !== "object") throw unknownChunks(chunks);
  if (!Array.isArray(chunks)) {
    const byAxis = chunks as Readonly<Record<number, AxisChunks>>;
    for (const name of Object.keys(byAxis)) {
      if (shape[Number(name)] === undefined) {
        throw new ChunkError(
          `chunks name axis ${name} but shape [${shape}] has ${shape.length} axes: use axes from 0 to ${shape.length - 1}`,
          { shape, chunks },
        );
      }
    }
    return shape.map((_, axis) => byAxis[axis] ?? null);
  }
  const list = chunks as readonly AxisChunks[];
  // [3, 3, 4] for one axis of 10 elements means the sizes of its blocks
  if (shape.length === 1 && list.length !== 1 && list.every((item) => typeof item === "number")) return [list];
  if (list.length !== shape.length) {
    throw new ChunkError(
      `chunks ${JSON.stringify(chunks)} have ${list.length} axes but shape [${shape}] has ${shape.length}: give one size per axis`,
      { shape, chunks },
    );
  }
  return [...list];
}

/** Replaces "auto" by one size so that a block has at most `elements` elements. */
function autoChunks(shape: Shape, chunks: readonly AxisChunks[], elements: number): AxisChunks[] {
  const sized = [...chunks];
  for (;;) {
    const autos = sized.flatMap((item, axis) => (item === "auto" ? [axis] : []));
    if (autos.length === 0) return sized;
    const fixed = sized.reduce<number>((product, item, axis) => {
      if (item === "auto") return product;
      if (item === null || item === -1) return product * Math.max(1, shape[axis]);
      return product * (typeof item === "number" ? Math.min(item, shape[axis]) : Math.max(...item));
    }, 1);
    const size = Math.max(1, elements / Math.max(1, fixed)) ** (1 / autos.length);
    const small = autos.filter((axis) => shape[axis] < size);
    // the rounding up absorbs a root such as 99.99999999999999
    if (small.length > 0) for (const axis of small) sized[axis] = null;
    else for (const axis of autos) sized[axis] = Math.floor(size + 1e-9);
  }
}

function axisSizes(size: number, chunks: AxisChunks, axis: number): readonly number[] {
  if (chunks === null || chunks === -1) return [size];
  if (chunks === "auto") return [size];
  if (typeof chunks === "number") {
    if (!Number.isInteger(chunks) || chunks <= 0) {
      throw new ChunkError(
        `chunk size ${chunks} of axis ${axis} must be a positive integer, or -1 for the whole axis`,
        {
          chunks,
          axis,
        },
      );
    }
    if (chunks >= size) return [size];
    const sizes = new Array<number>(Math.floor(size / chunks)).fill(chunks);
    return size % chunks === 0 ? sizes : [...sizes, size % chunks];
  }
  if (!Array.isArray(chunks)) throw unknownChunks(chunks);
  const sum = chunks.reduce((total, chunk) => total + chunk, 0);
  if (chunks.length === 0 || sum !== size || chunks.some((chunk) => !Number.isInteger(chunk) || chunk < 0)) {
    throw new ChunkError(
      `chunks [${chunks}] of axis ${axis} add up to ${sum}, the axis has ${size} elements: ` +
        "give integers that add up to it, or one size for all blocks",
      { chunks, axis, size },
    );
  }
  return chunks;
}

function unknownChunks(chunks: unknown): ChunkError {
  return new ChunkError(
    `chunks ${JSON.stringify(chunks)} are not understood: give a size such as 1000, one size per axis, "auto" or bytes such as "8 MiB"`,
    { chunks },
  );
}

/** Number of blocks along each axis. */
export function numblocksOf(chunks: Chunks): number[] {
  return chunks.map((sizes) => sizes.length);
}

/** Elements along each axis. */
export function shapeOf(chunks: Chunks): number[] {
  return chunks.map((sizes) => sizes.reduce((total, size) => total + size, 0));
}

const knownBounds = new WeakMap<readonly number[], readonly number[]>();

/** First element of every block of one axis, and the end: [2, 3] -> [0, 2, 5]. Asked for once per task. */
export function boundsOf(sizes: readonly number[]): readonly number[] {
  const known = knownBounds.get(sizes);
  if (known) return known;
  const bounds = [0];
  for (const size of sizes) bounds.push(bounds[bounds.length - 1] + size);
  knownBounds.set(sizes, bounds);
  return bounds;
}

/** Shape of the block at `index`. */
export function blockShape(chunks: Chunks, index: readonly number[]): number[] {
  return chunks.map((sizes, axis) => sizes[index[axis]]);
}

/** Every block index in C order. */
export function blockIndices(chunks: Chunks): number[][] {
  let indices: number[][] = [[]];
  for (const sizes of chunks) indices = indices.flatMap((index) => sizes.map((_, i) => [...index, i]));
  return indices;
}

/** True if both cut an array of the same shape at the same places. */
export function equalChunks(a: Chunks, b: Chunks): boolean {
  return a.length === b.length && a.every((sizes, axis) => sizes.join() === b[axis].join());
}
