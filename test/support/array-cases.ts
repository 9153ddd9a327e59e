// Random arrays, shapes and chunks for property tests, the same at every run.
import fc from "fast-check";
import {
  type DType,
  type ElementArray,
  type Elements,
  dtypes as everyDtype,
  isFloat,
  isLong,
  isUnsigned,
  limitsOf,
  zeros,
} from "../../kernel/src/dag/memory/dtype.js";
import { NDArray } from "../../kernel/src/dag/memory/nd-array.js";
import { sizeOf } from "../../kernel/src/dag/memory/strides.js";

/** Equal numbers each run: a failure can be repeated. */
export const fixed = (numRuns: number) => ({ seed: 20_261_122, numRuns });

const special = fc.constantFrom(0, -0, 1, -1, 0.1, NaN, Infinity, -Infinity, 5e-324, 1e308, -1e-310);
const plain = fc.double({ min: -1e6, max: 1e6, noNaN: true });

/** Elements of a dtype; of floats now and then a special one. */
export function elements(dtype: DType, mayBeSpecial = true): fc.Arbitrary<number | bigint> {
  if (dtype === "bool") return fc.constantFrom(0, 1);
  if (!isFloat(dtype)) return integersOf(dtype);
  return mayBeSpecial ? fc.oneof({ weight: 5, arbitrary: plain }, special) : plain;
}

/** Small integers, and any that the type has, its ends among them. */
function integersOf(dtype: Exclude<DType, "float64" | "float32">): fc.Arbitrary<number | bigint> {
  const [least, most] = limitsOf(dtype);
  const small = fc.bigInt({ min: isUnsigned(dtype) ? 0n : -100n, max: 100n });
  const any = fc.oneof(small, fc.bigInt({ min: least, max: most }), fc.constantFrom(least, most));
  return isLong(dtype) ? any : any.map(Number);
}

/** Every element type. */
export const allDtypes = fc.constantFrom(...everyDtype);
/** Every type of whole numbers. */
export const wholeDtypes = fc.constantFrom(...everyDtype.filter((dtype) => !isFloat(dtype)));
export const dtypes = fc.constantFrom<DType>("float64", "float32", "int32");
export const dtypesAndBool = fc.constantFrom<DType>("float64", "float32", "int32", "bool");

/** Up to three axes of up to 9 elements. */
export const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });

/** An array of a shape. */
export function arrays(shape: readonly number[], dtype: DType, mayBeSpecial = true): fc.Arbitrary<NDArray> {
  return anyArrays(shape, dtype, mayBeSpecial) as fc.Arbitrary<NDArray>;
}

/** An array of a shape; of bigints if the type has 64 bits. */
export function anyArrays(
  shape: readonly number[],
  dtype: DType,
  mayBeSpecial = true,
): fc.Arbitrary<NDArray<ElementArray>> {
  const size = sizeOf(shape);
  return fc
    .array(elements(dtype, mayBeSpecial), { minLength: size, maxLength: size })
    .map((values) => arrayOf(values, shape, dtype));
}

/** These elements as an array. */
export function arrayOf(values: readonly (number | bigint)[], shape: readonly number[], dtype: DType) {
  const data = zeros(dtype, values.length);
  const elementsOf: Elements = data;
  for (const [i, value] of values.entries()) elementsOf[i] = value;
  return new NDArray(data, shape, undefined, dtype);
}

/** Sizes of blocks that add up to each axis. */
export function chunksOf(shape: readonly number[]): fc.Arbitrary<number[][]> {
  return fc.tuple(...shape.map(splits));
}

function splits(size: number): fc.Arbitrary<number[]> {
  return fc.subarray(Array.from({ length: Math.max(0, size - 1) }, (_, i) => i + 1)).map((cuts) => {
    const bounds = [0, ...cuts, size];
    return bounds.slice(1).map((bound, i) => bound - bounds[i]);
  });
}

/** Shapes that broadcast against `shape`: leading axes dropped, some sizes 1. */
export function partnerShapes(shape: readonly number[]): fc.Arbitrary<number[]> {
  return fc
    .tuple(fc.integer({ min: 0, max: shape.length - 1 }), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
    .map(([drop, ones]) => shape.slice(drop).map((size, i) => (ones[i] ? 1 : size)));
}

/** An array of one of these types, blocks for it and one of its axes. */
export function chunkedArrays(dtype: fc.Arbitrary<DType>) {
  return fc.tuple(shapes, dtype).chain(([shape, own]) =>
    fc.record({
      a: anyArrays(shape, own),
      chunks: chunksOf(shape),
      axis: fc.nat(shape.length - 1),
    }),
  );
}
