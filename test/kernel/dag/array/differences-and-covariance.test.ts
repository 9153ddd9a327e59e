import { type ChunkedArray, da } from "../../../../kernel/src/dag/array/index.js";
import { ArgumentError, ShapeError } from "../../../../kernel/src/errors.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const a = evaluate(da.random.normal({ shape: [4, 9], seed: 3 }));
const w = evaluate(da.random.uniform({ shape: [9], seed: 4 }));
const i = evaluate(da.random.integers({ shape: [9], high: 100, seed: 5 }));
const x = da.fromArray(a, { chunks: [3, 4] });
const weights = da.fromArray(w, { chunks: 4 });
const whole = da.fromArray(i, { chunks: 2 });

const exact: readonly (readonly [string, () => ChunkedArray])[] = [
  ["np.diff(a)", () => da.diff(x)],
  ["np.diff(a, axis=0)", () => da.diff(x, 1, 0)],
  ["np.diff(i, n=3)", () => da.diff(whole, 3)],
  ["np.diff(a > 0)", () => da.diff(x.greater(0))],
  ["np.gradient(a, axis=1)", () => da.gradient(x, 1, 1)],
  ["np.gradient(a, 0.5, axis=0)", () => da.gradient(x, 0.5, 0)],
  ["np.gradient(i)", () => da.gradient(whole)],
];
const close: readonly (readonly [string, () => ChunkedArray])[] = [
  ["np.average(a, axis=0)", () => da.average(x, 0)],
  ["np.average(a, axis=1, weights=w)", () => da.average(x, 1, weights)],
  ["np.average(a.T, axis=0, weights=w)", () => da.average(x.T, 0, weights)],
  ["np.average(a, axis=0, weights=a * a)", () => da.average(x, 0, x.square())],
  ["np.cov(a)", () => da.cov(x)],
  ["np.cov(a, rowvar=False, ddof=0)", () => da.cov(x, { rowvar: false, ddof: 0 })],
  ["np.corrcoef(a)", () => da.corrcoef(x)],
  ["np.corrcoef(a, rowvar=False)", () => da.corrcoef(x, { rowvar: false })],
];

type Value = Parameters<typeof asNumpyValue>[0];

test("differences and slopes are NumPy's, bit for bit", () => {
  const expected = numpy(exact.map(([expression]) => ({ expression, variables: { a, i } })));
  expect(exact.map(([, run]) => asNumpyValue(evaluate<Value>(run())))).toEqual(expected);
});

test("weighted means, covariances and correlations agree with NumPy to 1e-12", () => {
  const expected = numpy(close.map(([expression]) => ({ expression, variables: { a, w } })));
  for (const [number, [, run]] of close.entries()) {
    const { shape, values } = asNumpyValue(evaluate<Value>(run()));
    expect(shape).toEqual(expected[number].shape);
    for (const [j, value] of values.entries()) expect(Math.abs(value - expected[number].values[j])).toBeLessThan(1e-12);
  }
  const [mean, variance] = numpy(
    ["np.average(a, weights=np.abs(a))", "np.cov(w)"].map((expression) => ({ expression, variables: { a, w } })),
  );
  expect(evaluate(da.average(x, null, x.abs()))).toBeCloseTo(mean.values[0], 12);
  expect(evaluate<Value>(da.cov(weights))).toBeCloseTo(variance.values[0], 12);
});

test("isclose is NumPy's, with infinities and NaN; allclose is true if all are", () => {
  const p = evaluate(da.fromArray([1, 1 + 1e-6, 1 + 1e-4, NaN, Infinity, Infinity, -Infinity, 0, 1e-9]));
  const q = evaluate(da.fromArray([1, 1, 1, NaN, Infinity, -Infinity, 5, 1e-9, 0]));
  const expected = numpy(
    [
      "np.isclose(p, q)",
      "np.isclose(p, q, equal_nan=True)",
      "np.isclose(p, q, rtol=1e-3, atol=0)",
      "np.isclose(p, 1)",
    ].map((expression) => ({ expression, variables: { p, q } })),
  );
  const [left, right] = [da.fromArray(p, { chunks: 4 }), da.fromArray(q, { chunks: 4 })];
  const own = [
    da.isclose(left, right),
    da.isclose(left, right, { equalNan: true }),
    da.isclose(left, right, { rtol: 1e-3, atol: 0 }),
    da.isclose(left, 1),
  ];
  expect(own.map((one) => asNumpyValue(evaluate(one)))).toEqual(expected);
  expect(evaluate(da.allclose(left, left))).toBe(0);
  expect(evaluate(da.allclose(left, left, { equalNan: true }))).toBe(1);
});

test("what has no difference, slope or covariance is an error", () => {
  expect(() => da.diff(x, -1)).toThrow(ArgumentError);
  expect(() => da.gradient(x)).toThrow(/needs an axis/);
  expect(() => da.gradient(da.ones(1))).toThrow(ShapeError);
  expect(() => da.cov(da.ones([2, 2, 2]))).toThrow(ShapeError);
  expect(() => da.average(x, 0, weights)).toThrow(/weights of shape \[9\] do not fit/);
});

test("covariances of float32 are float64, of a single row a number, as in NumPy", () => {
  expect(da.cov(x.astype("float32")).dtype).toBe("float64");
  expect(da.cov(x.slice("1:2")).shape).toEqual([]);
  const [expected] = numpy([{ expression: "np.cov(a[1:2])", variables: { a } }]);
  expect(evaluate<Value>(da.cov(x.slice("1:2")))).toBeCloseTo(expected.values[0], 12);
});
