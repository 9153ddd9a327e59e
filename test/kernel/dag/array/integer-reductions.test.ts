import fc from "fast-check";
import type { AnyArray } from "../../../../kernel/src/dag/array/chunked-array.js";
import { da } from "../../../../kernel/src/dag/array/index.js";
import type { ElementArray } from "../../../../kernel/src/dag/memory/dtype.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { chunkedArrays, fixed, wholeDtypes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

type Any = NDArray<ElementArray>;

const lazy = ({ a, chunks }: { readonly a: Any; readonly chunks: number[][] }) => da.fromArray(a, { chunks });

test("reductions of every element type equal NumPy's, and sums of integers are of 64 bits", () => {
  const ops = ["sum", "prod", "min", "max", "any", "all", "countNonzero", "argmax", "argmin"] as const;
  const sample = fc.sample(
    fc.record({ one: chunkedArrays(wholeDtypes), op: fc.constantFrom(...ops), whole: fc.boolean() }),
    fixed(500),
  );
  const cases = sample.map((one) => ({ ...one, axis: one.whole ? null : one.one.axis }));
  const expected = numpy(
    cases.map(({ one, op, axis }) => ({
      expression: `np.${op === "countNonzero" ? "count_nonzero" : op}(a, axis=${axis === null ? "None" : axis})`,
      variables: { a: one.a },
    })),
  );
  for (const [i, { one, op, axis }] of cases.entries()) {
    const array: AnyArray = lazy(one)[op](axis);
    const { dtype, ...values } = asNumpyValue(evaluate(array));
    const { dtype: theirs, ...others } = expected[i];
    expect([op, one.a.dtype, values]).toEqual([op, one.a.dtype, others]);
    expect([op, array.dtype]).toEqual([op, theirs]);
    if (values.shape.length > 0) expect(dtype).toBe(array.dtype);
  }
});

test("mean, var and std of integers are float64, near NumPy's", () => {
  const ops = ["mean", "var", "std"] as const;
  const cases = fc.sample(fc.tuple(chunkedArrays(wholeDtypes), fc.constantFrom(...ops)), fixed(150));
  const expected = numpy(
    cases.map(([{ a, axis }, op]) => ({ expression: `np.${op}(a, axis=${axis})`, variables: { a } })),
  );
  for (const [i, [one, op]] of cases.entries()) {
    const { dtype, shape, values } = asNumpyValue(evaluate<Any | number>(lazy(one)[op](one.axis)));
    expect([dtype, shape]).toEqual(["float64", expected[i].shape]);
    const largest = Math.max(...Array.from<number | bigint, number>(one.a.data, (value) => Math.abs(Number(value))), 1);
    const scale = op === "var" ? largest ** 2 : largest;
    for (const [j, value] of values.entries()) {
      expect(Math.abs(value - expected[i].values[j])).toBeLessThanOrEqual(1e-12 * scale);
    }
  }
});

test("cumulative sums and products of integers equal NumPy's along every axis", () => {
  const ops = ["cumsum", "cumprod"] as const;
  const cases = fc.sample(fc.tuple(chunkedArrays(wholeDtypes), fc.constantFrom(...ops)), fixed(200));
  const expected = numpy(
    cases.map(([{ a, axis }, op]) => ({ expression: `np.${op}(a, axis=${axis})`, variables: { a } })),
  );
  const actual = cases.map(([one, op]) => asNumpyValue(evaluate(lazy(one)[op](one.axis))));
  expect(actual).toEqual(expected);
});
