/**
 * Blocks of a Zarr array: read chunk by chunk with zarrita, written as one chunk each.
 * @see https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html, https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html
 * @module
 */
import fs from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type * as zarrita from "zarrita";
import { StorageError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, type ElementArray, elementsOver, zeros } from "../../memory/dtype.js";
import { sizeOf, stridesOf } from "../../memory/strides.js";
import { copyStrided } from "./copy.js";
import { type RawKeys, readRawChunk } from "./raw-chunk.js";
import { newBlock } from "./scratch.js";
import { type ZarrLocation, zarrLocation } from "./zarr-location.js";

/** What is the same for all blocks of an array that is read. */
export interface ZarrPlan {
  /** of this array in this process: workers keep it open under that name */
  readonly id: string;
  /** URL, or absolute path of a folder */
  readonly location: string;
  readonly format: 2 | 3;
  /** the text of its metadata file, checked and cleaned */
  readonly metadata: string;
  readonly dtype: DType;
  readonly chunkShape: readonly number[];
  /** set if chunks are local files that hold the elements as they are in memory */
  readonly raw?: RawKeys;
}

/** What is the same for all blocks of an array that is written. */
export interface ZarrTarget {
  /** absolute path of the folder */
  readonly folder: string;
  readonly format: 2 | 3;
  readonly chunkShape: readonly number[];
  /** level of gzip, 0 for none */
  readonly gzip: number;
}

type ZarrArray = zarrita.Array<zarrita.DataType, ZarrLocation>;

/** Arrays that a worker keeps open: they are small, but their codecs take time to make. */
const MOST_OPEN = 64;
const open = new Map<string, Promise<ZarrArray>>();

/**
 * A new block with the elements from `start`, `shape` of them along each axis; chunks that are not there have the
 * array's fill value.
 * @throws {StorageError} if a chunk cannot be read or is broken
 */
export async function readZarrBlock(
  plan: ZarrPlan,
  start: readonly number[],
  shape: readonly number[],
): Promise<Block> {
  const parts = shape.includes(0) ? [] : chunksIn(plan, start, shape);
  const { raw, location: folder, chunkShape, dtype } = plan;
  if (raw !== undefined && parts.length === 1 && shape.every((size, axis) => size === chunkShape[axis])) {
    const block = readRawChunk({ folder, keys: raw, index: parts[0].chunk }, dtype, shape);
    if (block !== undefined) return block;
  }
  const array = await opened(plan);
  const chunks: { readonly data: ElementArray; readonly strides: readonly number[] }[] = [];
  for (const { chunk } of parts) chunks.push(await readChunk(plan, array, chunk));
  return newBlock(dtype, shape, undefined, (block) => {
    const strides = stridesOf(shape);
    const target = arena().elements(block);
    for (const [i, { from, to, count }] of parts.entries()) {
      const source = { data: chunks[i].data, start: dot(from, chunks[i].strides), strides: chunks[i].strides };
      copyStrided(count, source, { data: target, start: dot(to, strides), strides });
    }
  });
}

/**
 * Writes the chunk with this index. At the end of an axis a block is smaller than a chunk: the rest is zeros.
 * @returns null: a result that takes no memory
 */
