import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, withoutSignOfZero } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const cases = (names: readonly ("sum" | "mean" | "max" | "min")[]) =>
  fc
    .tuple(fc.constantFrom(...names), shapes, dtypes, fc.boolean(), fc.boolean())
    .chain(([op, shape, dtype, keepdims, all]) =>
      fc.record({
        op: fc.constant(op),
        a: arrays(shape, dtype),
        chunks: chunksOf(shape),
        axes: all
          ? fc.constant(null)
          : fc.subarray(
              shape.map((_, i) => i),
              { minLength: 1 },
            ),
        keepdims: fc.constant(keepdims),
      }),
    );

const expression = ({ op, axes, keepdims }: { op: string; axes: number[] | null; keepdims: boolean }) =>
  `np.${op}(a, axis=${axes === null ? "None" : `(${axes},)`}, keepdims=${keepdims ? "True" : "False"})`;

test("max and min equal NumPy's over any axes, NaN included", () => {
  const sample = fc.sample(cases(["max", "min"]), fixed(120));
  const expected = numpy(sample.map((one) => ({ expression: expression(one), variables: { a: one.a } })));
  const actual = sample.map(({ op, a, chunks, axes, keepdims }) =>
    asNumpyValue(evaluate(da.fromArray(a, { chunks })[op](axes, { keepdims })), a.dtype),
  );
  expect(actual.map(withoutSignOfZero)).toEqual(expected.map(withoutSignOfZero));
});

test("sum and mean agree with NumPy to 1e-12 of the sum of magnitudes, in shape and element type", () => {
  const sample = fc.sample(cases(["sum", "mean"]), fixed(160));
  const expected = numpy(
    sample.flatMap((one) => [
      { expression: expression(one), variables: { a: one.a } },
      { expression: `np.sum(np.abs(np.nan_to_num(a.astype('f8'), posinf=0, neginf=0)))`, variables: { a: one.a } },
    ]),
  );
  for (const [i, { op, a, chunks, axes, keepdims }] of sample.entries()) {
    const [{ dtype, shape, values }, magnitude] = expected.slice(2 * i, 2 * i + 2);
    const actual = asNumpyValue(evaluate(da.fromArray(a, { chunks })[op](axes, { keepdims })), dtype);
    expect([actual.dtype, actual.shape]).toEqual([dtype, shape]);
    // float32 results are NumPy's float32 sums: those round at each step, ours once
    const tolerance = (a.dtype === "float32" ? 1e-5 : 1e-12) * magnitude.values[0] + 1e-300;
    for (const [j, value] of values.entries()) expectClose(actual.values[j], value, tolerance);
  }
});

function expectClose(actual: number, expected: number, tolerance: number): void {
  if (Number.isFinite(expected)) expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance);
  else expect(actual).toBe(expected);
}

test("a sum of a million equal fractions is right to the last digits", () => {
  const x = da.full(1_000_000, 0.1, { chunks: 300_000 });
  expect(Math.abs(evaluate(x.sum()) - 100_000) / 100_000).toBeLessThan(4e-15);
  const matrix = da.full([100_000, 3], 0.1, { chunks: [30_000, 3] });
  const [first] = (evaluate(matrix.sum(0)) as NDArray).data;
  expect(Math.abs(first - 10_000) / 10_000).toBeLessThan(1e-14);
});

test("a sum of int32 does not wrap around", () => {
  expect(evaluate(da.full(4, 2 ** 31 - 1, { dtype: "int32", chunks: 2 }).sum())).toBe(4 * (2 ** 31 - 1));
});

test("reductions of [1..6] in blocks of 4", () => {
  const x = da.arange(1, 7, { chunks: 4 });
  expect(["sum", "mean", "max", "min"].map((op) => evaluate(da[op as "sum"](x)))).toEqual([21, 3.5, 6, 1]);
});

test("NaN makes a sum NaN, and the empty sum is 0, the empty mean NaN, the empty max an error", () => {
  expect(
    evaluate(
      da
        .fromArray([
          [1, 2, NaN],
          [4, 5, 6],
        ])
        .sum(),
    ),
  ).toBeNaN();
  const empty = da.zeros(0);
  expect([evaluate(empty.sum()), evaluate(empty.mean())]).toEqual([0, NaN]);
  expect(() => empty.max()).toThrow("max of an array of shape [0] over axes [0] has no elements");
});

test("keepdims keeps the reduced axes with size 1 in shape and chunks", () => {
  const x = da.ones([4, 6], { chunks: 2 }).sum(1, { keepdims: true });
  expect([x.shape, x.chunks]).toEqual([
    [4, 1],
    [[2, 2], [1]],
  ]);
});

test("an axis that does not exist or comes twice is an error", () => {
  expect(() => da.ones([2, 2]).sum(2)).toThrow(
    "axis 2 does not exist in an array with 2 axes: use an integer from -2 to 1",
  );
  expect(() => da.ones([2, 2]).sum([0, -2])).toThrow("name one axis twice");
});
