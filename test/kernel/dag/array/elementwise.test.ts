import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypes, fixed, partnerShapes, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const numbers = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0.5, -2.25, 1e300));

const binaryCases = fc
  .tuple(fc.constantFrom("add", "subtract", "multiply", "divide"), shapes, dtypes, dtypes, fc.boolean())
  .chain(([op, shape, left, right, swap]) =>
    partnerShapes(shape).chain((partner) =>
      fc.record({
        op: fc.constant(op as "add" | "subtract" | "multiply" | "divide"),
        swap: fc.constant(swap),
        a: arrays(shape, left),
        b: fc.oneof(arrays(partner, right), numbers),
        chunksA: chunksOf(shape),
        chunksB: chunksOf(partner),
      }),
    ),
  );

test("arithmetic equals NumPy's bit for bit for any shapes, chunks, element types and special values", () => {
  const cases = fc.sample(binaryCases, fixed(250));
  const expected = numpy(
    cases.map(({ op, a, b, swap }) => ({
      expression: swap ? `np.${op}(b, a)` : `np.${op}(a, b)`,
      variables: { a, b },
    })),
  );
  const actual = cases.map(({ op, a, b, swap, chunksA, chunksB }) => {
    const left = da.fromArray(a, { chunks: chunksA });
    const right = typeof b === "number" ? b : da.fromArray(b, { chunks: chunksB });
    return asNumpyValue(evaluate(swap ? da[op](right, left) : da[op](left, right)));
  });
  expect(actual).toEqual(expected);
});

const unaryCases = fc
  .tuple(fc.constantFrom("negative", "abs", "sqrt", "power0", "power1", "power2", "power0.5"), shapes, dtypes)
  .chain(([op, shape, dtype]) => fc.record({ op: fc.constant(op), a: arrays(shape, dtype), chunks: chunksOf(shape) }));

test("negative, abs, sqrt and the powers 0, 1, 2 and 0.5 equal NumPy's bit for bit", () => {
  const cases = fc.sample(unaryCases, fixed(120));
  const expected = numpy(
    cases.map(({ op, a }) => ({
      expression: op.startsWith("power") ? `a ** ${op.slice(5)}` : `np.${op}(a)`,
      variables: { a },
    })),
  );
  const actual = cases.map(({ op, a, chunks }) => {
    const array = da.fromArray(a, { chunks });
    const result = op.startsWith("power")
      ? array.power(Number(op.slice(5)))
      : array[op as "negative" | "abs" | "sqrt"]();
    return asNumpyValue(evaluate(result));
  });
  expect(actual).toEqual(expected);
});

test.each([3, 4, -1, -2, 2.5, 7])("power %s is within 2 ulp of NumPy's", (exponent) => {
  const [a] = fc.sample(arrays([200], "float64", false), fixed(1));
  const [ulps] = numpy([
    {
      expression: `np.nan_to_num(np.abs(ours - a ** ${exponent}) / np.spacing(np.abs(a ** ${exponent})))`,
      variables: { a, ours: evaluate(da.fromArray(a).power(exponent)) as NDArray },
    },
  ]);
  expect(Math.max(...ulps.values)).toBeLessThanOrEqual(2);
});

test("powers of int32 wrap around as NumPy's do", () => {
  const bases = [3, -7, 46_341, 2];
  const power = evaluate(da.fromArray(Int32Array.from(bases)).power(13)) as NDArray;
  // the exact power modulo 2^32
  expect(Array.from(power.data)).toEqual(bases.map((base) => Number(BigInt.asIntN(32, BigInt(base) ** 13n))));
});

test("a number on both sides of an array is computed in the order written", () => {
  const x = da.arange(1, 4);
  expect((evaluate(da.subtract(3, x)) as NDArray).tolist()).toEqual([2, 1, 0]);
  expect((evaluate(da.power(2, x)) as NDArray).tolist()).toEqual([2, 4, 8]);
});

test("astype cuts the fraction off and rounds to float32", () => {
  const x = da.fromArray([1.9, -1.9, 0.1]);
  expect((evaluate(x.astype("int32")) as NDArray).data).toEqual(Int32Array.of(1, -1, 0));
  expect((evaluate(x.astype("float32")) as NDArray).data).toEqual(Float32Array.of(1.9, -1.9, 0.1));
});

test("shapes that do not fit together are an error before anything runs", () => {
  expect(() => da.ones(3).add(da.ones(4))).toThrow("shapes [3] and [4] do not fit together");
  expect(() => da.add(1, 2)).toThrow("one of 1 and 2 must be a chunked array");
});

test("an integer power that NumPy refuses is refused, with a cure", () => {
  expect(() => da.arange(3, { dtype: "int32" }).power(-1)).toThrow("use astype('float64') first");
});
