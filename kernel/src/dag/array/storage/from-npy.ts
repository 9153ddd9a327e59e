/**
 * Arrays that stand in .npy files.
 * @module
 */
import { checkedLater, checkOptions, type Expectations } from "../../check-options.js";
import { readNpyBlock } from "../block-functions.js";
import type { NpyPlan } from "../blocks/npy-block.js";
import { blockShape, boundsOf, type Chunks, type ChunksLike, normalizeChunks } from "../chunks.js";
import { type LazyArray, lazyArray } from "../lazy-array.js";
import { transpose } from "../shaping.js";
import { localPath } from "./local-path.js";
import { readNpyHeader } from "./npy-header.js";

/** Options of `da.fromNpy`. */
export interface FromNpyOptions {
  /** default: whole rows, about 8 MiB a block, which are one piece of the file */
  readonly chunks?: ChunksLike;
}

const expectations: Expectations<FromNpyOptions> = { chunks: checkedLater };

/**
 * The array in a .npy file. Only the header is read now, each block when it is needed.
 * @throws {StorageError} if it is no whole .npy file
 * @throws {DTypeError} if its elements are not float64, float32, int32 or bool, little endian
 */
export function fromNpy(path: string | URL, options: FromNpyOptions = {}): LazyArray {
  checkOptions("da.fromNpy", options, expectations);
  const absolute = localPath("da.fromNpy", path);
  const { dtype, shape, isFortran, offset } = readNpyHeader(absolute);
  const rows = shape.map((_, axis) => (axis === (isFortran ? shape.length - 1 : 0) ? ("auto" as const) : null));
  const chunks = normalizeChunks(shape, options.chunks ?? rows, { dtype });
  if (!isFortran) return inCOrder({ path: absolute, dtype, shape, offset }, chunks);
  // In Fortran order the file holds the transposed array in C order.
  return transpose(inCOrder({ path: absolute, dtype, shape: shape.toReversed(), offset }, chunks.toReversed()));
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
