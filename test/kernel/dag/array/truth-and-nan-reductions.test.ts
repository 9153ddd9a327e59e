import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import type { DType } from "../../../../kernel/src/dag/memory/dtype.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { sizeOf } from "../../../../kernel/src/dag/memory/strides.js";
import { arrayOf, arrays, chunksOf, dtypesAndBool, fixed, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, withoutSignOfZero } from "../../../support/evaluate.js";
import { type NumpyValue, numpy } from "../../../support/numpy.js";

const cases = (ops: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...ops), shapes, dtypesAndBool, fc.boolean(), fc.boolean())
    .chain(([op, shape, dtype, keepdims, all]) =>
      fc.record({
        op: fc.constant(op),
        a: arrays(shape, dtype),
        chunks: chunksOf(shape),
        axes: all ? fc.constant(null) : fc.subarray(Array.from(shape.keys()), { minLength: 1 }),
        keepdims: fc.constant(keepdims),
      }),
    );
type Case = ReturnType<typeof cases> extends fc.Arbitrary<infer One> ? One : never;

const expression = ({ op, axes, keepdims }: Case) =>
  `np.${op === "countNonzero" ? "count_nonzero" : op}(a, axis=${axes === null ? "None" : `(${axes},)`}, keepdims=${keepdims ? "True" : "False"})`;

const ours = ({ op, a, chunks, axes, keepdims }: Case) => da.fromArray(a, { chunks })[op as "sum"](axes, { keepdims });

test("any, all, max, min, nanmax and nanmin equal NumPy's over any axes, for all element types", () => {
  const sample = fc.sample(cases(["any", "all", "max", "min", "nanmax", "nanmin"]), fixed(240));
  const expected = numpy(sample.map((one) => ({ expression: expression(one), variables: { a: one.a } })));
  const actual = sample.map((one) => {
    const array = ours(one);
    return asNumpyValue(evaluate(array), array.dtype);
  });
  expect(actual.map(withoutSignOfZero)).toEqual(expected.map(withoutSignOfZero));
});

test("counts and sums of int32 and bool are NumPy's, in int64", () => {
  const sample = fc.sample(cases(["countNonzero", "sum", "nansum"]), fixed(200));
  const whole = sample.filter(({ op, a }) => op === "countNonzero" || a.dtype === "int32" || a.dtype === "bool");
  expect(whole.length).toBeGreaterThan(100);
  const expected = numpy(whole.map((one) => ({ expression: expression(one), variables: { a: one.a } })));
  expect(whole.map((one) => asNumpyValue(evaluate(ours(one)), "int64"))).toEqual(expected);
});

test("nansum and nanmean agree with NumPy's to 1e-12 of the sum of magnitudes, in float32 to its digits", () => {
  const sample = fc.sample(cases(["nansum", "nanmean"]), fixed(160));
  const expected = numpy(
    sample.flatMap((one) => [
      { expression: expression(one).replace("(a,", "(a.astype('f8'),"), variables: { a: one.a } },
      { expression: "np.sum(np.abs(np.nan_to_num(a.astype('f8'), posinf=0, neginf=0)))", variables: { a: one.a } },
    ]),
  );
  for (const [i, one] of sample.entries()) {
    const [theirs, magnitude] = expected.slice(2 * i, 2 * i + 2);
    // where finite elements overflow together, the order of additions decides
    if (magnitude.values[0] === Infinity) continue;
    const digits = one.a.dtype === "float32" ? 1e-7 : 1e-12;
    expectNear(asNumpyValue(evaluate(ours(one))), theirs, one.a.dtype, () => digits * magnitude.values[0] + 1e-300);
  }
});

