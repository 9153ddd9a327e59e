/**
 * Arrays that stand in .npy files.
 * @module
 */
import { checkedLater, checkOptions, type Expectations } from "../../check-options.js";
import type { DType } from "../../memory/dtype.js";
import { readNpyBlock } from "../block-functions.js";
import type { NpyPlan } from "../blocks/npy-block.js";
import { blockShape, boundsOf, type Chunks, type ChunksLike, normalizeChunks } from "../chunks.js";
import { cast } from "../elementwise.js";
import { type LazyArray, lazyArray } from "../lazy-array.js";
import { transpose } from "../shaping.js";
import { localPath } from "./local-path.js";
import { readNpyHeader } from "./npy-header.js";

/** Options of `da.fromNpy`. */
export interface FromNpyOptions {
  /** default: whole rows, about 8 MiB a block, which are one piece of the file */
  readonly chunks?: ChunksLike;
  /** element type of the array, if not that of the file: blocks are converted when they are read */
  readonly dtype?: DType;
}

const expectations: Expectations<FromNpyOptions> = { chunks: checkedLater, dtype: checkedLater };

/**
 * The array in a .npy file. Only the header is read now, each block when it is needed.
 * @throws {StorageError} if it is no whole .npy file
 * @throws {DTypeError} if its elements are of a type that arrays do not have, or not little endian
 */
export function fromNpy(path: string | URL, options: FromNpyOptions = {}): LazyArray {
  checkOptions("da.fromNpy", options, expectations);
  const absolute = localPath("da.fromNpy", path);
  const { dtype, shape, isFortran, offset } = readNpyHeader(absolute);
  const rows = shape.map((_, axis) => (axis === (isFortran ? shape.length - 1 : 0) ? ("auto" as const) : null));
  const chunks = normalizeChunks(shape, options.chunks ?? rows, { dtype });
  const wanted = options.dtype ?? dtype;
  if (!isFortran) return cast(inCOrder({ path: absolute, dtype, shape, offset }, chunks), wanted);
  // In Fortran order the file holds the transposed array in C order.
  const stored = inCOrder({ path: absolute, dtype, shape: shape.toReversed(), offset }, chunks.toReversed());
  return cast(transpose(stored), wanted);
}

function inCOrder(plan: NpyPlan, chunks: Chunks): LazyArray {
  const bounds = chunks.map(boundsOf);
  return lazyArray("from-npy", chunks, plan.dtype, {
    kind: "read",
    isReadAnew: true,
    read: (index) => ({
      label: "from-npy",
      fn: readNpyBlock,
      args: [plan, index.map((i, axis) => bounds[axis][i]), blockShape(chunks, index)],
    }),
  });
}
