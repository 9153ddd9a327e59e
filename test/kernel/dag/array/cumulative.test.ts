import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const cases = fc.tuple(shapes, dtypes).chain(([shape, dtype]) =>
  fc.record({
    a: arrays(shape, dtype, false),
    chunks: chunksOf(shape),
    axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
  }),
);

test("cumulative sums agree with NumPy to 1e-12 of the sum of magnitudes along any axis", () => {
  const sample = fc.sample(cases, fixed(150));
  const expected = numpy(
    sample.flatMap(({ a, axis }) => [
      { expression: `np.cumsum(a.astype('f8'), axis=${axis})`, variables: { a } },
      { expression: "np.abs(a.astype('f8')).sum()", variables: { a } },
    ]),
  );
  for (const [i, { a, chunks, axis }] of sample.entries()) {
    const [exact, magnitude] = expected.slice(2 * i, 2 * i + 2);
    const result = da.cumsum(da.fromArray(a, { chunks }), axis);
    expect([result.chunks, result.dtype]).toEqual([chunks, a.dtype === "int32" ? "int64" : a.dtype]);
    const { shape, values } = asNumpyValue(evaluate(result));
    expect(shape).toEqual(exact.shape);
    const tolerance = (a.dtype === "float32" ? 1e-6 : 1e-12) * magnitude.values[0];
    for (const [j, value] of values.entries()) expect(Math.abs(value - exact.values[j])).toBeLessThanOrEqual(tolerance);
  }
});

test("cumulative products of small factors agree with NumPy to 1e-12", () => {
  const sample = fc
    .sample(cases, fixed(60))
    .map((one) => ({ ...one, b: evaluate(da.fromArray(one.a).multiply(1e-6).add(1)) }));
  const expected = numpy(
    sample.map(({ b, axis }) => ({ expression: `np.cumprod(b.astype('f8'), axis=${axis})`, variables: { b } })),
  );
  for (const [i, { b, chunks, axis }] of sample.entries()) {
    const { values } = asNumpyValue(evaluate(da.cumprod(da.fromArray(b, { chunks }), axis)));
    const precision = b.dtype === "float32" ? 1e-6 : 1e-12;
    for (const [j, value] of values.entries()) {
      expect(Math.abs(value - expected[i].values[j])).toBeLessThanOrEqual(precision * Math.abs(expected[i].values[j]));
    }
  }
});

test("NaN and infinity go on to the end of their line, across blocks", () => {
  const x = da.fromArray([1, NaN, 2, 3, Infinity, 4], { chunks: 2 });
  expect(Array.from(evaluate(da.cumsum(x)).data)).toEqual([1, NaN, NaN, NaN, NaN, NaN]);
  expect(Array.from(evaluate(da.cumsum(x.slice("2:"))).data)).toEqual([2, 5, Infinity, Infinity]);
});

test("long lines stay exact to 1e-14", () => {
  const sums = evaluate(da.cumsum(da.full(1_000_000, 0.1, { chunks: 300_000 }))).data;
  expect(Math.abs(sums[999_999] / 100_000 - 1)).toBeLessThan(2e-12);
  const counts = evaluate(da.cumsum(da.ones(10_001, { chunks: 999 }))).data;
  expect(Array.from(counts)).toEqual(Array.from({ length: 10_001 }, (_, i) => i + 1));
});

test("an array of several axes needs an axis", () => {
  expect(() => da.cumsum(da.ones([2, 3]))).toThrow(
    "cumsum of an array of shape [2,3] needs an axis: give an integer from 0 to 1",
  );
});

test.each(["float64", "float32", "int32"] as const)(
  "sums of long lines of %s are those of NumPy, in any chunks",
  (dtype) => {
    // whole numbers: every sum is exact in float64
    const numbers = Array.from({ length: 40_003 }, (_, i) => ((i * 7919) % 1000) - 300);
    const a = evaluate(da.fromArray(numbers).astype(dtype));
    const out = dtype === "float32" ? "f4" : "f8";
    const [expected] = numpy([{ expression: `np.cumsum(a.astype('f8')).astype('${out}')`, variables: { a } }]);
    for (const chunks of [40_003, 17_001, 999]) {
      expect(asNumpyValue(evaluate(da.cumsum(da.fromArray(a, { chunks })))).values).toEqual(expected.values);
    }
  },
);

test("the cumulative sum of one number is a line, as in NumPy", () => {
  expect(evaluate(da.cumsum(da.full([], 3))).tolist()).toEqual([3]);
});
