/**
 * Stores arrays as Zarr folders.
 * @module
 */
import fs from "node:fs";
import { join } from "node:path";
import { anyBoolean, checkedLater, checkOptions, type Expectations } from "../../check-options.js";
import { type ComputeOptions, computeExpectations } from "../../compute-options.js";
import { writeZarrBlock } from "../block-functions.js";
import type { ZarrTarget } from "../blocks/zarr-block.js";
import { type ChunksLike, normalizeChunks } from "../chunks.js";
import type { LazyArray } from "../lazy-array.js";
import { rechunk } from "../unify.js";
import { localPath } from "./local-path.js";
import { replaceTarget } from "./replace-target.js";
import { storeBlocks } from "./store-blocks.js";
import { METADATA_FILES, zarrMetadata } from "./zarr-metadata.js";

/** Options of `x.toZarr`: also all of `compute`. */
export interface ToZarrOptions extends ComputeOptions {
  /** default: those of the array; Zarr knows one size per axis, so others are rechunked to the largest of each axis */
  readonly chunks?: ChunksLike;
  /** true: replaces an array that is there; default false */
  readonly overwrite?: boolean;
  /** 3 (default), or 2 for older readers */
  readonly zarrFormat?: 2 | 3;
  /** level of compression, 1 to 9; default 0, none */
  readonly gzip?: number;
}

const expectations: Expectations<ToZarrOptions> = {
  ...computeExpectations,
  chunks: checkedLater,
  overwrite: anyBoolean,
  zarrFormat: { text: "2 or 3", test: (value) => value === 2 || value === 3 },
  gzip: {
    text: "a level from 0, none, to 9",
    test: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 9,
  },
};

/**
 * Computes an array and writes it chunk by chunk; the folder appears when it is whole.
 * @returns the absolute path
 * @throws {StorageError} if something is there and may not be overwritten, or cannot be written; else as `compute`
 */
export async function toZarr(array: LazyArray, path: string | URL, options: ToZarrOptions = {}): Promise<string> {
  checkOptions("toZarr", options, expectations);
  const { chunks, overwrite = false, zarrFormat = 3, gzip = 0, ...computeOptions } = options;
  const absolute = localPath("toZarr", path);
  const given = chunks === undefined ? array.chunks : normalizeChunks(array.shape, chunks, { dtype: array.dtype });
  const chunkShape = given.map((sizes) => Math.max(1, ...sizes));
  const regular = given.map((_, axis) => normalizeChunks([array.shape[axis]], chunkShape[axis])[0]);
  const stored = rechunk(array, regular);
  const kind = "Zarr array";
  await replaceTarget({ path: absolute, overwrite, isReplaceable, kind }, async (folder) => {
    const target: ZarrTarget = { folder, format: zarrFormat, chunkShape, gzip };
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, METADATA_FILES[zarrFormat]), zarrMetadata(target, stored.shape, stored.dtype));
    const args = (index: readonly number[]) => [target, index];
    await storeBlocks(stored, { label: "to-zarr", fn: writeZarrBlock, args }, computeOptions);
  });
  return absolute;
}

function isReplaceable(path: string): boolean {
  return Object.values(METADATA_FILES).some((name) => fs.existsSync(join(path, name)));
}
