import fc from "fast-check";
import { lazyOf } from "../../../../kernel/src/dag/array/array-base.js";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { promote } from "../../../../kernel/src/dag/array/promotion.js";
import { type ElementArray, dtypes as everyDtype, isFloat } from "../../../../kernel/src/dag/memory/dtype.js";
import { elementOf, shownElement } from "../../../../kernel/src/dag/memory/element-of.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { promoteTypes } from "../../../../kernel/src/dag/memory/promote-types.js";
import {
  allDtypes,
  anyArrays,
  arrayOf,
  chunkedArrays,
  chunksOf,
  fixed,
  partnerShapes,
  shapes,
  wholeDtypes,
} from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, withoutSignOfZero } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

type Any = NDArray<ElementArray>;

const lazy = ({ a, chunks }: { readonly a: Any; readonly chunks: number[][] }) => da.fromArray(a, { chunks });

const pairs = fc.tuple(shapes, allDtypes, allDtypes).chain(([shape, left, right]) =>
  partnerShapes(shape).chain((partner) =>
    fc.record({
      a: anyArrays(shape, left),
      b: anyArrays(partner, right),
      chunksA: chunksOf(shape),
      chunksB: chunksOf(partner),
    }),
  ),
);

test("two arrays of any element types meet in the type of np.result_type", () => {
  const all = everyDtype.flatMap((a) => everyDtype.map((b) => [a, b] as const));
  const results = numpy(
    all.map(([a, b]) => ({ expression: `np.zeros(1, np.result_type("${a}", "${b}"))`, variables: {} })),
  );
  expect(all.map(([a, b]) => promoteTypes(a, b))).toEqual(results.map(({ dtype }) => dtype));
});

test("a number adopts the element type of the array, or makes it float64, as np.result_type says", () => {
  const scalars = [0, 1, 2, 100, 2.5, -0.5];
  const all = everyDtype.flatMap((a) => scalars.map((b) => [a, b] as const));
  const results = numpy(
    all.map(([a, b]) => ({ expression: `np.zeros(1, np.result_type(np.zeros(1, "${a}"), ${b}))`, variables: {} })),
  );
  expect(all.map(([a, b]) => promote(lazyOf(da.ones(1, { dtype: a })), b))).toEqual(results.map(({ dtype }) => dtype));
});

test("a whole number beyond the type of the array is an error, as NumPy 2's OverflowError", () => {
  const beyond = [
    ["uint8", 300],
    ["uint8", -1],
    ["int8", 128],
    ["int16", -32_769],
    ["uint16", 65_536],
    ["int32", 2 ** 31],
    ["uint32", -1],
    ["int64", 2n ** 63n],
    ["uint64", -1n],
  ] as const;
  for (const [dtype, value] of beyond) {
    expect(() => da.ones(3, { dtype }).add(value)).toThrow(`${value} is out of bounds for ${dtype}`);
  }
});

test("arithmetic of any two element types equals NumPy's, and integers wrap around", () => {
  const ops = ["add", "subtract", "multiply", "divide", "minimum", "maximum"] as const;
  const sample = fc.sample(fc.tuple(pairs, fc.constantFrom(...ops)), fixed(500));
  const cases = sample.filter(([{ a, b }, op]) => op !== "subtract" || a.dtype !== "bool" || b.dtype !== "bool");
  const expected = numpy(cases.map(([{ a, b }, op]) => ({ expression: `np.${op}(a, b)`, variables: { a, b } })));
  const actual = cases.map(([{ a, b, chunksA, chunksB }, op]) =>
    asNumpyValue(evaluate(da[op](da.fromArray(a, { chunks: chunksA }), da.fromArray(b, { chunks: chunksB })))),
  );
  expect(actual.map(withoutSignOfZero)).toEqual(expected.map(withoutSignOfZero));
});

