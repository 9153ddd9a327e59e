import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, dtypes, fixed } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

test("a small product, its chunks and its tasks", () => {
  const left = da.fromArray(
    [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ],
    { chunks: 2 },
  );
  const right = da.fromArray(
    [
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
    ],
    { chunks: [2, 1] },
  );
  const product = da.matmul(left, right);
  expect(product.chunks).toEqual([
    [2, 1],
    [1, 1],
  ]);
  expect((evaluate(product) as NDArray).tolist()).toEqual([
    [28, 34],
    [76, 98],
    [124, 162],
  ]);
  // one task per block of the result adds up its two products
  expect(taskCount(product)).toBe(4);
});

test("more than four products of a block are added up by a tree", () => {
  const x = da.fromArray(new Float64Array(40).fill(1), { shape: [1, 40], chunks: [1, 2] });
  const y = da.fromArray(new Float64Array(40).fill(1), { shape: [40, 1], chunks: [2, 1] });
  // 20 products in 5 tasks, their sum in 2 partial sums and a last one
  expect(taskCount(x.matmul(y))).toBe(8);
  expect((evaluate(x.matmul(y)) as NDArray).tolist()).toEqual([[40]]);
});

const cases = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 }), dtypes)
  .chain(([m, k, n, dtype]) =>
    fc.record({
      a: arrays([m, k], dtype, false),
      b: arrays([k, n], dtype, false),
      chunksA: fc.constantFrom([7, 100], [40, 300], [1, 30]),
      chunksB: fc.constantFrom([64, 5], [300, 40]),
    }),
  );

test("products equal NumPy's: exactly for int32, to 1e-12 for float64, to 1e-5 for float32", () => {
  const sample = fc.sample(cases, fixed(30));
  const expected = numpy(
    sample.flatMap(({ a, b }) => [
      { expression: "a @ b", variables: { a, b } },
      { expression: "np.abs(a.astype('f8')) @ np.abs(b.astype('f8'))", variables: { a, b } },
    ]),
  );
  for (const [i, { a, b, chunksA, chunksB }] of sample.entries()) {
    const [{ dtype, shape, values }, magnitude] = expected.slice(2 * i, 2 * i + 2);
    const actual = asNumpyValue(
      evaluate(da.fromArray(a, { chunks: chunksA }).matmul(da.fromArray(b, { chunks: chunksB }))),
    );
    expect([actual.dtype, actual.shape]).toEqual([dtype, shape]);
    const relative = { float64: 1e-12, float32: 1e-5, int32: 0, bool: 0 }[a.dtype];
    const worst = values.map((value, j) => Math.abs(actual.values[j] - value) - relative * magnitude.values[j]);
    expect(Math.max(...worst)).toBeLessThanOrEqual(0);
  }
});

test("shapes that cannot be multiplied are an error", () => {
  expect(() => da.ones([2, 3]).matmul(da.ones([2, 3]))).toThrow("matmul of shapes [2,3] and [2,3]: give two arrays");
});
