/**
 * How results and arguments travel between threads. The engine passes encoded values on without
 * opening them; only tasks and the caller of a run decode.
 *
 * | value | encoded as |
 * | --- | --- |
 * | undefined, null, boolean, number, bigint, string | itself |
 * | `Block` | itself: the bytes stay in the arena |
 * | `NDArray` | a `Block` marked `ndarray`, its elements copied into the arena |
 * | anything else | bytes of `v8.serialize`; blocks and NDArrays are found at any depth and kept as blocks, errors as data |
 * | what that refuses and structured clone takes (a SharedArrayBuffer, a Blob) | the value itself |
 *
 * Instances of classes are refused: they would arrive as plain objects, without a word.
 * @module
 */
import { serialize } from "node:v8";
import { ArgumentError } from "../../errors.js";
import { structuredClone } from "../../kept-globals.js";
import { collectionSymbol } from "../../symbols.js";
import { arena } from "../memory/arena.js";
import { type Block, isBlock } from "../memory/block.js";
import { itemsize } from "../memory/dtype.js";
import { shownElement } from "../memory/element-of.js";
import { sizeOf } from "../memory/strides.js";
import { isNDArray, moveToArena, ndArrayOf } from "./array-value.js";
import { carrierOf } from "./carrier.js";
import { type ErrorData, errorMark, errorOf, isErrorMark, messageOf } from "./error-data.js";
import { deserializePrivately } from "./private-deserializer.js";
import { replaceInside } from "./replace-inside.js";

type Primitive = undefined | null | boolean | number | bigint | string;

/** Bytes with blocks or errors somewhere inside; blocks are listed because the bytes stay closed. */
export interface Marked {
  readonly dagbook: "marked";
  readonly bytes: Uint8Array;
  readonly blocks: readonly Block[];
}

/** A value that only structured clone can carry. */
export interface Cloned {
  readonly dagbook: "cloned";
  readonly value: unknown;
  readonly blocks: readonly Block[];
}

/** Stands for a value that could not reach the worker: whoever decodes it gets the error. */
export interface Refused {
  readonly dagbook: "refused";
  readonly error: ErrorData;
  readonly blocks: readonly [];
}

export type Encoded = Primitive | Block | Uint8Array | Marked | Cloned | Refused;

/**
 * A value ready to travel. References of blocks inside are not counted here.
 * @throws {ArgumentError} if the value, or something inside it, cannot travel (a function, a promise, an instance of a class)
 */
export function encode(value: unknown): Encoded {
  if (isPrimitive(value)) return value;
  if (isBlock(value)) return value;
  if (typeof value === "object" && isNDArray(value)) return moveToArena(value);
  const moved: Block[] = [];
  try {
    return encodeContainer(value, moved);
  } catch (error) {
    for (const block of moved) arena().release(block);
    throw error;
  }
}

/**
 * A new copy of the value. Blocks stay blocks.
 * @param copyArrays true: NDArrays have their own data; false: they are views of the arena
 */
export function decode(encoded: Encoded, copyArrays = false): unknown {
  if (isPrimitive(encoded)) return encoded;
  if (isBytes(encoded)) return deserializePrivately(encoded);
  const restore = (inner: object): unknown => {
    if (isBlock(inner)) return inner.ndarray ? ndArrayOf(inner, copyArrays) : undefined;
    return isErrorMark(inner) ? errorOf(inner.error) : undefined;
  };
  if (isBlock(encoded)) return restore(encoded) ?? encoded;
  if (encoded.dagbook === "refused") throw errorOf(encoded.error);
  return replaceInside(encoded.dagbook === "cloned" ? encoded.value : deserializePrivately(encoded.bytes), restore);
}

/**
 * The value with every block inside as what users know: a number for one without axes, else an NDArray.
 * @param copyArrays true: NDArrays have their own data; false: they are views of the arena, as a task gets them
 */