test("comparisons of any two element types equal NumPy's, exactly so for uint64 beside signed integers", () => {
  const ops = ["equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"] as const;
  const names = { notEqual: "not_equal", lessEqual: "less_equal", greaterEqual: "greater_equal" } as const;
  const sample = fc.sample(fc.tuple(pairs, fc.constantFrom(...ops)), fixed(500));
  const cases = sample.map(([pair, op]) => [pair, op, op in names ? names[op as "notEqual"] : op] as const);
  const expected = numpy(cases.map(([{ a, b }, , name]) => ({ expression: `np.${name}(a, b)`, variables: { a, b } })));
  const actual = cases.map(([{ a, b, chunksA, chunksB }, op]) =>
    asNumpyValue(evaluate(da[op](da.fromArray(a, { chunks: chunksA }), da.fromArray(b, { chunks: chunksB })))),
  );
  expect(actual).toEqual(expected);
});

test("comparisons with a whole number beyond the element type compare the values, as NumPy's do", () => {
  const ops = ["equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"] as const;
  const signs = { equal: "==", notEqual: "!=", less: "<", lessEqual: "<=", greater: ">", greaterEqual: ">=" };
  const a = arrayOf([0, 7, 255], [3], "uint8");
  const long = arrayOf([-(2n ** 63n), 0n, 2n ** 63n - 1n], [3], "int64");
  const cases = ops.flatMap((op) => [
    ...[-1, 300].map((b) => ({ op, a: a as Any, b: BigInt(b) })),
    ...[2n ** 63n, 2n ** 80n, -(2n ** 63n) - 1n].map((b) => ({ op, a: long as Any, b })),
  ]);
  const expected = numpy(
    cases.map((one) => ({ expression: `a ${signs[one.op]} b`, variables: { a: one.a, b: one.b } })),
  );
  const actual = cases.map((one) => asNumpyValue(evaluate(da.fromArray(one.a)[one.op](one.b))));
  expect(actual).toEqual(expected);
});

test("numbers and bigints beside arrays of integers equal NumPy's", () => {
  const ops = ["add", "subtract", "multiply", "minimum", "maximum"] as const;
  const cases = fc.sample(
    fc.record({
      one: chunkedArrays(wholeDtypes),
      op: fc.constantFrom(...ops),
      b: fc.oneof(fc.integer({ min: 0, max: 127 }), fc.bigInt({ min: 0n, max: 127n }), fc.constantFrom(0.5, -2.25)),
      swap: fc.boolean(),
    }),
    fixed(200),
  );
  const expected = numpy(
    cases.map(({ one, op, b, swap }) => ({
      expression: swap ? `np.${op}(b, a)` : `np.${op}(a, b)`,
      variables: { a: one.a, b },
    })),
  );
  const actual = cases.map(({ one, op, b, swap }) =>
    asNumpyValue(evaluate(swap ? da[op](b, lazy(one)) : da[op](lazy(one), b))),
  );
  expect(actual).toEqual(expected);
});

test("floorDivide and mod of integers equal NumPy's, by 0 and by -1 as well", () => {
  const divisors = fc
    .tuple(shapes, wholeDtypes)
    .chain(([shape, dtype]) =>
      fc.record({ a: anyArrays(shape, dtype), b: anyArrays(shape, dtype), chunks: chunksOf(shape) }),
    );
  const sample = fc.sample(fc.tuple(divisors, fc.constantFrom("floorDivide", "mod")), fixed(300));
  const edges = (["int8", "int32", "int64"] as const).flatMap((dtype) => {
    const least = dtype === "int64" ? -(2n ** 63n) : dtype === "int32" ? -(2 ** 31) : -128;
    const of = (values: (number | bigint)[]) =>
      arrayOf(
        values.map((value) => (dtype === "int64" ? BigInt(value) : Number(value))),
        [5],
        dtype,
      );
    const one = { a: of([least, least, 7, -7, 0]), b: of([-1, 0, -2, 2, 0]), chunks: [[2, 3]] };
    return (["floorDivide", "mod"] as const).map((op): [typeof one, string] => [one, op]);
  });
  const cases = [...sample, ...edges];
  const expected = numpy(
    cases.map(([{ a, b }, op]) => ({
      expression: `np.${op === "mod" ? op : "floor_divide"}(a, b)`,
      variables: { a, b },
    })),
  );
  const actual = cases.map(([{ a, b, chunks }, op]) =>
    asNumpyValue(evaluate(lazy({ a, chunks })[op as "mod"](lazy({ a: b, chunks })))),
  );
  expect(actual).toEqual(expected);
});

