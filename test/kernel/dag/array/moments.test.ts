import fc from "fast-check";
import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { arrays, chunksOf, dtypes, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const axisText = (axes: readonly number[] | null) =>
  axes === null ? "None" : `(${axes.map((axis) => `${axis},`).join("")})`;
const pythonBoolean = (value: boolean) => (value ? "True" : "False");

const cases = (mayBeSpecial: boolean) =>
  fc.tuple(shapes, dtypes, fc.boolean()).chain(([shape, dtype, all]) =>
    fc.record({
      op: fc.constantFrom("var" as const, "std" as const),
      a: arrays(shape, dtype, mayBeSpecial),
      chunks: chunksOf(shape),
      axes: all ? fc.constant(null) : fc.subarray([...shape.keys()], { minLength: 1 }),
      keepdims: fc.boolean(),
      ddof: fc.integer({ min: 0, max: 1 }),
    }),
  );

test("var and std agree with NumPy to 1e-12 over any axes, in shape and element type", () => {
  const sample = fc.sample(cases(false), fixed(200));
  const expected = numpy(
    sample.map(({ op, a, axes, keepdims, ddof }) => ({
      // float32 is what NumPy rounds at every step; ours is rounded once
      expression: `np.${op}(a.astype('f8'), axis=${axisText(axes)}, ddof=${ddof}, keepdims=${pythonBoolean(keepdims)})`,
      variables: { a },
    })),
  );
  for (const [i, { op, a, chunks, axes, keepdims, ddof }] of sample.entries()) {
    const result = da[op](da.fromArray(a, { chunks }), axes, { keepdims, ddof });
    expect(result.dtype).toBe(a.dtype === "float32" ? "float32" : "float64");
    const actual = asNumpyValue(evaluate(result), "float64");
    expect(actual.shape).toEqual(expected[i].shape);
    const precision = a.dtype === "float32" ? 1e-6 : 1e-12;
    // of equal elements NumPy's variance is the square of the error of its mean
    const largest = Math.max(...Array.from(a.data, Math.abs));
    const smallest = a.dtype === "float32" ? 1e-44 : 0;
    const noise = op === "std" ? 1e-15 * largest : 1e-30 * largest ** 2 + smallest;
    for (const [j, value] of expected[i].values.entries()) expectClose(actual.values[j], value, precision, noise);
  }
});

function expectClose(actual: number, expected: number, relative: number, absolute = 0): void {
  if (!Number.isFinite(expected)) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + absolute);
}

test("NaN, infinity and overflow make the variance NaN or infinite exactly where NumPy has it", () => {
  const line = [1, 2, 3, 4, 5, 6];
  const rows = [NaN, Infinity, -Infinity, 1e200].flatMap((x) => [0, 3, 5].map((at) => line.with(at, x)));
  const x = da.fromArray(rows, { chunks: [5, 2] });
  const [expected] = numpy([{ expression: "np.var(a, axis=1)", variables: { a: evaluate(x) } }]);
  expect(asNumpyValue(evaluate(da.var(x, 1)))).toEqual(expected);
});

test("a variance far from 0 is exact: blocks are merged by their means", () => {
  const x = da.arange(10, { chunks: 3 }).add(1e9);
  expect(evaluate(da.var(x))).toBe(8.25);
  const many = da.arange(100_000, { chunks: 30_000 }).add(1e9);
  expect(Math.abs(evaluate(da.var(many)) / ((1e10 - 1) / 12) - 1)).toBeLessThan(1e-13);
});

test("one element far from all others costs no digits", () => {
  const data = Float64Array.from({ length: 50_000 }, (_, i) => (i === 0 ? 1e9 : i % 7));
  const [{ values }] = numpy([
    { expression: "np.longdouble(a).var().astype('f8')", variables: { a: evaluate(da.fromArray(data)) } },
  ]);
  expectClose(evaluate(da.var(da.fromArray(data, { chunks: 20_000 }))), values[0], 1e-12);
});

test("moments of [1..6] in blocks of 4", () => {
  const x = da.arange(1, 7, { chunks: 4 });
  const values: readonly AnyArray[] = [
    da.var(x),
    da.var(x, null, { ddof: 1 }),
    da.std(x, null, { ddof: 1 }),
    da.moment(x, 4),
  ];
  expect(values.map((value) => evaluate(value))).toEqual([
    2.9166666666666665, 3.5, 1.8708286933869707, 14.729166666666666,
  ]);
  expect([0, 1].map((order) => evaluate<unknown>(da.moment(x, order)))).toEqual([1, 0]);
});

test("higher moments agree with their definition over an axis of several blocks", () => {
  const sample = fc.sample(
    fc.record({ a: arrays([7, 5], "float64", false), chunks: chunksOf([7, 5]), order: fc.integer({ min: 2, max: 6 }) }),
    fixed(40),
  );
  const expected = numpy(
    sample.flatMap(({ a, order }) => [
      { expression: `((a - a.mean(0)) ** ${order}).mean(0)`, variables: { a } },
      { expression: `(np.abs(a - a.mean(0)) ** ${order}).mean(0)`, variables: { a } },
    ]),
  );
  for (const [i, { a, chunks, order }] of sample.entries()) {
    const { values } = asNumpyValue(evaluate(da.moment(da.fromArray(a, { chunks }), order, 0)));
    const [exact, magnitude] = expected.slice(2 * i, 2 * i + 2);
    for (const [j, value] of values.entries()) {
      expect(Math.abs(value - exact.values[j])).toBeLessThanOrEqual(1e-11 * magnitude.values[j]);
    }
  }
});

//  add-std-chunk x 3    the formula runs inside the task that adds up
//        std
test("what feeds a moment is computed in the same task", () => {
  expect(taskCount(da.std(da.arange(9, { chunks: 3 }).multiply(2).add(1)))).toBe(4);
});

test("the tree of a variance combines four blocks at a time", () => {
  const x = da.arange(16, { chunks: 1 });
  expect(taskCount(da.var(x))).toBe(16 + 4 + 1);
});

test("an order or a ddof that cannot be is an error", () => {
  const x = da.arange(3);
  expect(() => da.moment(x, 1.5)).toThrow("the order must be an integer from 0 up and is 1.5");
  expect(() => da.std(x, 0, { ddof: "1" as never })).toThrow("ddof must be a finite number");
  expect(() => da.var(x, 1)).toThrow("axis 1 does not exist");
});

test.each(["float64", "float32", "int32"] as const)(
  "variances of columns and rows of %s are those of NumPy",
  (dtype) => {
    // rows that fill every size of group of rows, and an odd number of columns
    const rows = Array.from({ length: 37 }, (_, i) =>
      Array.from({ length: 21 }, (_, j) => ((i * 97 + j * 31) % 71) * 1.25),
    );
    const a = evaluate(da.fromArray(rows).astype(dtype));
    const expected = numpy(
      [0, 1].map((axis) => ({ expression: `np.var(a.astype('f8'), axis=${axis})`, variables: { a } })),
    );
    for (const axis of [0, 1]) {
      const { values } = asNumpyValue(evaluate(da.var(da.fromArray(a, { chunks: [37, 21] }), axis).astype("float64")));
      const precision = dtype === "float32" ? 1e-7 : 1e-13;
      for (const [i, value] of values.entries()) {
        expect(Math.abs(value / expected[axis].values[i] - 1)).toBeLessThan(precision);
      }
    }
  },
);