export function exposeBlocks(value: unknown, copyArrays = false): unknown {
  return replaceInside(value, (inner) => {
    if (!isBlock(inner)) return undefined;
    return inner.shape.length === 0 ? shownElement(arena().elements(inner)[0]) : ndArrayOf(inner, copyArrays);
  });
}

/** All blocks of an encoded value, one entry per reference it holds. */
export function blocksOf(encoded: Encoded): readonly Block[] {
  if (isPrimitive(encoded) || isBytes(encoded)) return [];
  return isBlock(encoded) ? [encoded] : encoded.blocks;
}

/** Takes one more reference of each block of an encoded value. */
export function retainEncoded(encoded: Encoded): void {
  for (const block of blocksOf(encoded)) arena().retain(block);
}

/** Drops the references an encoded value holds. */
export function releaseEncoded(encoded: Encoded): void {
  for (const block of blocksOf(encoded)) arena().release(block);
}

/**
 * Makes references of blocks in values from a worker those of the engine. The worker has counted its own blocks;
 * those that it was lent are counted here.
 */
export function adoptBlocks(values: readonly Encoded[]): void {
  const blocks = values.flatMap(blocksOf);
  for (const block of blocks) if (arena().ownerOf(block) === 0) arena().retain(block);
  for (const block of blocks) arena().disown(block);
}

/** Bytes an encoded value holds. */
export function nbytes(encoded: Encoded): number {
  if (typeof encoded === "string") return 2 * encoded.length;
  if (isPrimitive(encoded)) return 8;
  if (isBytes(encoded)) return encoded.byteLength;
  const own = isBlock(encoded) || encoded.dagbook !== "marked" ? 0 : encoded.bytes.byteLength;
  return blocksOf(encoded).reduce((sum, { dtype, shape }) => sum + itemsize(dtype) * sizeOf(shape), own);
}

/** True for the bytes of a serialized value; typed arrays of users are never encoded as themselves. */
export function isBytes(encoded: Encoded): encoded is Uint8Array {
  return ArrayBuffer.isView(encoded);
}

/** @param moved gets the blocks that were made for NDArrays, also if the rest cannot travel */
function encodeContainer(value: unknown, moved: Block[]): Encoded {
  const blocks: Block[] = [];
  let isSerializable = true;
  let hasErrors = false;
  const plain = replaceInside(value, (inner) => {
    if (isBlock(inner) || isNDArray(inner)) {
      const block = isBlock(inner) ? inner : moveToArena(inner);
      if (block !== inner) moved.push(block);
      blocks.push(block);
      return block;
    }
    const carrier = carrierOf(inner);
    if (carrier === "none") throw cannotTravel(inner);
    if (carrier === "clone") isSerializable = false;
    if (carrier !== "mark") return undefined;
    hasErrors = true;
    return errorMark(inner as Error);
  });
  const bytes = isSerializable ? serializeOrClone(plain) : undefined;
  if (bytes === undefined) return { dagbook: "cloned", value: plain, blocks };
  return blocks.length === 0 && !hasErrors ? bytes : { dagbook: "marked", bytes, blocks };
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol");
}

function cannotTravel(value: object): ArgumentError {
  if (collectionSymbol in value) {
    return new ArgumentError(
      "a lazy value cannot be the result of a task: give its value (await .compute() in the task), or build the graph outside",
    );
  }
  const name = value.constructor?.name || "a class";
  return new ArgumentError(
    `an instance of ${name} cannot travel between threads: its methods and private fields would be lost. ` +
      "Give plain data, such as { ...value }, and make the instance in the task that uses it",
    { class: name },
  );
}

/** Bytes of the value; undefined if only structured clone takes it. */
function serializeOrClone(value: unknown): Uint8Array | undefined {
  try {
    return serialize(value);
  } catch (cause) {
    try {
      structuredClone(value);
      return undefined;
    } catch {
      throw new ArgumentError(
        `a value cannot travel between threads: ${messageOf(cause)} Give plain data: numbers, strings, arrays, objects, maps, typed arrays`,
        {},
        { cause },
      );
    }
  }
}