export function writeZarrBlock(target: ZarrTarget, index: readonly number[], block: Block): null {
  const { folder, format, chunkShape, gzip } = target;
  if (sizeOf(block.shape) === 0) return null;
  let data = arena().elements(block);
  if (chunkShape.some((size, axis) => size !== block.shape[axis])) {
    const whole = zeros(block.dtype, sizeOf(chunkShape));
    const from = { data, start: 0, strides: stridesOf(block.shape) };
    copyStrided(block.shape, from, { data: whole, start: 0, strides: stridesOf(chunkShape) });
    data = whole;
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const names = format === 2 ? [index.join(".") || "0"] : ["c", ...index.map(String)];
  const path = join(folder, ...names);
  try {
    // One by one: should the run be cancelled and its folder removed meanwhile, nothing makes that again.
    for (let depth = 1; depth < names.length; depth++) makeFolder(join(folder, ...names.slice(0, depth)));
    fs.writeFileSync(path, gzip > 0 ? gzipSync(bytes, { level: gzip }) : bytes);
  } catch (cause) {
    throw new StorageError(
      `${path} cannot be written (${(cause as Error).message}): is there space left, is the folder still there?`,
      { path },
      { cause },
    );
  }
  return null;
}

/**
 * Opens an array whose metadata was read before.
 * @throws whatever zarrita finds wrong with the metadata
 */
export async function openZarr({ location, format, metadata }: ZarrPlan): Promise<ZarrArray> {
  const zarr = await import("zarrita");
  const files = await zarrLocation(location);
  const name = format === 2 ? "/.zarray" : "/zarr.json";
  const store: ZarrLocation = {
    get: (key) => (key === name ? Promise.resolve(new TextEncoder().encode(metadata)) : files.get(key)),
    getRange: (key, range) => files.getRange(key, range),
  };
  return format === 2 ? zarr.open.v2(store, { kind: "array", attrs: false }) : zarr.open.v3(store, { kind: "array" });
}

function opened(plan: ZarrPlan): Promise<ZarrArray> {
  const known = open.get(plan.id);
  if (known !== undefined) return known;
  const array = openZarr(plan);
  for (const id of open.keys()) {
    if (open.size < MOST_OPEN) break;
    open.delete(id);
  }
  open.set(plan.id, array);
  return array;
}

/** A chunk, and the part of it that lies in a region: where that begins in both, and its shape. */
interface ChunkPart {
  readonly chunk: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly count: readonly number[];
}

function chunksIn({ chunkShape }: ZarrPlan, start: readonly number[], shape: readonly number[]): ChunkPart[] {
  let parts: ChunkPart[] = [{ chunk: [], from: [], to: [], count: [] }];
  for (const [axis, size] of chunkShape.entries()) {
    const begin = start[axis];
    const end = begin + shape[axis];
    const own: (readonly [number, number, number, number])[] = [];
    for (let chunk = Math.floor(begin / size); chunk * size < end; chunk++) {
      const low = Math.max(begin, chunk * size);
      own.push([chunk, low - chunk * size, low - begin, Math.min(end, (chunk + 1) * size) - low]);
    }
    parts = parts.flatMap((part) =>
      own.map(([chunk, from, to, count]) => ({
        chunk: [...part.chunk, chunk],
        from: [...part.from, from],
        to: [...part.to, to],
        count: [...part.count, count],
      })),
    );
  }
  return parts;
}

async function readChunk(plan: ZarrPlan, array: ZarrArray, index: readonly number[]) {
  const { location, chunkShape, dtype } = plan;
  const name = `chunk [${index.join(", ")}] of ${location}`;
  let chunk: Awaited<ReturnType<ZarrArray["getChunk"]>>;
  try {
    chunk = await array.getChunk([...index]);
  } catch (cause) {
    if ((cause as Error).name === "StorageError") throw cause;
    throw new StorageError(
      `${name} cannot be read (${reasons(cause)}): it is broken or its metadata is wrong; store the array again`,
      { location, index },
      { cause },
    );
  }
  const { data } = chunk;
  const length = sizeOf(chunkShape);
  if (data.length !== length) {
    throw new StorageError(
      `${name} has ${data.length} elements, but a chunk of ${dtype} [${chunkShape.join(", ")}] has ${length}: ` +
        "it was not written to its end, or its metadata is wrong; store the array again",
      { location, index, length: data.length },
    );
  }
  // zarrita keeps bools in a class of its own, over bytes.
  const { buffer, byteOffset } = data as { buffer: ArrayBuffer; byteOffset: number };
  return { data: elementsOver(dtype, buffer, byteOffset, length), strides: chunk.stride };
}

/** What an error and those behind it say. */
function reasons(error: unknown): string {
  const texts: string[] = [];
  for (let at = error as Error | undefined; at?.message; at = at.cause as Error | undefined) texts.push(at.message);
  return texts.join(": ");
}

function makeFolder(path: string): void {
  try {
    fs.mkdirSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
