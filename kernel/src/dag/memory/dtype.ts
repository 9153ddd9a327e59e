/**
 * Element types and the typed arrays that hold them.
 * @module
 */
import { DTypeError } from "../../errors.js";

/** Names of element types, NumPy's. A bool is a byte, 0 or 1. */
export type DType =
  | "float64"
  | "float32"
  | "int32"
  | "bool"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "uint32"
  | "int64"
  | "uint64";
/** Integers of 64 bits: JavaScript holds them as bigints. */
export type LongType = "int64" | "uint64";
/** What holds elements that are numbers: all but integers of 64 bits. */
export type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Uint32Array;
/** What holds elements that are bigints. */
export type BigIntArray = BigInt64Array | BigUint64Array;
/** What holds elements of any type. */
export type ElementArray = TypedArray | BigIntArray;
/** Typed arrays to loops that only move elements between two of one kind. */
export interface Elements {
  readonly length: number;
  [index: number]: number | bigint;
}

const CONSTRUCTORS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
} as const;

/** Names of all element types. */
export const dtypes = Object.keys(CONSTRUCTORS) as readonly DType[];

/** Constructor of the typed array that holds elements of `dtype`. */
export function constructorOf<D extends DType>(dtype: D): (typeof CONSTRUCTORS)[D] {
  return CONSTRUCTORS[dtype];
}

/** New elements of `dtype`, all 0. */
export function zeros(dtype: DType, length: number): ElementArray {
  return isLong(dtype) ? new (constructorOf(dtype))(length) : new (constructorOf(dtype))(length);
}

/** Elements of `dtype` in memory that is there. */
export function elementsOver(dtype: DType, buffer: ArrayBuffer, byteOffset: number, length: number): ElementArray {
  if (isLong(dtype)) return new (constructorOf(dtype))(buffer, byteOffset, length);
  return new (constructorOf(dtype))(buffer, byteOffset, length);
}

/** Bytes of one element. */
export function itemsize(dtype: DType): number {
  return CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
}

/** True for the types with fractions, infinities and NaN. */
export function isFloat(dtype: DType): dtype is "float64" | "float32" {
  return dtype === "float64" || dtype === "float32";
}

/** True for integers of 64 bits. */
export function isLong(dtype: DType): dtype is LongType {
  return dtype === "int64" || dtype === "uint64";
}

/** True for integers without a sign; bool is none. */
export function isUnsigned(dtype: DType): dtype is "uint8" | "uint16" | "uint32" | "uint64" {
  return dtype.startsWith("uint");
}

/** Smallest and largest element of a type of whole numbers. */
export function limitsOf(dtype: Exclude<DType, "float64" | "float32">): readonly [least: bigint, most: bigint] {
  if (dtype === "bool") return [0n, 1n];
  const values = 1n << BigInt(8 * itemsize(dtype));
  return isUnsigned(dtype) ? [0n, values - 1n] : [-values / 2n, values / 2n - 1n];
}

/**
 * The element type a value names.
 * @throws {DTypeError} if it names none
 */
export function asDType(value: unknown): DType {
  if (typeof value === "string" && Object.hasOwn(CONSTRUCTORS, value)) return value as DType;
  throw new DTypeError(`dtype ${JSON.stringify(value)} is not known: use one of ${dtypes.join(", ")}`, { value });
}

/**
 * The element type of a typed array, also of one from another realm; a Uint8Array holds uint8, a Uint8ClampedArray none.
 * @throws {DTypeError} if `data` is not one of ours
 */
export function dtypeOf(data: ElementArray): DType {
  if (!ArrayBuffer.isView(data)) {
    throw new DTypeError(
      "the data is not a typed array: give one such as Float64Array, Int32Array, Uint8Array or BigInt64Array",
      { data },
    );
  }
  return asDType(data[Symbol.toStringTag].replace("Array", "").replace("Big", "").toLowerCase());
}

/** True if the elements are bigints. */
export function isBigInts(data: ElementArray): data is BigIntArray {
  return data[Symbol.toStringTag].startsWith("Big");
}

/**
 * The same array, for code that computes with numbers.
 * @throws {DTypeError} if its elements are bigints: the graph must convert them first
 */
export function asNumbers(data: ElementArray): TypedArray {
  if (!isBigInts(data)) return data;
  throw new DTypeError(`${dtypeOf(data)} elements are not numbers: use astype("float64") first`, { data });
}

/**
 * The same array, for code that computes with bigints.
 * @throws {DTypeError} if its elements are numbers
 */
export function asBigInts(data: ElementArray): BigIntArray {
  if (isBigInts(data)) return data;
  throw new DTypeError(`${dtypeOf(data)} elements are not bigints: use astype("int64") first`, { data });
}

/**
 * Copies all elements of `source` into `target` from `at` on.
 * @throws {DTypeError} if one holds numbers and the other bigints
 */
export function setElements(target: ElementArray, source: ElementArray, at = 0): void {
  if (!isBigInts(target)) target.set(asNumbers(source), at);
  else target.set(asBigInts(source), at);
}

/** Fills all elements with a whole number, or with a number if they are numbers. */
export function fillElements<Data extends ElementArray>(data: Data, value: number | bigint): Data {
  if (isBigInts(data)) data.fill(BigInt(value));
  else asNumbers(data).fill(Number(value));
  return data;
}
