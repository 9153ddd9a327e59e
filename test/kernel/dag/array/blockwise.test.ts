import { da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { ArgumentError, ShapeError } from "../../../../kernel/src/errors.js";
import { evaluate, taskCount } from "../../../support/evaluate.js";

const product = (a: NDArray, b: NDArray) =>
  Array.from({ length: a.shape[0] }, (_, i) =>
    Array.from({ length: b.shape[1] }, (_, k) =>
      Array.from({ length: a.shape[1] }, (_, j) => a.get(i, j) * b.get(j, k)).reduce((sum, term) => sum + term, 0),
    ),
  );

test("a letter that the result does not have is seen whole: a product of matrices is one task a block", () => {
  const a = da.fromArray(evaluate(da.ones([4, 6])), { chunks: [2, 3] });
  const b = da.fromArray(evaluate(da.ones([6, 2])), { chunks: [3, 1] });
  const c = da.blockwise("ij,jk->ik", product, a, b);
  expect(c.chunks).toEqual([
    [2, 2],
    [1, 1],
  ]);
  expect(evaluate(c).tolist()).toEqual(new Array(4).fill([6, 6]));
  // two joined rows of blocks, two joined columns, four products
  expect(taskCount(c)).toBe(8);
});

test("letters in another order transpose blocks and chunks", () => {
  const x = da.arange(24, { chunks: 24 }).reshape([4, 6]).rechunk([2, 3]);
  const turned = da.blockwise("ij->ji", (block) => evaluate(da.fromArray(block).T), x);
  expect(turned.chunks).toEqual([
    [3, 3],
    [2, 2],
  ]);
  expect(evaluate(turned).tolist()).toEqual(evaluate(x.T).tolist());
});

test("adjustChunks says the sizes of blocks, newAxes those of letters that no array has", () => {
  const x = da.arange(4, { chunks: 2 });
  const twice = (block: NDArray) => [...block.data, ...block.data];
  const doubled = da.blockwiseWith({ adjustChunks: { i: (size) => 2 * size } }, "i->i", twice, x);
  expect(doubled.chunks).toEqual([[4, 4]]);
  expect(evaluate(doubled).tolist()).toEqual([0, 1, 0, 1, 2, 3, 2, 3]);
  const three = (block: NDArray) => Array.from(block.data, (value) => [value, value, value]);
  const wide = da.blockwiseWith({ newAxes: { k: 3 } }, "i->ik", three, x);
  expect(wide.chunks).toEqual([[2, 2], [3]]);
  expect(evaluate(wide).tolist()).toEqual([0, 1, 2, 3].map((value) => [value, value, value]));
});

test("an axis of size 1 is broadcast, differing blocks are cut alike", () => {
  const x = da.arange(6, { chunks: 4 });
  const y = da.full(1, 10);
  const z = da.blockwise(
    "i,i,i->i",
    (p, q, r) => p.data.map((value, i) => value + q.data[0] * r.data[i]),
    x,
    y,
    da.ones(6, { chunks: 3 }),
  );
  expect(z.chunks).toEqual([[3, 1, 2]]);
  expect(evaluate(z).tolist()).toEqual([10, 11, 12, 13, 14, 15]);
});

test("formulas that do not fit are errors", () => {
  const x = da.ones([2, 3]);
  expect(() => da.blockwise("i->i", (a) => a, x)).toThrow("one letter for each axis");
  expect(() => da.blockwise("ii->i", (a) => a, x)).toThrow(ArgumentError);
  expect(() => da.blockwise("ij->ijk", (a) => a, x)).toThrow("newAxes: { k: 3 }");
  expect(() => da.blockwiseWith({ adjustChunks: { i: () => 1.5 } }, "ij->i", (a) => a, x)).toThrow(
    "has 1.5 elements along i",
  );
  expect(() => da.blockwise("ij,ji->ij", (a) => a, x, x)).toThrow(ShapeError);
});
