import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypes, fixed, partnerShapes, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, withoutSignOfZero } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const numpyName: Readonly<Record<string, string>> = { floorDivide: "floor_divide", mod: "mod" };

const unaryCases = fc
  .tuple(fc.constantFrom("square", "sign", "floor", "ceil", "trunc", "rint"), shapes, dtypes)
  .chain(([op, shape, dtype]) => fc.record({ op: fc.constant(op), a: arrays(shape, dtype), chunks: chunksOf(shape) }));

test("square, sign and rounding equal NumPy's bit for bit", () => {
  const cases = fc.sample(unaryCases, fixed(150));
  const expected = numpy(cases.map(({ op, a }) => ({ expression: `np.${op}(a)`, variables: { a } })));
  const actual = cases.map(({ op, a, chunks }) => asNumpyValue(evaluate(da.fromArray(a, { chunks })[op as "sign"]())));
  expect(actual).toEqual(expected);
});

/** Also whole numbers and halves, which random floats hardly ever are. */
const small = fc.constantFrom(-3, -2.5, -1, -0.5, 0.5, 1, 1.5, 2, 3, 7);

const binaryCases = (ops: readonly string[]) =>
  fc.tuple(fc.constantFrom(...ops), shapes, dtypes, dtypes).chain(([op, shape, left, right]) =>
    partnerShapes(shape).chain((partner) =>
      fc.record({
        op: fc.constant(op),
        a: arrays(shape, left),
        b: fc.oneof(arrays(partner, right), small),
        chunksA: chunksOf(shape),
        chunksB: chunksOf(partner),
      }),
    ),
  );

function compareWithNumpy(ops: readonly string[], runs: number, signOfZero: boolean): void {
  const cases = fc.sample(binaryCases(ops), fixed(runs));
  const expected = numpy(
    cases.map(({ op, a, b }) => ({ expression: `np.${numpyName[op] ?? op}(a, b)`, variables: { a, b } })),
  );
  const actual = cases.map(({ op, a, b, chunksA, chunksB }) => {
    const right = typeof b === "number" ? b : da.fromArray(b, { chunks: chunksB });
    return asNumpyValue(evaluate(da.fromArray(a, { chunks: chunksA })[op as "mod"](right)));
  });
  if (signOfZero) expect(actual).toEqual(expected);
  else expect(actual.map(withoutSignOfZero)).toEqual(expected.map(withoutSignOfZero));
}

test("minimum, maximum, fmin and fmax equal NumPy's for any shapes, element types and NaN", () => {
  compareWithNumpy(["minimum", "maximum", "fmin", "fmax"], 160, false);
});

test("mod and floorDivide equal NumPy's bit for bit, for any signs, zeros and special values", () => {
  compareWithNumpy(["mod", "floorDivide"], 300, true);
});

test("remainders of quotients up to 2^60 are exact", () => {
  const size = 4000;
  const powers = (low: number, high: number, step: number) =>
    new NDArray(
      Float64Array.from({ length: size }, (_, i) => (i % 3 === 0 ? -1 : 1) * 10 ** (low + ((i * step) % (high - low)))),
      [size],
    );
  const variables = { a: powers(-3, 15, 0.377), b: powers(-3, 3, 0.733) };
  const [a, b] = [da.fromArray(variables.a), da.fromArray(variables.b)];
  const expected = numpy(["np.mod(a, b)", "np.floor_divide(a, b)"].map((expression) => ({ expression, variables })));
  expect([a.mod(b), a.floorDivide(b)].map((result) => asNumpyValue(evaluate(result)))).toEqual(expected);
});

test("whole quotients and remainders of int32 at the ends of their range", () => {
  const ends = [-(2 ** 31), -(2 ** 31) + 1, -7, -1, 0, 1, 7, 2 ** 31 - 1];
  const a = new NDArray(Int32Array.from(ends), [ends.length, 1]);
  const b = new NDArray(Int32Array.from(ends), [ends.length]);
  const expected = numpy(
    ["np.mod(a, b)", "np.floor_divide(a, b)"].map((expression) => ({ expression, variables: { a, b } })),
  );
  const [x, y] = [da.fromArray(a), da.fromArray(b)];
  expect([x.mod(y), x.floorDivide(y)].map((result) => asNumpyValue(evaluate(result)))).toEqual(expected);
});

test("clip keeps NaN, takes arrays and numbers as bounds, and needs one of them", () => {
  const x = da.fromArray([-2, -0.5, NaN, 0.5, 9]);
  expect(evaluate(x.clip(-1, 1)).tolist()).toEqual([-1, -0.5, NaN, 0.5, 1]);
  expect(evaluate(da.clip(x, null, da.fromArray([0, 0, 0, 0, 4]))).tolist()).toEqual([-2, -0.5, NaN, 0, 4]);
  expect(evaluate(x.astype("float32").clip(0, null)).dtype).toBe("float32");
  expect(() => x.clip(null, null)).toThrow("clip(null, null) has no bounds");
});

test.each([0, 1, 2, -1, -2])("round to %i decimals equals NumPy's, also of int32", (decimals) => {
  const a = new NDArray(Float64Array.of(0.5, 1.5, 2.5, -0.125, 1234.5678, -15, NaN, Infinity, 1e20), [9]);
  const whole = new NDArray(Int32Array.of(15, 25, -149, 150), [4]);
  const expected = numpy([a, whole].map((x) => ({ expression: `np.round(x, ${decimals})`, variables: { x } })));
  expect([a, whole].map((x) => asNumpyValue(evaluate(da.fromArray(x).round(decimals))))).toEqual(expected);
});

test("round needs an integer number of decimals", () => {
  expect(() => da.ones(3).round(0.5)).toThrow("round to 0.5 decimals: give an integer");
});

test("arithmetic of bool is NumPy's: + is or, * is and, and - is refused with a cure", () => {
  const bytes = [Uint8Array.of(0, 0, 1, 1), Uint8Array.of(0, 1, 0, 1)];
  const [a, b] = bytes.map((data) => new NDArray(data, [4], undefined, "bool"));
  const [x, y] = [da.fromArray(a), da.fromArray(b)];
  const formulas = ["a + b", "a * b", "a / b", "np.maximum(a, b)", "np.abs(a)", "a.astype('i4') * b", "a * 0.5"];
  const ours = [x.add(y), x.multiply(y), x.divide(y), x.maximum(y), x.abs(), x.astype("int32").multiply(y)];
  const expected = numpy(formulas.map((expression) => ({ expression, variables: { a, b } })));
  expect([...ours, x.multiply(0.5)].map((array) => asNumpyValue(evaluate(array)))).toEqual(expected);
  expect(() => x.subtract(y)).toThrow('subtract of two bool arrays: use logicalXor(), or astype("int8")');
  expect(() => x.negative()).toThrow("negative of a bool array: use logicalNot()");
  expect(asNumpyValue(evaluate(x.add(2)))).toEqual({ dtype: "int64", shape: [4], values: [2, 2, 3, 3] });
});

test("the reciprocal of int32 is float64, where NumPy's is 0", () => {
  expect(evaluate(da.fromArray(Int32Array.of(1, 4)).reciprocal()).tolist()).toEqual([1, 0.25]);
});
