import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

/** Arrays of plain numbers of which a third is NaN. */
const cases = shapes.chain((shape) =>
  fc.record({
    a: fc.tuple(arrays(shape, "float64", false), fc.array(fc.nat(2), { minLength: 729, maxLength: 729 })).map(
      ([{ data }, gaps]) =>
        new NDArray(
          Float64Array.from(data, (x, i) => (gaps[i] === 0 ? Number.NaN : Number(x))),
          shape,
        ),
    ),
    chunks: chunksOf(shape),
    axis: fc.integer({ min: 0, max: shape.length - 1 }),
    ddof: fc.nat(2),
  }),
);

test.each(["nanvar", "nanstd"] as const)("%s is NumPy's, NaN where too few elements are left", (name) => {
  const sample = fc.sample(cases, fixed(100));
  const expected = numpy(
    sample.map(({ a, axis, ddof }) => ({ expression: `np.${name}(a, axis=${axis}, ddof=${ddof})`, variables: { a } })),
  );
  for (const [i, { a, chunks, axis, ddof }] of sample.entries()) {
    const { shape, values } = asNumpyValue(evaluate(da[name](da.fromArray(a, { chunks }), axis, { ddof })));
    expect(shape).toEqual(expected[i]!.shape);
    for (const [k, value] of values.entries()) {
      const wanted = expected[i]!.values[k]!;
      if (Number.isNaN(wanted)) expect(value).toBeNaN();
      else expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));
    }
  }
});

test.each(["nanvar", "nanstd"] as const)("%s of infinities is NaN, as in NumPy", (name) => {
  const infinite = da.fromArray([1, Number.POSITIVE_INFINITY, Number.NaN, 2], { chunks: 2 });
  expect(evaluate(da[name](infinite))).toBeNaN();
});
