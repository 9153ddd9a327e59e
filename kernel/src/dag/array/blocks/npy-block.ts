/**
 * Blocks of an array in a .npy file: read and written at their places, by tasks that know nothing of each other.
 * @module
 */
import fs from "node:fs";
import { StorageError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, itemsize, zeros } from "../../memory/dtype.js";
import { sizeOf, stridesOf } from "../../memory/strides.js";
import { copyStrided } from "./copy.js";
import { eachRun, type FileRegion, firstSolidAxis } from "./file-runs.js";
import { newBlock } from "./scratch.js";

/** What is the same for all blocks of a file. */
export interface NpyPlan {
  /** absolute */
  readonly path: string;
  readonly dtype: DType;
  /** elements along each axis of the whole array, in C order */
  readonly shape: readonly number[];
  /** bytes before the first element */
  readonly offset: number;
}

/** Runs below cost more as a call to the system each than read together with what lies between them. */
const SHORT_RUN_BYTES = 8_192;
/** Most bytes that are read at once for the sake of short runs. */
const LONGEST_SPAN_BYTES = 2 ** 20;

/**
 * A new block with the elements from `start`, `shape` of them along each axis.
 * @throws {StorageError} if the file is gone or too short
 */
export function readNpyBlock(plan: NpyPlan, start: readonly number[], shape: readonly number[]): Block {
  const { path, dtype, offset } = plan;
  const size = itemsize(dtype);
  const region = { whole: plan.shape, start, shape };
  return newBlock(dtype, shape, undefined, (block) => {
    const target = arena().elements(block);
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    withFile(path, "r", (file) => {
      const solid = firstSolidAxis(region);
      const axis = spanAxis(region, solid, size);
      const part = shape.slice(axis);
      const length = sizeOf(part);
      if (axis === solid) {
        eachRun(region, axis, (inWhole, inBlock) => {
          readAll(file, path, bytes.subarray(inBlock * size, (inBlock + length) * size), offset + inWhole * size);
        });
        return;
      }
      const strides = stridesOf(plan.shape).slice(axis);
      const span = zeros(dtype, spanOf(part, strides));
      const spanBytes = new Uint8Array(span.buffer);
      eachRun(region, axis, (inWhole, inBlock) => {
        readAll(file, path, spanBytes, offset + inWhole * size);
        copyStrided(
          part,
          { data: span, start: 0, strides },
          { data: target, start: inBlock, strides: stridesOf(part) },
        );
      });
    });
  });
}

/**
 * Writes a block from `start` on into a file that has its full size already.
 * @returns null: a result that takes no memory
 * @throws {StorageError} if the file cannot be written
 */
export function writeNpyBlock(plan: NpyPlan, start: readonly number[], block: Block): null {
  const { path, dtype, offset } = plan;
  const size = itemsize(dtype);
  const region = { whole: plan.shape, start, shape: block.shape };
  const axis = firstSolidAxis(region);
  const length = sizeOf(block.shape.slice(axis)) * size;
  const source = arena().elements(block);
  withFile(path, "r+", (file) => {
    eachRun(region, axis, (inWhole, inBlock) => {
      const bytes = new Uint8Array(source.buffer, source.byteOffset + inBlock * size, length);
      let done = 0;
      while (done < length) done += fs.writeSync(file, bytes, done, length - done, offset + inWhole * size + done);
    });
  });
  return null;
}

/** The axis from which on a region is read at once: an earlier one than the solid one if its runs are short. */
function spanAxis({ whole, shape }: FileRegion, solid: number, size: number): number {
  const strides = stridesOf(whole);
  let axis = solid;
  while (axis > 0 && sizeOf(shape.slice(axis)) * size < SHORT_RUN_BYTES) {
    if (spanOf(shape.slice(axis - 1), strides.slice(axis - 1)) * size > LONGEST_SPAN_BYTES) break;
    axis -= 1;
  }
  return axis;
}

/** Elements from the first of a region to the last. */
function spanOf(shape: readonly number[], strides: readonly number[]): number {
  return shape.reduce((sum, count, axis) => sum + (count - 1) * strides[axis], 1);
}

function readAll(file: number, path: string, target: Uint8Array, position: number): void {
  for (let done = 0; done < target.byteLength; ) {
    const count = fs.readSync(file, target, done, target.byteLength - done, position + done);
    if (count === 0) {
      throw new StorageError(
        `${path} ends at byte ${position + done} and should go on: it became shorter since it was opened; open it again`,
        { path, position: position + done },
      );
    }
    done += count;
  }
}

function withFile(path: string, flags: "r" | "r+", use: (file: number) => void): void {
  let file: number;
  try {
    file = fs.openSync(path, flags);
  } catch (cause) {
    throw new StorageError(
      `${path} cannot be opened (${(cause as Error).message}): is it still there, may it be ${flags === "r" ? "read" : "written"}?`,
      { path },
      { cause },
    );
  }
  try {
    use(file);
  } catch (cause) {
    if (!(cause as { code?: unknown }).code) throw cause;
    throw new StorageError(
      `${path} cannot be ${flags === "r" ? "read" : "written"} (${(cause as Error).message}): is there space left, is the disk there?`,
      { path },
      { cause },
    );
  } finally {
    fs.closeSync(file);
  }
}
