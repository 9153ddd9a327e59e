import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, dtypes, fixed } from "../../../support/array-cases.js";
import { kinds, useBlas } from "../../../support/blas.js";
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

//   p0     each p adds up 4 products of blocks, and continues the sum of the one before
//   |
//   p1
test("sums of a result of many blocks are added up in one block", () => {
  const x = da.ones([8, 10], { chunks: [1, 2] }).add(0);
  const y = da.ones([10, 4], { chunks: [2, 1] }).add(0);
  // 32 results of 2 tasks, and the 40 + 20 blocks of the factors
  expect(taskCount(x.matmul(y))).toBe(64 + 60);
  expect(evaluate(x.matmul(y).subtract(10).abs().max())).toBe(0);
});

test("a sum of products of blocks that are in memory is one task if there are many sums", () => {
  const x = da.fromArray(new Float64Array(80).fill(1), { shape: [8, 10], chunks: [1, 2] });
  const y = da.fromArray(new Float64Array(40).fill(1), { shape: [10, 4], chunks: [2, 1] });
  expect(taskCount(x.matmul(y))).toBe(32);
  expect(evaluate(x.matmul(y).subtract(10).abs().max())).toBe(0);
});

test("transposed factors are read where they lie", () => {
  const x = da.fromArray(new Float64Array(12).fill(1), { shape: [4, 3], chunks: 2 });
  expect(taskCount(x.T.matmul(x))).toBe(4);
  expect(taskCount(x.matmul(x.T))).toBe(4);
});

test("a product of nothing is zeros", () => {
  expect((evaluate(da.ones([2, 0]).matmul(da.ones([0, 3]))) as NDArray).tolist()).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect((evaluate(da.ones([0, 2]).matmul(da.ones([2, 3]))) as NDArray).shape).toEqual([0, 3]);
});

const cases = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 }), dtypes)
  .chain(([m, k, n, dtype]) =>
    fc.record({
      a: arrays([m, k], dtype, false),
      b: arrays([k, n], dtype, false),
      chunksA: fc.constantFrom([7, 100], [40, 300], [1, 30]),
      chunksB: fc.constantFrom([64, 5], [300, 40]),
      isTransposed: fc.tuple(fc.boolean(), fc.boolean()),
      /** blocks are computed, not in memory */
      isComputed: fc.boolean(),
    }),
  );

/** The transposed of an array, in memory of its own. */
function transposed({ data, shape: [rows = 0, columns = 0] }: NDArray): NDArray {
  const moved = data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!);
  return new NDArray(moved, [columns, rows]);
}

describe.each(kinds)("%s", (_, blas) => {
  beforeAll(() => useBlas(blas));
  afterAll(() => useBlas(undefined));

  test("products equal NumPy's: exactly for int32, to 1e-12 for float64, to 1e-5 for float32", () => {
    const sample = fc.sample(cases, fixed(40));
    const expected = numpy(
      sample.flatMap(({ a, b }) => [
        { expression: "a @ b", variables: { a, b } },
        { expression: "np.abs(a.astype('f8')) @ np.abs(b.astype('f8'))", variables: { a, b } },
      ]),
    );
    for (const [i, { a, b, chunksA, chunksB, isTransposed, isComputed }] of sample.entries()) {
      const [{ dtype, shape, values }, magnitude] = expected.slice(2 * i, 2 * i + 2);
      const factor = (array: NDArray, chunks: readonly number[], isOther: boolean) => {
        const source = isOther
          ? da.fromArray(transposed(array), { chunks: chunks.toReversed() })
          : da.fromArray(array, { chunks });
        const computed = isComputed ? source.multiply(1) : source;
        return isOther ? computed.T : computed;
      };
      const product = factor(a, chunksA, isTransposed[0]).matmul(factor(b, chunksB, isTransposed[1]));
      const actual = asNumpyValue(evaluate(product));
      expect([actual.dtype, actual.shape]).toEqual([dtype, shape]);
      const relative = a.dtype === "float64" ? 1e-12 : a.dtype === "float32" ? 1e-5 : 0;
      const worst = values.map((value, j) => Math.abs(actual.values[j] - value) - relative * magnitude.values[j]);
      expect(Math.max(...worst)).toBeLessThanOrEqual(0);
    }
  });

  test("a product of one large block is right in every row", () => {
    // more operations than one call of a library does
    const [m, k, n] = [200, 5000, 5000];
    const x = da.ones([m, k], { chunks: -1 }).multiply(da.arange(m, { chunks: -1 }).slice(":, newaxis"));
    const product = x.matmul(da.ones([k, n], { chunks: -1 }));
    const rows = evaluate(product.slice(":, 4999")) as NDArray;
    expect(Array.from(rows.data)).toEqual(Array.from({ length: m }, (_, i) => i * k));
  });
});

test("shapes that cannot be multiplied are an error", () => {
  expect(() => da.ones([2, 3]).matmul(da.ones([2, 3]))).toThrow("matmul of shapes [2,3] and [2,3]: give two arrays");
});
