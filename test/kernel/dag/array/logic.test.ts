import fc from "fast-check";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypesAndBool, fixed, partnerShapes, shapes } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const numpyNames = {
  equal: "equal",
  notEqual: "not_equal",
  less: "less",
  lessEqual: "less_equal",
  greater: "greater",
  greaterEqual: "greater_equal",
  logicalAnd: "logical_and",
  logicalOr: "logical_or",
  logicalXor: "logical_xor",
} as const;
type Name = keyof typeof numpyNames;

/** Few different numbers, so that some are equal; not all are of the type of the array. */
const numbers = fc.constantFrom(-1, 0, 1, 3, 0.5, NaN, Infinity, 5e9);

const binaryCases = fc
  .tuple(fc.constantFrom(...(Object.keys(numpyNames) as Name[])), shapes, dtypesAndBool, dtypesAndBool, fc.boolean())
  .chain(([op, shape, left, right, same]) =>
    partnerShapes(shape).chain((partner) =>
      fc.record({
        op: fc.constant(op),
        same: fc.constant(same),
        a: arrays(shape, left),
        b: fc.oneof({ weight: 3, arbitrary: arrays(partner, right) }, numbers),
        chunksA: chunksOf(shape),
        chunksB: chunksOf(partner),
      }),
    ),
  );

test("comparisons and logic equal NumPy's for any shapes, element types and special values", () => {
  const cases = fc.sample(binaryCases, fixed(300)).map((one) => (one.same ? { ...one, b: one.a } : one));
  const expected = numpy(
    cases.map(({ op, a, b }) => ({ expression: `np.${numpyNames[op]}(a, b)`, variables: { a, b } })),
  );
  const actual = cases.map(({ op, same, a, b, chunksA, chunksB }) => {
    const right = typeof b === "number" ? b : da.fromArray(b, { chunks: same ? chunksA : chunksB });
    return asNumpyValue(evaluate(da[op](da.fromArray(a, { chunks: chunksA }), right)));
  });
  expect(actual).toEqual(expected);
});

const unaryCases = fc
  .tuple(fc.constantFrom("isnan", "isinf", "isfinite", "logicalNot"), shapes, dtypesAndBool)
  .chain(([op, shape, dtype]) => fc.record({ op: fc.constant(op), a: arrays(shape, dtype), chunks: chunksOf(shape) }));

test("isnan, isinf, isfinite and logicalNot equal NumPy's", () => {
  const cases = fc.sample(unaryCases, fixed(120));
  const expected = numpy(
    cases.map(({ op, a }) => ({
      expression: op === "logicalNot" ? "np.logical_not(a)" : `np.${op}(a)`,
      variables: { a },
    })),
  );
  const actual = cases.map(({ op, a, chunks }) => asNumpyValue(evaluate(da.fromArray(a, { chunks })[op as "isnan"]())));
  expect(actual).toEqual(expected);
});

const whereCases = fc
  .tuple(shapes, dtypesAndBool, dtypesAndBool, dtypesAndBool)
  .chain(([shape, condition, left, right]) =>
    fc.tuple(partnerShapes(shape), partnerShapes(shape)).chain(([first, second]) =>
      fc.record({
        c: arrays(shape, condition),
        a: arrays(first, left),
        b: arrays(second, right),
        chunks: fc.tuple(chunksOf(shape), chunksOf(first), chunksOf(second)),
      }),
    ),
  );

test("where equals NumPy's for any element types and broadcast shapes", () => {
  const cases = fc.sample(whereCases, fixed(200));
  const expected = numpy(cases.map(({ a, b, c }) => ({ expression: "np.where(c, a, b)", variables: { a, b, c } })));
  const actual = cases.map(({ a, b, c, chunks }) => {
    const [condition, first, second] = [c, a, b].map((data, i) => da.fromArray(data, { chunks: chunks[i] }));
    return asNumpyValue(evaluate(da.where(condition, first, second)));
  });
  expect(actual).toEqual(expected);
});

test("where takes numbers: with an array in its type, two of them as float64", () => {
  const x = da.fromArray(Int32Array.of(-2, 5, -7));
  expect(evaluate(da.where(x.less(0), 0, x)).data).toEqual(Int32Array.of(0, 5, 0));
  expect(evaluate(da.where(x.less(0), 1, 0)).data).toEqual(Float64Array.of(1, 0, 1));
  expect(() => da.less(1, 2)).toThrow("one of 1 and 2 must be a chunked array");
});

test("bool arrays are made of typed arrays, lists and other types, and printed as words", () => {
  const fromBytes = da.fromArray(Uint8Array.of(0, 7, 1), { dtype: "bool" });
  expect([fromBytes.dtype, fromBytes.nbytes]).toEqual(["bool", 3]);
  expect(evaluate(da.fromArray([0, 2, NaN], { dtype: "bool" })).data).toEqual(Uint8Array.of(0, 1, 1));
  expect(evaluate(da.fromArray(Float64Array.of(0, 0.5), { dtype: "bool" })).data).toEqual(Uint8Array.of(0, 1));
  expect(evaluate(da.fromArray([0, 2]).astype("bool").astype("float32")).data).toEqual(Float32Array.of(0, 1));
  expect(evaluate(da.full(5, 7, { dtype: "bool", chunks: 2 })).data).toEqual(Uint8Array.of(1, 1, 1, 1, 1));
  expect(String(evaluate(fromBytes))).toBe("bool [3]\n[false,  true,  true]");
});

test("bytes are uint8 unless a type is named, and counting in bool is an error with a cure", () => {
  expect(evaluate(da.fromArray(Uint8Array.of(0, 5)))).toMatchObject({ dtype: "uint8", data: Uint8Array.of(0, 5) });
  expect(evaluate(da.fromArray(Uint8Array.of(0, 5), { dtype: "int32" })).data).toEqual(Int32Array.of(0, 5));
  expect(() => da.arange(3, { dtype: "bool" })).toThrow("use arange(...).notEqual(0)");
});

test("bool arrays are sliced, transposed, rechunked and joined like any other", () => {
  const data = Uint8Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const a = new NDArray(data, [5, 6], undefined, "bool");
  const x = da.fromArray(a, { chunks: [2, 4] });
  const expected = numpy(["a.T", "a[::-2, 1:]", "a | a"].map((expression) => ({ expression, variables: { a } })));
  const ours = [x.T, x.slice("::-2, 1:"), x.rechunk([3, 2]).logicalOr(x)];
  expect(ours.map((array) => asNumpyValue(evaluate(array)))).toEqual(expected);
  const [product] = numpy([{ expression: "a.astype('i4') @ a.T.astype('i4')", variables: { a } }]);
  expect(asNumpyValue(evaluate(x.matmul(x.T)))).toEqual(product);
});
