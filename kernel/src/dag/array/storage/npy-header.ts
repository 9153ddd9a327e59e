/**
 * The header of .npy files.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @module
 */
import fs from "node:fs";
import { DTypeError, StorageError } from "../../../errors.js";
import { type DType, dtypes, itemsize } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import { TYPE_STRINGS } from "./type-strings.js";

/** What a header says. */
export interface NpyHeader {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** the first axis is contiguous, not the last */
  readonly isFortran: boolean;
  /** bytes before the first element */
  readonly offset: number;
}

const MAGIC = "\x93NUMPY";
/** Bytes of magic, version and a length of 4 bytes. */
const LONGEST_START = 12;
/** A header names a shape and a type: more is no header. */
const LONGEST_HEADER = 65_536;
/** NumPy's headers end at a multiple of it. */
const ALIGNMENT = 64;

/**
 * Reads the header of a file.
 * @throws {StorageError} if it is no .npy file, or shorter than its shape says
 * @throws {DTypeError} if its elements are of a type that arrays do not have
 */
export function readNpyHeader(path: string): NpyHeader {
  let file: number | undefined;
  try {
    file = fs.openSync(path, "r");
    const { size } = fs.fstatSync(file);
    const header = parse(read(file, 0, LONGEST_START + LONGEST_HEADER), path);
    const needed = header.offset + sizeOf(header.shape) * itemsize(header.dtype);
    if (size >= needed) return header;
    throw new StorageError(
      `${path} has ${size} bytes, but ${header.dtype} [${header.shape.join(", ")}] takes ${needed}: it was not written to its end; save it again`,
      { path, size, needed },
    );
  } catch (cause) {
    if (!(cause as { code?: unknown }).code) throw cause;
    throw new StorageError(
      `${path} cannot be read (${(cause as Error).message}): give the path of a .npy file`,
      { path },
      { cause },
    );
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

/** The header that NumPy writes for a C-ordered array. */
export function npyHeader(dtype: DType, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${TYPE_STRINGS[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = Buffer.alloc(length, " ");
  bytes.write(MAGIC, 0, "latin1");
  bytes.set([1, 0], 6);
  bytes.writeUInt16LE(length - 10, 8);
  bytes.write(`${text.padEnd(length - 11)}\n`, 10, "latin1");
  return bytes;
}

function read(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, fs.readSync(file, bytes, 0, length, position));
}

function parse(bytes: Buffer, path: string): NpyHeader {
  if (bytes.toString("latin1", 0, 6) !== MAGIC) {
    throw new StorageError(
      `${path} is no .npy file, it does not begin with "\\x93NUMPY": write it with numpy.save or x.toNpy`,
      { path },
    );
  }
  const version = bytes[6];
  const start = version === 1 ? 10 : LONGEST_START;
  const isComplete = bytes.length >= start;
  const length = isComplete ? (version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8)) : 0;
  if (![1, 2, 3].includes(version) || !isComplete || length > LONGEST_HEADER || bytes.length < start + length) {
    throw brokenHeader(path, `version ${version}, ${length} bytes long`);
  }
  const text = bytes.toString("latin1", start, start + length);
  const description = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\dL,\s]*)\)/.exec(text)?.[1];
  if (description === null || order === undefined || shape === undefined) throw brokenHeader(path, text.trim());
  const sizes = (shape.match(/\d+/g) ?? []).map(Number);
  if (!Number.isSafeInteger(sizeOf(sizes) * 8)) throw brokenHeader(path, text.trim());
  return {
    dtype: dtypeOf(description[1] ?? "a record", path),
    shape: sizes,
    isFortran: order === "True",
    offset: start + length,
  };
}

function dtypeOf(description: string, path: string): DType {
  for (const [dtype, known] of Object.entries(TYPE_STRINGS)) if (known === description) return dtype as DType;
  throw new DTypeError(
    `${path} holds elements of type ${description}, arrays here are ${dtypes.join(", ")}, little endian: ` +
      `convert it with numpy.save(path, numpy.load(path).astype("<f8")), or another of those`,
    { path, description },
  );
}

function brokenHeader(path: string, found: string): StorageError {
  return new StorageError(
    `the header of ${path} is broken (${found}): a .npy header of version 1 to 3 names descr, fortran_order and shape; save the file again`,
    { path, found },
  );
}
