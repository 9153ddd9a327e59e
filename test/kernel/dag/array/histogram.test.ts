import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const inputs = fc
  .tuple(shapes, dtypes)
  .chain(([shape, dtype]) => fc.record({ a: arrays(shape, dtype), chunks: chunksOf(shape) }));

test("counts and edges of equal bins equal NumPy's", () => {
  const bounds = fc.tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  );
  const cases = fc.record({ input: inputs, bins: fc.integer({ min: 1, max: 40 }), bounds });
  const sample = fc
    .sample(cases, fixed(150))
    .map(({ input, bins, bounds: [low, width] }) => ({ ...input, bins, low, high: low + width }));
  const expected = numpy(
    sample.flatMap(({ a, bins, low, high }) => {
      const call = `np.histogram(a.astype('f8')[np.isfinite(a.astype('f8'))], bins=${bins}, range=(${low}, ${high}))`;
      return [0, 1].map((part) => ({ expression: `${call}[${part}]`, variables: { a } }));
    }),
  );
  for (const [i, { a, chunks, bins, low, high }] of sample.entries()) {
    const [counts, edges] = da.histogram(da.fromArray(a, { chunks }), bins, [low, high]);
    expect(Array.from(edges.data)).toEqual(expected[2 * i + 1].values);
    expect(asNumpyValue(evaluate(counts))).toEqual(expected[2 * i]);
  }
});

test("elements on an edge belong to the upper bin, on the last one to the last bin", () => {
  const x = da.arange(0, 1.1, 0.1, { chunks: 4 });
  const a = evaluate(x);
  const [{ values }] = numpy([{ expression: "np.histogram(a, bins=10, range=(0, 1))[0]", variables: { a } }]);
  expect(evaluate(da.histogram(x, 10, [0, 1])[0]).tolist()).toEqual(values);
});

test("counts between given edges equal NumPy's", () => {
  const edges = fc.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 9 });
  const sample = fc.sample(fc.record({ input: inputs, edges }), fixed(80));
  const lists = sample.map((one) => one.edges.toSorted((a, b) => a - b));
  const expected = numpy(
    sample.map(({ input: { a } }, i) => ({
      expression: `np.histogram(a.astype('f8')[np.isfinite(a.astype('f8'))], bins=[${lists[i]}])[0]`,
      variables: { a },
    })),
  );
  for (const [i, { input }] of sample.entries()) {
    const [counts] = da.histogram(da.fromArray(input.a, { chunks: input.chunks }), lists[i]);
    expect(asNumpyValue(evaluate(counts))).toEqual(expected[i]);
  }
});

test("bins without a range, and edges that do not ascend, are errors", () => {
  expect(() => da.histogram(da.ones(3), 4)).toThrow("give it, or the edges of the bins");
  expect(() => da.histogram(da.ones(3), [2, 1])).toThrow("ascending edges");
  expect(() => da.histogram(da.ones(3), 0, [0, 1])).toThrow("must be an integer from 1 up and is 0");
});
