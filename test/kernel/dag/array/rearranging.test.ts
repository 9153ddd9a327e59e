import { type ChunkedArray, da } from "../../../../kernel/src/dag/array/index.js";
import { ArgumentError, ShapeError } from "../../../../kernel/src/errors.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const a = evaluate(da.reshape(da.arange(30), [5, 6]));
const b = evaluate(da.reshape(da.arange(12, { dtype: "int32" }), [2, 6]));
const x = da.fromArray(a, { chunks: [2, 4] });
const y = da.fromArray(b, { chunks: [1, 3] });
const line = da.arange(7, { chunks: 3 });

/** NumPy's expressions of `a`, `b` and `line`, and what we give for them. */
const cases: readonly (readonly [string, () => ChunkedArray])[] = [
  ["np.concatenate([a, b])", () => da.concatenate([x, y])],
  ["np.concatenate([b, b], axis=1)", () => da.concatenate([y, y.rechunk([2, 5])], -1)],
  ["np.stack([a, a * 2])", () => da.stack([x, x.multiply(2)])],
  ["np.stack([line, line], axis=-1)", () => da.stack([line, line], -1)],
  ["np.expand_dims(a, 1)", () => da.expandDims(x, 1)],
  ["np.squeeze(a[None, :, None])", () => x.slice("newaxis, :, newaxis").squeeze()],
  ["np.squeeze(a[None, :, None], axis=0)", () => da.squeeze(x.slice("newaxis, :, newaxis"), 0)],
  ["np.reshape(a, (3, 10))", () => da.reshape(x, [3, 10])],
  ["np.reshape(a, (2, -1, 5))", () => x.reshape([2, -1, 5])],
  ["np.reshape(a, (1, 30, 1))", () => da.reshape(x, [1, 30, 1])],
  ["np.reshape(a[None], (30,))", () => da.reshape(da.expandDims(x, 0), [30])],
  ["np.reshape(a[:0], (6, 0))", () => da.reshape(x.slice(":0"), [6, 0])],
  ["a[2:3, 3:4].reshape(())", () => da.reshape(x.slice("2:3, 3:4"), [])],
  ["np.ravel(a.T)", () => x.T.ravel()],
  ["np.flip(a)", () => da.flip(x)],
  ["np.flip(a, 1)", () => da.flip(x, 1)],
  ["np.roll(a, 4)", () => da.roll(x, 4)],
  ["np.roll(a, -7, axis=1)", () => da.roll(x, -7, 1)],
  ["np.roll(a, 5, axis=0)", () => da.roll(x, 5, 0)],
  ["np.repeat(a, 3)", () => da.repeat(x, 3)],
  ["np.repeat(b, 2, axis=1)", () => da.repeat(y, 2, 1)],
  ["np.repeat(line, 0)", () => da.repeat(line, 0)],
  ["np.tile(a, 2)", () => da.tile(x, 2)],
  ["np.tile(line, (3, 2))", () => da.tile(line, [3, 2])],
  ["np.tril(a)", () => da.tril(x)],
  ["np.triu(b, 2)", () => da.triu(y, 2)],
  ["np.tril(np.stack([a, a + 1]), -1)", () => da.tril(da.stack([x, x.add(1)]), -1)],
  ["np.triu(a > 10)", () => da.triu(x.greater(10))],
  ["np.outer(line, a)", () => da.outer(line, x)],
];

test("joined, moved and repeated elements are NumPy's, in shape, type and order", () => {
  const variables = { a, b, line: evaluate(line) };
  const expected = numpy(cases.map(([expression]) => ({ expression, variables })));
  const own = cases.map(([, run]) => asNumpyValue(evaluate<Parameters<typeof asNumpyValue>[0]>(run())));
  const known = new Map(cases.map(([expression], i) => [expression, expected[i]]));
  expect(new Map(cases.map(([expression], i) => [expression, own[i]]))).toEqual(known);
});

test("joining copies nothing: each block of the result is a block of one of the arrays", () => {
  expect(da.concatenate([x, x], 1).chunks).toEqual([
    [2, 2, 1],
    [4, 2, 4, 2],
  ]);
  expect(da.reshape(da.ones([6, 100], { chunks: [2, 100] }), [6, 10, 10]).chunks).toEqual([[2, 2, 2], [10], [10]]);
});

test("numbers that make no sense are an error that says what fits", () => {
  expect(() => da.tril(line)).toThrow(ShapeError);
  expect(() => da.roll(x, 0.5)).toThrow(ArgumentError);
  expect(() => da.repeat(x, -1)).toThrow(ArgumentError);
  expect(() => da.reshape(da.compress(line, line.greater(2)), [2, 2])).toThrow(/computeChunkSizes/);
});
