import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { ShapeError } from "../../../../kernel/src/errors.js";
import { asNumpyValue, evaluate } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const seven = da.concatenate([da.zeros(0), da.full(1, 7)]);
const line = da.arange(3, { chunks: 1 });

test("an axis of size 1 is broadcast and dropped with its element, also if an empty block stands before it", () => {
  expect(seven.chunks).toEqual([[0, 1]]);
  const results: readonly (readonly [string, AnyArray])[] = [
    ["np.array([7.]) + np.arange(3.)", seven.add(line)],
    ["np.arange(3.) - np.array([7.])", line.subtract(seven)],
    ["np.broadcast_to([7.], (2, 3))", da.broadcastTo(seven, [2, 3], 1)],
    ["np.broadcast_to([7.], (2, 1))", da.broadcastTo(seven, [2, 1])],
    ["np.array([[7.]]) + np.arange(3.)", da.expandDims(seven, 0).add(line)],
    ["np.squeeze([[7.], [7.]], 1)", da.squeeze(da.stack([seven, seven]), 1)],
    ["np.array([3., 7.])", da.reshape(da.concatenate([da.zeros([2, 0]), da.fromArray([[3], [7]])], 1), 2)],
    ["np.where(np.array([7.]) > 1, np.arange(3.), 0)", da.where(seven.greater(1), line, 0)],
  ];
  const expected = numpy(results.map(([expression]) => ({ expression, variables: {} })));
  expect(results.map(([, result]) => asNumpyValue(evaluate(result)))).toEqual(expected);
});

const nothing = (dtype: "float64" | "int32") =>
  da.arange(6, { chunks: 2, dtype }).compress(da.arange(6, { chunks: 2 }).greater(9));

test.each(["max", "min"] as const)("%s of a selection without elements is an error when it is computed", (name) => {
  for (const dtype of ["float64", "int32"] as const) {
    expect(() => evaluate(nothing(dtype)[name]())).toThrow(ShapeError);
    expect(() => evaluate(nothing(dtype)[name]())).toThrow(`${name} of a selection has no elements to compare`);
  }
  const columns = da.ones([4, 2], { chunks: 1 }).compress([true, false, true, true].map(Number), 0);
  expect(asNumpyValue(evaluate(columns[name](0))).values).toEqual([1, 1]);
});

test("extremes of a selection that is nothing but NaN are NaN, not an error", () => {
  const x = da.fromArray([1, Number.NaN, Number.NaN, 2], { chunks: 1 });
  const gaps = x.compress(x.isnan());
  expect(evaluate(gaps.max())).toBeNaN();
  expect(evaluate(gaps.min())).toBeNaN();
});

test("nanmean, nanvar and isnan of integers take selections of unknown sizes", () => {
  const x = da.arange(9, { chunks: 4, dtype: "int32" });
  const odd = x.compress(x.mod(2).equal(1));
  expect(evaluate(da.nanmean(odd))).toBe(4);
  expect(evaluate(da.nanvar(odd))).toBe(5);
  expect(evaluate(odd.isnan().sum())).toBe(0);
  expect(evaluate(odd.isfinite().sum())).toBe(4);
});

test("an empty list is an empty block, whatever its axes", () => {
  const x = da.concatenate([da.zeros([0, 2]), da.ones([2, 2])]);
  const lists = da.mapBlocks((block) => block.tolist(), x);
  expect(evaluate(lists).tolist()).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test("mapBlocks takes blocks of unknown sizes, and its function may change these", () => {
  const x = da.arange(9, { chunks: 4 });
  const odd = x.compress(x.mod(2).equal(1));
  const doubled = da.mapBlocks((block) => block.data.map((value) => 2 * value), odd);
  expect(asNumpyValue(evaluate(doubled)).values).toEqual([2, 6, 10, 14]);
  const firsts = da.mapBlocks((block) => block.data.slice(0, 1), odd);
  expect(asNumpyValue(evaluate(firsts)).values).toEqual([1, 5]);
});
