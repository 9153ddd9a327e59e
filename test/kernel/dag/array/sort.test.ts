import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { constructorOf, type DType } from "../../../../kernel/src/dag/memory/dtype.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

/** 0 and -0 are equal, so either may come first. */
const unsigned = <V extends { readonly values: readonly number[] }>(value: V): V => ({
  ...value,
  values: value.values.map((number) => number + 0),
});

test("sort equals NumPy's along any axis, for any chunks, NaN last", () => {
  const cases = fc.tuple(shapes, dtypes).chain(([shape, dtype]) =>
    fc.record({
      a: arrays(shape, dtype),
      chunks: chunksOf(shape),
      axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
    }),
  );
  const sample = fc.sample(cases, fixed(200));
  const expected = numpy(sample.map(({ a, axis }) => ({ expression: `np.sort(a, axis=${axis})`, variables: { a } })));
  for (const [i, { a, chunks, axis }] of sample.entries()) {
    const sorted = da.sort(da.fromArray(a, { chunks }), axis);
    expect(sorted.chunks).toEqual(chunks);
    expect(unsigned(asNumpyValue(evaluate(sorted)))).toEqual(unsigned(expected[i]));
  }
});

/** Lines that are long enough to be sorted by digits, each a case that could go wrong. */
const lines: Readonly<Record<string, (i: number, random: number) => number>> = {
  "random numbers of both signs": (_, random) => (random - 0.5) * 1e6,
  "numbers that differ in their last bits only": (_, random) => 1e9 + Math.floor(random * 1000) * 2 ** -23,
  "few different numbers": (_, random) => Math.floor(random * 3),
  "equal numbers": () => -7.5,
  "descending numbers": (i) => -i,
  "NaN, infinities, zeros and subnormals among others": (i, random) =>
    i % 5 === 0 ? [NaN, Infinity, -Infinity, 0, -0, 5e-324, -1e-310, -NaN][i % 8] : random - 0.5,
  "numbers of all magnitudes": (_, random) => (random < 0.5 ? -1 : 1) * 10 ** (random * 600 - 300),
};

test.each(Object.entries(lines))(
  "a long line of %s is sorted as by NumPy, in one block and in several",
  (_, element) => {
    const random = evaluate(da.random.uniform({ shape: 20_000, seed: 8 })).data;
    const inputs = (["float64", "float32", "int32"] as const satisfies readonly DType[]).map(
      (dtype) => new NDArray(new (constructorOf(dtype))(Array.from(random, (value, i) => element(i, value))), [20_000]),
    );
    const expected = numpy(inputs.map((a) => ({ expression: "np.sort(a)", variables: { a } })));
    for (const [i, a] of inputs.entries()) {
      for (const chunks of [20_000, 7000, [3000, 1, 16_000, 999]]) {
        const sorted = asNumpyValue(evaluate(da.sort(da.fromArray(a, { chunks: [chunks] }))));
        expect(unsigned(sorted)).toEqual(unsigned(expected[i]));
      }
    }
  },
);

test("percentiles and the median equal NumPy's, NaN included", () => {
  const cases = fc.tuple(fc.integer({ min: 1, max: 60 }), dtypes, fc.boolean()).chain(([size, dtype, isSpecial]) =>
    fc.record({
      a: arrays([size], dtype, isSpecial),
      chunks: chunksOf([size]),
      percents: fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 4 }),
    }),
  );
  const sample = fc
    .sample(cases, fixed(120))
    .filter(({ a }) => a.data.every((x) => (Math.abs(x) !== Infinity && Math.abs(x) < 1e300) || Number.isNaN(x)));
  const expected = numpy(
    sample.flatMap(({ a, percents }) => [
      { expression: `np.percentile(a.astype('f8'), [${percents}])`, variables: { a } },
      { expression: "np.median(a.astype('f8'))", variables: { a } },
      { expression: "np.nanmax(np.abs(a.astype('f8')), initial=0)", variables: { a } },
    ]),
  );
  for (const [i, { a, chunks, percents }] of sample.entries()) {
    const [wanted, median, magnitude] = expected.slice(3 * i, 3 * i + 3);
    const x = da.fromArray(a, { chunks });
    const actual = [...evaluate(da.percentile(x, percents)).data, evaluate(da.median(x))];
    const tolerance = (a.dtype === "float32" ? 1e-6 : 1e-12) * magnitude.values[0];
    for (const [j, value] of [...wanted.values, median.values[0]].entries()) {
      if (Number.isNaN(value)) expect(actual[j]).toBeNaN();
      else expect(Math.abs(actual[j] - value)).toBeLessThanOrEqual(tolerance);
    }
  }
});

test("what cannot be sorted or has no percentile is an error", () => {
  expect(() => da.sort(da.ones(3), 1)).toThrow("axis 1 does not exist");
  expect(() => da.percentile(da.ones([2, 2]), 50)).toThrow("needs one axis");
  expect(() => da.percentile(da.ones(3), 101)).toThrow("must be numbers from 0 to 100");
});
