/**
 * Chunks of Zarr arrays that are stored as they stand in memory: read without a copy.
 * @module
 */
import fs from "node:fs";
import { StorageError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType } from "../../memory/dtype.js";
import { newBlock } from "./scratch.js";
import { placeInside } from "./zarr-location.js";

/** How the files of raw chunks are called. */
export interface RawKeys {
  /** "c" before the numbers, or nothing */
  readonly prefix: "c" | "";
  readonly separator: string;
}

/** Where a raw chunk is. */
export interface RawChunk {
  readonly folder: string;
  readonly keys: RawKeys;
  readonly index: readonly number[];
}

/**
 * The chunk as a new block; undefined if it has no file, or one of another size, which the caller can say more about.
 * @throws {StorageError} if the file cannot be read
 */
export function readRawChunk({ folder, keys, index }: RawChunk, dtype: DType, shape: readonly number[]) {
  const { prefix, separator } = keys;
  const name = prefix === "" ? index.join(separator) || "0" : [prefix, ...index].join(separator);
  const path = placeInside(folder, name);
  let file: number;
  try {
    file = fs.openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    return readWhole(file, dtype, shape);
  } catch (cause) {
    if (!(cause as { code?: unknown }).code) throw cause;
    const why = (cause as Error).message;
    throw new StorageError(`${path} cannot be read (${why}): is it a file, is the disk there?`, { path }, { cause });
  } finally {
    fs.closeSync(file);
  }
}

function readWhole(file: number, dtype: DType, shape: readonly number[]): Block | undefined {
  const { size } = fs.fstatSync(file);
  let isWhole = true;
  const block = newBlock(dtype, shape, undefined, (own) => {
    const { buffer, byteOffset, byteLength } = arena().elements(own);
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    isWhole = size === byteLength;
    for (let done = 0; isWhole && done < byteLength; ) {
      const count = fs.readSync(file, bytes, done, byteLength - done, done);
      isWhole = count > 0;
      done += count;
    }
  });
  if (isWhole) return block;
  arena().release(block);
  return undefined;
}
