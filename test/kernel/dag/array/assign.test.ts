import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { DTypeError, ShapeError } from "../../../../kernel/src/errors.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

test("a slice, then a condition, gets a number; the source stays as it is", () => {
  const x = da.arange(10, { chunks: 4 });
  const below = x.assign("2:5", -1);
  expect(evaluate(below.assign(below.greater(7), 0)).tolist()).toEqual([0, 1, -1, -1, -1, 5, 6, 7, 0, 0]);
  expect(evaluate(x).tolist()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

const a = evaluate(da.random.integers({ shape: [6, 7], high: 100, seed: 1 }));
const x = da.fromArray(a, { chunks: [4, 3] });
const row = da.arange(7, { chunks: 2 });
const block = da.fromArray([
  [1, 2, 3],
  [4, 5, 6],
]);
const cases: readonly (readonly [python: string, own: () => AnyArray])[] = [
  ["a[2] = 5", () => x.assign(2, 5)],
  ["a[-1, 3] = 5", () => x.assign([-1, 3], 5)],
  ["a[:, 1:6:2] = -5", () => x.assign(":, 1:6:2", -5)],
  ["a[4:1:-2, ::-1] = 8", () => x.assign("4:1:-2, ::-1", 8)],
  ["a[3:3] = 9", () => x.assign("3:3", 9)],
  ["a[...] = 3.7", () => x.assign("...", 3.7)],
  ["a[1] = np.arange(7)", () => x.assign(1, row)],
  ["a[:] = np.arange(7.) + 0.9", () => x.assign(":", row.add(0.9))],
  ["a[2:4, 1:4] = [[1, 2, 3], [4, 5, 6]]", () => x.assign("2:4, 1:4", block)],
  ["a[4:0:-2, ::3] = [[1, 2, 3], [4, 5, 6]]", () => x.assign("4:0:-2, ::3", block)],
  ["a[1:6:3, 6:0:-2] = [[1, 2, 3], [4, 5, 6]]", () => x.assign("1:6:3, 6:0:-2", block)],
  ["a[5:1:-1, 2] = [9]", () => x.assign("5:1:-1, 2", da.full(1, 9))],
  ["a[2:2] = np.arange(7)", () => x.assign("2:2", row)],
  ["a[a > 50] = 0", () => x.assign(x.greater(50), 0)],
  ["a[(a % 2 == 0).any(axis=1)] = 1", () => x.assign(x.mod(2).equal(0).any(1, { keepdims: true }), 1)],
];

test.each(cases)("%s is NumPy's", (python, own) => {
  const [expected] = numpy([
    { expression: `[exec(${JSON.stringify(python)}, {"np": np, "a": a}), a][1]`, variables: { a } },
  ]);
  expect(asNumpyValue(evaluate(own()))).toEqual(expected);
});

test("values that do not fit are errors", () => {
  expect(() => x.assign("2:4", block)).toThrow(ShapeError);
  expect(() => x.assign(da.ones([2, 6, 7]), 1)).toThrow("must broadcast to it");
  expect(() => x.assign(0, 2 ** 40)).toThrow(DTypeError);
  expect(() => x.assign(0, Number.NaN)).toThrow(DTypeError);
  expect(() => x.assign(9, 1)).toThrow("out of bounds");
  expect(() => x.assign("newaxis", 1)).toThrow("names no elements");
});

test("an array without axes gets its one element", () => {
  expect(evaluate(da.full([], 1).assign("...", 4))).toBe(4);
});

test("bigints beyond 2^53 keep all their digits beside assigned numbers", () => {
  const large = da.full(3, 2n ** 60n + 1n, { dtype: "int64", chunks: 2 });
  expect(evaluate(large.assign(1, 2.5)).tolist()).toEqual([2n ** 60n + 1n, 2, 2n ** 60n + 1n]);
});
