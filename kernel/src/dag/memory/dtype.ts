/**
 * Element types and the typed arrays that hold them.
 * @module
 */
import { DTypeError } from "../../errors.js";

/** Names of element types. A bool is a byte, 0 or 1. */
export type DType = "float64" | "float32" | "int32" | "bool";
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint8Array;
type Constructor = (typeof CONSTRUCTORS)[DType];

const CONSTRUCTORS = { float64: Float64Array, float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Names of all element types. */
export const dtypes = Object.keys(CONSTRUCTORS) as readonly DType[];

/** Constructor of the typed array that holds elements of `dtype`. */
export function constructorOf(dtype: DType): Constructor {
  return CONSTRUCTORS[dtype];
}

/** Bytes of one element. */
export function itemsize(dtype: DType): number {
  return CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
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
 * The element type of a typed array, also of one from another realm; a Uint8Array holds bool.
 * @throws {DTypeError} if `data` is not one of ours
 */
export function dtypeOf(data: TypedArray): DType {
  if (!ArrayBuffer.isView(data)) {
    throw new DTypeError(
      "the data is not a typed array: give a Float64Array, Float32Array, Int32Array or, for bool, Uint8Array",
      { data },
    );
  }
  const name = data[Symbol.toStringTag].replace("Array", "").toLowerCase();
  return name === "uint8" ? "bool" : asDType(name);
}
