// Random arrays, shapes and chunks for property tests, the same at every run.
import fc from "fast-check";
import { constructorOf, type DType } from "../../kernel/src/dag/memory/dtype.js";
import { NDArray } from "../../kernel/src/dag/memory/nd-array.js";
import { sizeOf } from "../../kernel/src/dag/memory/strides.js";

/** Equal numbers each run: a failure can be repeated. */
export const fixed = (numRuns: number) => ({ seed: 20_261_122, numRuns });

const special = fc.constantFrom(0, -0, 1, -1, 0.1, NaN, Infinity, -Infinity, 5e-324, 1e308, -1e-310);
const plain = fc.double({ min: -1e6, max: 1e6, noNaN: true });

/** Elements of a dtype; of floats now and then a special one. */
export function elements(dtype: DType, mayBeSpecial = true): fc.Arbitrary<number> {
  if (dtype === "bool") return fc.constantFrom(0, 1);
  if (dtype === "int32") return fc.oneof(fc.integer({ min: -100, max: 100 }), fc.integer());
  return mayBeSpecial ? fc.oneof({ weight: 5, arbitrary: plain }, special) : plain;
}

export const dtypes = fc.constantFrom<DType>("float64", "float32", "int32");
export const dtypesAndBool = fc.constantFrom<DType>("float64", "float32", "int32", "bool");

/** Up to three axes of up to 9 elements. */
export const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });

/** An array of a shape. */
export function arrays(shape: readonly number[], dtype: DType, mayBeSpecial = true): fc.Arbitrary<NDArray> {
  const size = sizeOf(shape);
  return fc
    .array(elements(dtype, mayBeSpecial), { minLength: size, maxLength: size })
    .map((values) => new NDArray(new (constructorOf(dtype))(values), shape));
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