/** Factors whose products neither overflow nor vanish, whatever their order. */
const factors = fc
  .tuple(shapes, dtypesAndBool, fc.constantFrom<string>("prod", "nanprod"))
  .chain(([shape, dtype, op]) =>
    fc.record({
      op: fc.constant(op),
      a: fc
        .array(fc.constantFrom(-1.5, -1, 0.5, 0.75, 1, 2, NaN), { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
        .map(
          (values) =>
            arrayOf(
              values.map((x) => (isFloat(dtype) ? x : +(x > 0))),
              shape,
              dtype,
            ) as NDArray,
        ),
      chunks: chunksOf(shape),
      axes: fc.constantFrom<number[] | null>(null, [0], [shape.length - 1]),
      keepdims: fc.boolean(),
    }),
  );
const isFloat = (dtype: DType) => dtype === "float64" || dtype === "float32";

test("prod and nanprod agree with NumPy's to 1e-12, in float32 to its digits", () => {
  const sample = fc.sample(factors, fixed(120));
  const expected = numpy(
    sample.map((one) => ({
      expression: expression(one).replace("(a,", "(a.astype('f8'),"),
      variables: { a: one.a },
    })),
  );
  for (const [i, one] of sample.entries()) {
    const digits = one.a.dtype === "float32" ? 1e-7 : 1e-12;
    const tolerance = (value: number) => digits * Math.abs(value) + 1e-44;
    expectNear(asNumpyValue(evaluate(ours(one))), expected[i], one.a.dtype, tolerance);
  }
});

function expectNear(
  actual: NumpyValue,
  expected: NumpyValue,
  dtype: DType,
  tolerance: (value: number) => number,
): void {
  expect(actual.shape).toEqual(expected.shape);
  for (const [j, value] of expected.values.entries()) {
    const near = dtype === "float32" ? Math.fround(value) : value;
    if (Number.isFinite(near)) expect(Math.abs(actual.values[j] - near)).toBeLessThanOrEqual(tolerance(value));
    else expect(actual.values[j]).toBe(near);
  }
}

test("of nothing but NaN nansum is 0, nanprod 1, and nanmean, nanmax and nanmin are NaN", () => {
  const x = da.full([3, 2], NaN, { chunks: 2 });
  const values = (["nansum", "nanprod", "nanmean", "nanmax", "nanmin"] as const).map((op) => evaluate(x[op]()));
  expect(values).toEqual([0, 1, NaN, NaN, NaN]);
  const mixed = da.fromArray([
    [1, 2, NaN],
    [4, 5, 6],
  ]);
  expect([evaluate(mixed.sum()), evaluate(mixed.nansum()), evaluate(mixed.nanmax())]).toEqual([NaN, 18, 6]);
  expect(evaluate(mixed.nanmean(0)).tolist()).toEqual([2.5, 3.5, 6]);
});

test("of no elements any is 0, all and prod are 1, and nanmax is an error", () => {
  const empty = da.zeros(0);
  expect([evaluate(empty.any()), evaluate(empty.all()), evaluate(empty.prod())]).toEqual([0, 1, 1]);
  expect(() => empty.nanmax()).toThrow("nanmax of an array of shape [0] over axes [0] has no elements");
});

test("long rows and many rows of bool, float32 and int32 are counted and added up without loss", () => {
  const size = 100_003;
  const data = [
    Uint8Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    Int32Array.from({ length: size }, (_, i) => (i % 7) * 1e8),
    Float32Array.from({ length: size }, (_, i) => (i % 5) / 4),
  ];
  for (const values of data) {
    const exact = Array.from<number>(values).reduce((sum, value) => sum + value, 0);
    const x = da.fromArray(values, { chunks: 30_000 });
    expect(evaluate(x.astype("float64").sum())).toBe(exact);
    if (!(values instanceof Float32Array)) expect(evaluate(x.sum())).toBe(exact);
    else expect(evaluate(x.sum())).toBe(Math.fround(exact));
    // a step of one column: rows of one element are added into one another
    const column = da.fromArray(new NDArray(values, [size, 1])).sum(0);
    expect(evaluate(column).get(0)).toBe(values instanceof Float32Array ? Math.fround(exact) : exact);
  }
});