test("negative, abs, sign, square and whole powers of integers equal NumPy's", () => {
  const ops = ["negative", "abs", "sign", "square", "power3"];
  const sample = fc.sample(fc.tuple(chunkedArrays(wholeDtypes), fc.constantFrom(...ops)), fixed(250));
  const cases = sample.filter(([{ a }, op]) => a.dtype !== "bool" || op === "abs" || op === "square");
  const expected = numpy(
    cases.map(([{ a }, op]) => ({ expression: op === "power3" ? "np.power(a, 3)" : `np.${op}(a)`, variables: { a } })),
  );
  const actual = cases.map(([one, op]) =>
    asNumpyValue(evaluate(op === "power3" ? lazy(one).power(3) : lazy(one)[op as "negative"]())),
  );
  expect(actual).toEqual(expected);
});

test("astype from every type to every type equals NumPy's; floats are tried where they fit", () => {
  const sample = fc.sample(fc.tuple(chunkedArrays(allDtypes), allDtypes), fixed(600));
  const cases = sample.map(([one, to]) => {
    // NumPy leaves open what a float beyond an integer type becomes
    if (!isFloat(one.a.dtype) || isFloat(to) || to === "bool") return [one, to] as const;
    const values = Array.from<number | bigint, number>(one.a.data, (value) =>
      Number.isFinite(Number(value)) ? Number(value) % 120 : 0,
    );
    const unsigned = to.startsWith("uint");
    const a = arrayOf(unsigned ? values.map(Math.abs) : values, one.a.shape, one.a.dtype);
    return [{ ...one, a: a as Any }, to] as const;
  });
  const expected = numpy(cases.map(([{ a }, to]) => ({ expression: `a.astype("${to}")`, variables: { a } })));
  const actual = cases.map(([one, to]) => asNumpyValue(evaluate(lazy(one).astype(to))));
  expect(actual).toEqual(expected);
});

test("floats beyond an integer type: its low bits as far as int32 or int64 reach, their ends further on, NaN is 0", () => {
  const floats = [NaN, 300, -1, 1e10, -1e10, Infinity, -Infinity];
  const x = da.fromArray(floats);
  const lists = Object.fromEntries(everyDtype.map((to) => [to, evaluate(x.astype(to)).tolist()]));
  expect(lists).toMatchObject({
    int8: [0, 44, -1, -1, 0, -1, 0],
    uint8: [0, 44, 255, 255, 0, 255, 0],
    int16: [0, 300, -1, -1, 0, -1, 0],
    uint16: [0, 300, 65_535, 65_535, 0, 65_535, 0],
    int32: [0, 300, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 1, -(2 ** 31)],
    uint32: [0, 300, 2 ** 32 - 1, 1e10 % 2 ** 32, 2 ** 32 - (1e10 % 2 ** 32), 2 ** 32 - 1, 0],
    int64: [0, 300, -1, 1e10, -1e10, 2n ** 63n - 1n, -(2n ** 63n)],
    uint64: [0, 300, 2n ** 64n - 1n, 1e10, 2n ** 64n - 10n ** 10n, 2n ** 64n - 1n, 2n ** 63n],
  });
  // JavaScript, which converts the results of functions, agrees with the kernels
  for (const dtype of everyDtype) {
    const ours = floats.map((value) => shownElement(elementOf[dtype](value)));
    expect([dtype, ours]).toEqual([dtype, lists[dtype]]);
  }
});
