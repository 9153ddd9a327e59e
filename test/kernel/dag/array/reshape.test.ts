import fc from "fast-check";
import { lazyOf } from "../../../../kernel/src/dag/array/array-base.js";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { sizeOf } from "../../../../kernel/src/dag/memory/strides.js";
import { arrays, chunksOf, dtypesAndBool, fixed } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

/** Two shapes of as many elements: products of the same factors, grouped differently, some axes of 1. */
const shapePairs = fc
  .array(fc.constantFrom(1, 2, 2, 3, 5), { minLength: 1, maxLength: 6 })
  .chain((factors) =>
    fc.tuple(grouped(factors), fc.shuffledSubarray(factors, { minLength: factors.length }).chain(grouped)),
  );

function grouped(factors: readonly number[]): fc.Arbitrary<number[]> {
  return fc.array(fc.boolean(), { minLength: factors.length, maxLength: factors.length }).map((joins) =>
    factors.reduce<number[]>((shape, factor, i) => {
      if (i > 0 && joins[i]) shape[shape.length - 1] *= factor;
      else shape.push(factor);
      return shape;
    }, []),
  );
}

const cases = fc
  .tuple(shapePairs, dtypesAndBool)
  .chain(([[from, to], dtype]) => fc.record({ a: arrays(from, dtype), chunks: chunksOf(from), to: fc.constant(to) }));

test("reshape gives NumPy's elements for any two shapes and any chunks", () => {
  const sample = fc.sample(cases, fixed(300));
  const expected = numpy(
    sample.map(({ a, to }) => ({ expression: `a.reshape(${JSON.stringify(to)})`, variables: { a } })),
  );
  const actual = sample.map(({ a, chunks, to }) => asNumpyValue(evaluate(da.reshape(da.fromArray(a, { chunks }), to))));
  expect(actual).toEqual(expected);
});

test("a block whose rows are whole is the same memory with another shape", () => {
  const x = da.ones([100, 6, 5], { chunks: [20, 6, 5] });
  const y = x.reshape([100, 30]);
  expect(y.chunks).toEqual([[20, 20, 20, 20, 20], [30]]);
  // five blocks are filled, and given another shape
  expect(taskCount(y)).toBe(10);
  expect(lazyOf(y).operation).toMatchObject({ kind: "task", inputs: [lazyOf(x)] });
});

test("blocks stay about as large as they are", () => {
  const largest = (array: { readonly chunks: readonly (readonly number[])[] }) =>
    sizeOf(array.chunks.map((sizes) => Math.max(...sizes)));
  const x = da.zeros([1000, 1001], { chunks: 100 });
  expect(largest(x.ravel())).toBeLessThanOrEqual(20_000);
  // 1000 and 1001 have no common divisor: no cut suits both sides
  expect(largest(x.reshape([1001, 1000]))).toBeLessThanOrEqual(20_000);
  expect(largest(da.zeros([10, 1_000_000], { chunks: [10, 1000] }).ravel())).toBeLessThanOrEqual(20_000);
});

test("one size may follow from the others", () => {
  const x = da.arange(24, { chunks: 7 });
  expect(x.reshape([2, -1, 3]).shape).toEqual([2, 4, 3]);
  expect(x.reshape(-1)).toMatchObject({ shape: [24] });
  expect(da.ones([3, 0, 2]).reshape([0, 7]).shape).toEqual([0, 7]);
  expect(evaluate(da.fromArray([[5]]).reshape([]))).toBe(5);
});

test("sizes that do not hold the elements are an error with the number that they must hold", () => {
  const x = da.arange(24);
  expect(() => x.reshape([5, 5])).toThrow(
    "reshape of [24] to [5,5]: give integers whose product is 24, one of them may be -1",
  );
  expect(() => x.reshape([-1, 5])).toThrow("product is 24");
  expect(() => x.reshape([-1, -1])).toThrow("product is 24");
  expect(() => x.reshape([2.5, 10])).toThrow("product is 24");
});
