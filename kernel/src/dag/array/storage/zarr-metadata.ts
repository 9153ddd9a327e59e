/**
 * The metadata of Zarr arrays, in both formats.
 * @see https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html#array-metadata
 * @see https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html#metadata
 * @module
 */
import { DTypeError, StorageError } from "../../../errors.js";
import { type DType, dtypes } from "../../memory/dtype.js";
import type { RawKeys } from "../blocks/raw-chunk.js";
import type { ZarrTarget } from "../blocks/zarr-block.js";
import type { Shape } from "../chunks.js";
import { TYPE_STRINGS } from "./type-strings.js";

/** What a metadata file says of an array. */
export interface ZarrMetadata {
  readonly format: 2 | 3;
  readonly shape: Shape;
  /** of what is decoded at once: of a sharded array the chunks inside the shards */
  readonly chunkShape: Shape;
  /** of a file: of a sharded array the shards */
  readonly fileShape: Shape;
  readonly dtype: DType;
  /** how files are called that hold the elements as they are in memory; undefined if they are encoded */
  readonly raw: RawKeys | undefined;
  /** the file again, with a fill value that JSON and zarrita understand */
  readonly text: string;
}

/** Name of the metadata file of an array. */
export const METADATA_FILES = { 2: ".zarray", 3: "zarr.json" } as const;

/** Between the numbers of a chunk's key; anything else could lead out of the folder. */
const SEPARATORS: readonly unknown[] = ["/", "."];

/**
 * Reads a metadata file.
 * @param path of the file, for errors
 * @throws {StorageError} if something in it is missing or impossible
 * @throws {DTypeError} if the elements are of a type that arrays here do not have
 */
export function parseZarrMetadata(format: 2 | 3, text: string, path: string): ZarrMetadata {
  const document = parseObject(text, path);
  const { shape, fill_value: fill } = document;
  const grid = field(document.chunk_grid);
  const encoding = field(document.chunk_key_encoding);
  const fileShape = format === 2 ? document.chunks : field(grid.configuration).chunk_shape;
  const separator = format === 2 ? document.dimension_separator : field(encoding.configuration).separator;
  const expect = (isRight: boolean, name: string, value: unknown, expected: string) => {
    if (!isRight) throw wrongField(path, name, value, expected);
  };
  expect(document.zarr_format === format, "zarr_format", document.zarr_format, String(format));
  expect(isSizes(shape, 0), "shape", shape, "a list of whole numbers from 0 up");
  if (format === 3) expect(grid.name === "regular", "chunk_grid.name", grid.name, '"regular"');
  const { length } = shape as Shape;
  const isFitting = isSizes(fileShape, 1) && fileShape.length === length;
  expect(isFitting, "the chunk shape", fileShape, `a whole number from 1 up for each axis of shape [${shape}]`);
  if (format === 3) {
    expect(
      ["default", "v2"].includes(encoding.name as string),
      "chunk_key_encoding.name",
      encoding.name,
      '"default" or "v2"',
    );
    expect(Array.isArray(document.codecs), "codecs", document.codecs, "a list");
  } else {
    expect(document.order === "C" || document.order === "F", "order", document.order, '"C" or "F"');
  }
  expect(
    separator === undefined || SEPARATORS.includes(separator),
    "the separator of chunk keys",
    separator,
    '"/" or "."',
  );
  const shards = format === 3 ? (document.codecs as unknown[]).map(field).find(isSharding) : undefined;
  const chunkShape = shards === undefined ? fileShape : field(shards.configuration).chunk_shape;
  const divides = (size: number, axis: number) => (fileShape as Shape)[axis] % size === 0;
  const isDividing = isSizes(chunkShape, 1) && chunkShape.length === length && chunkShape.every(divides);
  expect(isDividing, "the chunk shape inside the shards", chunkShape, `a divisor of each size of [${fileShape}]`);
  const named = format === 2 ? document.dtype : document.data_type;
  const dtype = dtypes.find((known) =>
    format === 2 ? TYPE_STRINGS[known] === String(named).replace(">", "<") : known === named,
  );
  if (dtype === undefined) throw unknownType(path, named);
  const known = { ...document, fill_value: fillValue(fill, dtype, path) };
  return {
    format,
    shape: shape as Shape,
    chunkShape: chunkShape as Shape,
    fileShape: fileShape as Shape,
    dtype,
    raw: format === 2 ? rawKeysOfV2(document) : rawKeysOfV3(document),
    text: JSON.stringify(known),
  };
}

