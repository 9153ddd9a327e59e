/**
 * Stores arrays as .npy files.
 * @module
 */
import fs from "node:fs";
import { anyBoolean, checkOptions, type Expectations } from "../../check-options.js";
import { type ComputeOptions, computeExpectations } from "../../compute-options.js";
import { itemsize } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import { writeNpyBlock } from "../block-functions.js";
import { boundsOf } from "../chunks.js";
import type { LazyArray } from "../lazy-array.js";
import { localPath } from "./local-path.js";
import { npyHeader } from "./npy-header.js";
import { replaceTarget } from "./replace-target.js";
import { storeBlocks } from "./store-blocks.js";

/** Options of `x.toNpy`: also all of `compute`. */
export interface ToNpyOptions extends ComputeOptions {
  /** true: replaces a file that is there; default false */
  readonly overwrite?: boolean;
}

const expectations: Expectations<ToNpyOptions> = { ...computeExpectations, overwrite: anyBoolean };

/**
 * Computes an array and writes it block by block; the file appears when it is whole.
 * @returns the absolute path
 * @throws {StorageError} if the file is there and may not be overwritten, or cannot be written; else as `compute`
 */
export async function toNpy(array: LazyArray, path: string | URL, options: ToNpyOptions = {}): Promise<string> {
  checkOptions("toNpy", options, expectations);
  const { overwrite = false, ...computeOptions } = options;
  const absolute = localPath("toNpy", path);
  const isReplaceable = (place: string) => fs.statSync(place).isFile();
  await replaceTarget({ path: absolute, overwrite, isReplaceable, kind: "file" }, async (unfinished) => {
    const { dtype, shape, chunks } = array;
    const header = npyHeader(dtype, shape);
    const plan = { path: unfinished, dtype, shape, offset: header.byteLength };
    fs.writeFileSync(unfinished, header);
    fs.truncateSync(unfinished, header.byteLength + sizeOf(shape) * itemsize(dtype));
    const bounds = chunks.map(boundsOf);
    const args = (index: readonly number[]) => [plan, index.map((i, axis) => bounds[axis][i])];
    await storeBlocks(array, { label: "to-npy", fn: writeNpyBlock, args }, computeOptions);
  });
  return absolute;
}
