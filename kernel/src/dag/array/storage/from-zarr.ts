/**
 * Arrays that stand in Zarr folders or on servers.
 * @module
 */
import fs from "node:fs";
import { join } from "node:path";
import { ChunkError, StorageError } from "../../../errors.js";
import { checkedLater, checkOptions, type Expectations } from "../../check-options.js";
import { newKey } from "../../lazy-node.js";
import type { DType } from "../../memory/dtype.js";
import { readZarrBlock } from "../block-functions.js";
import { openZarr, type ZarrPlan } from "../blocks/zarr-block.js";
import { isHttp, zarrLocation } from "../blocks/zarr-location.js";
import { blockShape, boundsOf, type Chunks, type ChunksLike, normalizeChunks, type Shape } from "../chunks.js";
import { cast } from "../elementwise.js";
import { type LazyArray, lazyArray } from "../lazy-array.js";
import { localPath } from "./local-path.js";
import { METADATA_FILES, parseZarrMetadata, type ZarrMetadata } from "./zarr-metadata.js";

/** Options of `da.fromZarr`. */
export interface FromZarrOptions {
  /**
   * default: the chunks of the array, or its shards. Others must be multiples of those; "auto" or bytes such as "32 MiB" take as many
   * as fit.
   */
  readonly chunks?: ChunksLike;
  /** element type of the array, if not the stored one: blocks are converted when they are read */
  readonly dtype?: DType;
}

const expectations: Expectations<FromZarrOptions> = { chunks: checkedLater, dtype: checkedLater };

/**
 * The array of a Zarr folder or URL, format 2 or 3. Only the metadata is read now, chunks when they are needed.
 * @throws {StorageError} if there is no array, or its metadata is wrong
 * @throws {DTypeError} if its elements are of a type that arrays do not have
 * @throws {ChunkError} if `chunks` cut through chunks of the array
 */
export async function fromZarr(url: string | URL, options: FromZarrOptions = {}): Promise<LazyArray> {
  checkOptions("da.fromZarr", options, expectations);
  const text = String(url);
  const location = isHttp(text) ? text : localPath("da.fromZarr", url);
  const { format, shape, dtype, chunkShape, fileShape, raw, text: metadata } = await readMetadata(location);
  const plan: ZarrPlan = {
    ...{ id: newKey("zarr"), location, format, metadata, dtype, chunkShape },
    ...(raw !== undefined && !isHttp(location) && { raw }),
  };
  await tryToOpen(plan);
  const chunks =
    options.chunks === undefined
      ? normalizeChunks(shape, fileShape, { dtype })
      : blockChunks(shape, chunkShape, options.chunks, dtype);
  const bounds = chunks.map(boundsOf);
  const stored = lazyArray("from-zarr", chunks, dtype, {
    kind: "read",
    // What came over a network is not fetched twice.
    isReadAnew: !isHttp(location),
    read: (index) => ({
      label: "from-zarr",
      fn: readZarrBlock,
      args: [plan, index.map((i, axis) => bounds[axis][i]), blockShape(chunks, index)],
    }),
  });
  return cast(stored, options.dtype ?? dtype);
}

async function readMetadata(location: string): Promise<ZarrMetadata> {
  const files = await zarrLocation(location);
  for (const format of [3, 2] as const) {
    const bytes = await files.get(`/${METADATA_FILES[format]}`);
    if (bytes === undefined) continue;
    const text = new TextDecoder().decode(bytes);
    const path = `${location.replace(/\/$/, "")}/${METADATA_FILES[format]}`;
    if (format === 3 && /"node_type"\s*:\s*"group"/.test(text)) throw isGroup(location);
    return parseZarrMetadata(format, text, path);
  }
  if ((await files.get("/.zgroup")) !== undefined) throw isGroup(location);
  throw new StorageError(
    `${location} is no Zarr array, it has neither zarr.json nor .zarray: give the folder or URL of an array`,
    { location },
  );
}

/** Makes zarrita look at the metadata now, on the thread of the caller. */
async function tryToOpen(plan: ZarrPlan): Promise<void> {
  const path = `${plan.location}/${METADATA_FILES[plan.format]}`;
  const { registry } = await import("zarrita");
  for (const name of codecsOf(plan)) {
    if (registry.has(name as never)) continue;
    throw new StorageError(
      `${path} names the codec ${JSON.stringify(name)}, which is not there: store the array with zstd, gzip, blosc or without`,
      { path, codec: name },
    );
  }
  try {
    await openZarr(plan);
  } catch (cause) {
    throw new StorageError(
      `${path} is not understood (${(cause as Error).message}): store the array again`,
      { path },
      { cause },
    );
  }
}

interface Codec {
  readonly name?: unknown;
  readonly configuration?: { readonly codecs?: readonly Codec[]; readonly index_codecs?: readonly Codec[] };
}

/** Names of the codecs by which zarrita knows them, those inside shards included. */
function codecsOf({ format, metadata }: ZarrPlan): unknown[] {
  const { codecs, compressor, filters } = JSON.parse(metadata);
  if (format === 2) return [filters ?? [], compressor ?? []].flat().map(({ id }) => `numcodecs.${id}`);
  return codecs.flatMap(namesIn);
}

function namesIn(codec: Codec | null): unknown[] {
  if (codec?.name !== "sharding_indexed") return [codec?.name];
  const { codecs = [], index_codecs = [] } = codec.configuration ?? {};
  return [...codecs, ...index_codecs].flatMap(namesIn);
}

function isGroup(location: string): StorageError {
  const arrays = isHttp(location) ? [] : arraysIn(location);
  const cure = arrays.length === 0 ? "" : `, such as ${join(location, arrays[0])}`;
  return new StorageError(`${location} is a Zarr group, not an array: give the path of one of its arrays${cure}`, {
    location,
    arrays,
  });
}

function arraysIn(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => Object.values(METADATA_FILES).some((file) => fs.existsSync(join(folder, name, file))))
    .sort();
}

function blockChunks(shape: Shape, chunkShape: Shape, asked: ChunksLike, dtype: DType): Chunks {
  if (typeof asked === "string") {
    const sizes = normalizeChunks(shape, asked, { dtype }).map(
      ([first], axis) => Math.max(1, Math.floor(first / chunkShape[axis])) * chunkShape[axis],
    );
    return normalizeChunks(shape, sizes, { dtype });
  }
  const chunks = normalizeChunks(shape, asked, { dtype });
  for (const [axis, sizes] of chunks.entries()) {
    const cut = boundsOf(sizes).find((bound) => bound % chunkShape[axis] !== 0 && bound !== shape[axis]);
    if (cut === undefined) continue;
    throw new ChunkError(
      `chunks ${JSON.stringify(asked)} cut axis ${axis} at ${cut}, inside a chunk of the Zarr array: ` +
        `give multiples of [${chunkShape.join(", ")}], or use rechunk`,
      { chunks: asked, chunkShape },
    );
  }
  return chunks;
}