/** The metadata file of an array that is written. */
export function zarrMetadata({ format, chunkShape, gzip }: ZarrTarget, shape: Shape, dtype: DType): string {
  const fill = dtype === "bool" ? false : 0;
  if (format === 2) {
    return json({
      zarr_format: 2,
      shape,
      chunks: chunkShape,
      dtype: TYPE_STRINGS[dtype],
      compressor: gzip > 0 ? { id: "gzip", level: gzip } : null,
      fill_value: fill,
      order: "C",
      filters: null,
      dimension_separator: ".",
    });
  }
  const bytes = { name: "bytes", ...(dtype !== "bool" && { configuration: { endian: "little" } }) };
  return json({
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: dtype,
    chunk_grid: { name: "regular", configuration: { chunk_shape: chunkShape } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: fill,
    codecs: gzip > 0 ? [bytes, { name: "gzip", configuration: { level: gzip } }] : [bytes],
    attributes: {},
  });
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function parseObject(text: string, path: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new StorageError(
      `${path} is no JSON (${(cause as Error).message}): the metadata of a Zarr array is a JSON object; store the array again`,
      { path },
      { cause },
    );
  }
  if (typeof document === "object" && document !== null && !Array.isArray(document)) {
    return document as Record<string, unknown>;
  }
  throw new StorageError(`${path} is no JSON object: the metadata of a Zarr array is one; store the array again`, {
    path,
  });
}

/** The fields of an object, none of anything else. */
function field(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isSharding({ name }: Record<string, unknown>): boolean {
  return name === "sharding_indexed";
}

function rawKeysOfV2({ dtype, compressor, filters, order, dimension_separator }: Record<string, unknown>) {
  const isPlain = compressor === null && (filters === null || filters === undefined) && order === "C";
  if (!isPlain || String(dtype).startsWith(">")) return undefined;
  return { prefix: "", separator: String(dimension_separator ?? ".") } as const;
}

function rawKeysOfV3({ codecs, chunk_key_encoding }: Record<string, unknown>): RawKeys | undefined {
  const [codec, ...others] = (codecs as unknown[]).map(field);
  if (codec?.name !== "bytes" || others.length > 0 || field(codec.configuration).endian === "big") return undefined;
  const { name, configuration } = field(chunk_key_encoding);
  const { separator } = field(configuration);
  return name === "default"
    ? { prefix: "c", separator: String(separator ?? "/") }
    : { prefix: "", separator: String(separator ?? ".") };
}

function isSizes(value: unknown, least: number): value is Shape {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= least);
}

/** The value of chunks that are not there; null is 0. Floats may be texts: NaN, infinities, their bytes in hexadecimal. */
function fillValue(fill: unknown, dtype: DType, path: string): unknown {
  if (fill === null || fill === undefined) return dtype === "bool" ? false : 0;
  if (dtype === "bool" ? typeof fill === "boolean" || fill === 0 || fill === 1 : typeof fill === "number") return fill;
  if (typeof fill === "string" && (dtype === "float64" || dtype === "float32")) {
    if (["NaN", "Infinity", "-Infinity"].includes(fill)) return fill;
    const digits = dtype === "float64" ? 16 : 8;
    const hex = /^0x([\da-f]+)$/i.exec(fill)?.[1];
    if (hex?.length === digits) {
      const bytes = Buffer.from(hex, "hex");
      const value = dtype === "float64" ? bytes.readDoubleBE() : bytes.readFloatBE();
      return Number.isFinite(value) ? value : String(value);
    }
  }
  throw wrongField(path, "fill_value", fill, `a ${dtype} number, or null`);
}

function wrongField(path: string, name: string, value: unknown, expected: string): StorageError {
  return new StorageError(
    `${path}: ${name} is ${JSON.stringify(value) ?? "missing"} and must be ${expected}: mend the file or store the array again`,
    { path, name, value },
  );
}

function unknownType(path: string, named: unknown): DTypeError {
  return new DTypeError(
    `${path} holds elements of type ${JSON.stringify(named) ?? "(none named)"}, arrays here are ${dtypes.join(", ")}: ` +
      'convert it in Python, with zarr.save_array(path, zarr.open_array(path)[:].astype("float64"))',
    { path, dtype: named },
  );
}
