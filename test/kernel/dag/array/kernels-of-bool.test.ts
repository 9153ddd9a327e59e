import fc from "fast-check";
import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { arrays, chunksOf, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

/** What is done with an array of truths here, and in NumPy. */
const operations: Readonly<Record<string, (b: AnyArray) => AnyArray>> = {
  "b[b]": (b) => da.compress(b, b),
  "np.sort(b, axis=0)": (b) => da.sort(b, 0),
  "np.take(b, [0, -1], axis=0)": (b) => da.take(b, [0, -1], 0),
  "np.cumsum(b, axis=0)": (b) => da.cumsum(b, 0),
  "np.var(b)": (b) => da.var(b),
  "np.std(b, axis=0)": (b) => da.std(b, 0),
  "np.argmax(b, axis=0)": (b) => da.argmax(b, 0),
  "np.argmin(b)": (b) => da.argmin(b),
  "np.sort(b, axis=0)[::-1][:2]": (b) => da.topk(b, 2, 0),
  "b.T": (b) => (b as ReturnType<typeof da.ones>).T,
};

test.each(Object.entries(operations))("%s of truths equals NumPy's", (expression, run) => {
  const cases = shapes.chain((shape) => fc.record({ a: arrays(shape, "float64", false), chunks: chunksOf(shape) }));
  const sample = fc.sample(cases, fixed(30)).map(({ a, chunks }) => da.fromArray(a, { chunks }).greater(0));
  const expected = numpy(sample.map((b) => ({ expression, variables: { b: evaluate(b) } })));
  for (const [i, b] of sample.entries()) {
    const result = run(b);
    const actual = asNumpyValue(evaluate(result), result.dtype);
    expect({ ...actual, values: [] }).toEqual({ ...expected[i], values: [] });
    for (const [j, value] of expected[i].values.entries()) expect(actual.values[j]).toBeCloseTo(value, 12);
  }
});

test("a comparison is a condition", () => {
  const x = da.random.normal({ shape: 10_000, chunks: 3000, seed: 2 });
  const [expected] = numpy([{ expression: "a[a > 0.5]", variables: { a: evaluate(x) } }]);
  expect(asNumpyValue(evaluate(da.compress(x, x.greater(0.5))))).toEqual(expected);
  const bools = evaluate(x.greater(0));
  expect(evaluate(da.compress(x.greater(0), x.greater(0))).size).toBe(Array.from(bools.data).filter(Boolean).length);
});
