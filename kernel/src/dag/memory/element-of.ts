/**
 * Elements of one type as another.
 * @module
 */
import { type DType, dtypeOf, type ElementArray, type Elements, isBigInts, limitsOf, zeros } from "./dtype.js";

/** -2^63 and 2^64, beyond which floats become the ends of the types of 64 bits. */
const LEAST_LONG = -(2 ** 63);
const BEYOND_LONG = 2 ** 63;
const BEYOND_UNSIGNED_LONG = 2 ** 64;

/**
 * What is stored of a number, as the kernels convert it: integers of up to 32 bits go through int32 (uint32 through
 * int64), at whose ends they stop, and keep its low bits, which is how NumPy wraps around. NaN is 0, and true.
 */
export const elementOf: Readonly<Record<DType, (value: number) => number | bigint>> = {
  float64: (value) => value,
  float32: Math.fround,
  int32: toInt32,
  bool: (value) => (value === 0 ? 0 : 1),
  int8: (value) => (toInt32(value) << 24) >> 24,
  uint8: (value) => toInt32(value) & 0xff,
  int16: (value) => (toInt32(value) << 16) >> 16,
  uint16: (value) => toInt32(value) & 0xffff,
  uint32: (value) => (Math.abs(value) < BEYOND_LONG ? value >>> 0 : value > 0 ? 2 ** 32 - 1 : 0),
  int64: toInt64,
  uint64: (value) => {
    if (value >= BEYOND_UNSIGNED_LONG) return limitsOf("uint64")[1];
    return value > 0 ? BigInt(Math.trunc(value)) : BigInt.asUintN(64, toInt64(value));
  },
};

function toInt32(value: number): number {
  return Math.trunc(Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value))) || 0;
}

function toInt64(value: number): bigint {
  const [least, most] = limitsOf("int64");
  if (Number.isNaN(value)) return 0n;
  if (value >= BEYOND_LONG) return most;
  return value <= LEAST_LONG ? least : BigInt(Math.trunc(value));
}

/** What is stored of a whole number: its low bits, or the nearest float. */
export function elementOfBigInt(value: bigint, dtype: DType): number | bigint {
  if (dtype === "bool") return value === 0n ? 0 : 1;
  if (dtype === "int64") return BigInt.asIntN(64, value);
  if (dtype === "uint64") return BigInt.asUintN(64, value);
  if (dtype === "float64" || dtype === "float32") return elementOf[dtype](Number(value));
  return Number(dtype === "uint32" ? BigInt.asUintN(32, value) : elementOf[dtype](Number(BigInt.asIntN(32, value))));
}

/** The elements of a typed array as another type, those of NumPy's `astype`; the array itself if it has that type. */
export function converted(data: ElementArray, dtype: DType): ElementArray {
  if (dtypeOf(data) === dtype) return data;
  const toElement = isBigInts(data)
    ? (i: number) => elementOfBigInt(data[i], dtype)
    : (i: number) => elementOf[dtype](data[i]);
  const result = zeros(dtype, data.length);
  const elements: Elements = result;
  for (let i = 0; i < data.length; i++) elements[i] = toElement(i);
  return result;
}

/**
 * An element as users see it: a number, also of a type of 64 bits, as long as that is exact; beyond 2^53 it is a bigint.
 * The declared type is number: which one it is depends on the value, and code for sums and counts shall need no `Number()`.
 */
export function shownElement(value: number | bigint): number {
  if (typeof value === "number") return value;
  const number = Number(value);
  return (Number.isSafeInteger(number) ? number : value) as number;
}
