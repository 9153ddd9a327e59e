import { da } from "../../../../kernel/src/dag/array/index.js";
import { collectionSymbol } from "../../../../kernel/src/dag/collection.js";
import { Graph } from "../../../../kernel/src/dag/graph/graph.js";
import type { Task } from "../../../../kernel/src/dag/graph/task.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { asNumpyValue, evaluate, taskCount } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

const fractions = (size: number) => Float64Array.from({ length: size }, (_, i) => ((i * 7919) % 1000) / 7 - 60);

test("element-wise operations and a transposition become one task per block", () => {
  const x = da.ones([10, 10], { chunks: 5 }).divide(5).add(1).multiply(2).T;
  expect(taskCount(x)).toBe(4);
});

test("a reduction takes the operations before it into its first step", () => {
  // four kernels and the last sum
  expect(taskCount(da.ones([10, 10], { chunks: 5 }).add(1).sum())).toBe(5);
});

test("an array used twice in one kernel is computed once in it", () => {
  const y = da.ones(10, { chunks: 5 }).divide(5);
  expect(taskCount(y.add(1).add(y.multiply(2)))).toBe(2);
});

test("a random array is drawn once per block for all its uses", () => {
  const y = da.random.normal({ shape: 10, chunks: 5, seed: 1 });
  expect(taskCount(y.add(1).add(y.multiply(2)))).toBe(4);
});

test("an array read in two directions is stored, not computed twice", () => {
  //  y = x + 1 is read as it is and transposed: 4 tasks for y, 4 for the sum
  const y = da.fromArray(fractions(36), { shape: [6, 6], chunks: 3 }).add(1);
  expect(taskCount(y.add(y.T))).toBe(8);
});

test("an array used by two reductions of one graph is stored, not computed twice", () => {
  const y = da.fromArray(fractions(36), { shape: [6, 6], chunks: 3 }).exp();
  // y: 4; sums over rows: 4 + 2; over columns: 4 + 2; their sum: 2
  expect(taskCount(y.sum(0).add(y.sum(1)))).toBe(18);
});

test.each([
  [16, 1, null, 4],
  [64, 1, null, 20],
])("the sum of %i one-element blocks has the partial sums of a tree with fan-in 4", (size, chunks, axis, partial) => {
  const x = da.fromArray(fractions(size), { chunks });
  expect(taskCount(x.sum(axis))).toBe(size + partial + 1);
});

test("8 x 8 blocks are combined 2 x 2 at a time, or 4 at a time along one axis", () => {
  const x = da.fromArray(fractions(64), { shape: [8, 8], chunks: 1 });
  expect(taskCount(x.sum())).toBe(64 + 16 + 4 + 1);
  expect(taskCount(x.sum(0))).toBe(64 + 16 + 8);
});

test("two collections of one graph share the tasks of what both need", () => {
  const y = da.random.uniform({ shape: 10, chunks: 5, seed: 3 });
  const graph = new Graph();
  for (const collection of [y.sum(), y.max(), y]) collection[collectionSymbol].addTo(graph);
  // y: 2; sum and max: 2 kernels and one last task each
  expect(graph.size).toBe(8);
});

test("tasks are named by the operations they do", () => {
  const x = da.fromArray(fractions(4), { chunks: 2 });
  const graph = new Graph();
  x.multiply(2).add(1).sum()[collectionSymbol].addTo(graph);
  const names = graph.keys().map((key) => (graph.get(key) as Task).options?.name);
  expect(names).toEqual(["multiply-add-sum-chunk", "multiply-add-sum-chunk", "sum"]);
});

test("a long chain is cut into kernels of bounded size and stays right", () => {
  let x = da.zeros(3).add(0.5);
  for (let i = 0; i < 500; i++) x = x.add(1);
  expect(taskCount(x)).toBe(11);
  expect((evaluate(x) as NDArray).tolist()).toEqual([500.5, 500.5, 500.5]);
});

const formulas: readonly (readonly [string, (x: Matrix, y: Matrix) => Matrix])[] = [
  ["x*2+y**2-1", (x, y) => x.multiply(2).add(y.power(2)).subtract(1)],
  ["x+x.T", (x) => x.add(x.T)],
  ["(x.T*y+1).T", (x, y) => x.T.multiply(y).add(1).T],
  ["x - x.max(1, keepdims=True) + y.min(0)", (x, y) => x.subtract(x.max(1, { keepdims: true })).add(y.min(0))],
  ["(x/y).astype('f4')*3", (x, y) => x.divide(y).astype("float32").multiply(3)],
  ["np.sqrt(np.abs(x))+np.arange(31)*np.arange(31)[:, None]", (x) => x.abs().sqrt().add(outer())],
  ["np.abs(x[::-1, 2:]-y[:, :-2])", (x, y) => x.slice("::-1, 2:").subtract(y.slice(":, :-2")).abs()],
];
type Matrix = ReturnType<typeof da.ones>;

function outer(): Matrix {
  const range = da.arange(31, { chunks: 8 });
  return range.multiply(range.slice(":, newaxis"));
}

test.each(formulas)("%s equals NumPy's bit for bit in ragged blocks", (expression, build) => {
  const [x, y] = [fractions(961), fractions(1922).subarray(961)].map((data, i) =>
    da.fromArray(data, { shape: [31, 31], chunks: [[7, 11, 13], i === 0 ? [31] : [10, 10, 11]] }),
  );
  const variables = { x: evaluate(x), y: evaluate(y) };
  expect([asNumpyValue(evaluate(build(x, y)))]).toEqual(numpy([{ expression, variables }]));
});
