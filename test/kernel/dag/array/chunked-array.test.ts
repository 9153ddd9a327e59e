import { inspect } from "node:util";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { compute, persist } from "../../../../kernel/src/dag/compute.js";
import { useEngine } from "../../../../kernel/src/dag/context.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";

const engine = new ThreadEngine({ workers: 2 });
beforeAll(() => useEngine(engine));
afterAll(() => engine.close());

const matrix = () =>
  da
    .arange(24)
    .slice("newaxis, :")
    .add(da.arange(10, { chunks: 4 }).slice(":, newaxis"));

test("compute gives an NDArray, or a number for a result without axes", async () => {
  const x = da.arange(10, { chunks: 4 }).multiply(2);
  const [array, total] = await compute(x, x.sum());
  expect([array.dtype, array.tolist(), total]).toEqual(["float64", [0, 2, 4, 6, 8, 10, 12, 14, 16, 18], 90]);
});

test("a fused sum of 100,000 elements is that of a plain loop", async () => {
  const [x, y] = [1, 2].map((seed) => da.random.uniform({ shape: 100_000, chunks: 30_000, seed }));
  const [a, b, sum] = await compute(x, y, x.multiply(2).add(y.power(2)).subtract(1).sum());
  const expected = Array.from(a.data).reduce((total, value, i) => total + (value * 2 + b.data[i] ** 2 - 1), 0);
  expect(Math.abs(sum - expected)).toBeLessThan(1e-9);
});

test("a persisted array keeps its blocks and computes on from them", async () => {
  const x = await matrix().persist();
  expect(await x.max().compute()).toBe(32);
  expect((await x.slice("-1, -2:").compute()).tolist()).toEqual([31, 32]);
  const [same] = await persist(x);
  expect(same).toBe(x);
});

test("bool arrays are computed on workers, persisted, given to tasks and reduced", async () => {
  const isSmall = await matrix().less(8).persist();
  const rows = delayed((array: NDArray) => [array.dtype, array.shape, array.get(0, 7), array.get(0, 8)]);
  const counted = await compute(isSmall.countNonzero(), isSmall.any(), isSmall.all(), rows(isSmall));
  // row i has 8 - i elements below 8
  expect(counted).toEqual([36, 1, 0, ["bool", [10, 24], 1, 0]]);
  expect((await da.where(isSmall, matrix(), -1).max(1).compute()).tolist()).toEqual([7, 7, 7, 7, 7, 7, 7, 7, -1, -1]);
});

test("one worker and four workers draw the same numbers", async () => {
  const x = da.random.normal({ shape: [50, 40], chunks: [20, 20], seed: 42 });
  const [one, four] = [new ThreadEngine({ workers: 1 }), new ThreadEngine({ workers: 4 })];
  const [a, b] = await Promise.all([x.compute({ engine: one }), x.compute({ engine: four })]);
  await Promise.all([one.close(), four.close()]);
  expect(a.data).toEqual(b.data);
});

test("a lazy array as an argument of a task arrives as one array", async () => {
  const sum = delayed((array: NDArray) => [
    array.shape,
    Array.from(array.data).reduce((total, value) => total + value, 0),
  ]);
  expect(await sum(da.ones([4, 4], { chunks: 2 })).compute()).toEqual([[4, 4], 16]);
});

test("after a computation the array memory is as empty as before", async () => {
  const x = matrix();
  await x.sum().compute();
  const before = arena().used;
  await x.exp().add(x.slice("::-1")).rechunk(5).mean(0).compute();
  await x.matmul(x.T).max().compute();
  expect(arena().used).toBe(before);
});

test("an array in a cell or a console says what it is and computes nothing", () => {
  const x = da.zeros([1000, 2000], { chunks: [500, 1000], dtype: "float32" }).add(1);
  const text = `ChunkedArray
       array        chunk
bytes  7.63 MiB     1.91 MiB
shape  1000 x 2000  500 x 1000
count  4 tasks      4 chunks
dtype  float32`;
  expect(inspect(x)).toBe(text);
  const display = (x as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
  expect(display["text/plain"]).toBe(text);
  expect(display["text/html"]).toContain("<tr><th>shape</th><td>1000 x 2000</td><td>500 x 1000</td></tr>");
});

test("the properties of an array are NumPy's", () => {
  const x = da.ones([10, 4], { chunks: [3, 4], dtype: "int32" });
  expect([x.shape, x.chunks, x.numblocks, x.ndim, x.size, x.nbytes, x.dtype]).toEqual([
    [10, 4],
    [[3, 3, 3, 1], [4]],
    [4, 1],
    2,
    40,
    160,
    "int32",
  ]);
});

test("data that is no array of one shape is an error", () => {
  expect(() => da.fromArray([[1, 2], [3]])).toThrow("nested lists differ in length at depth 1");
  expect(() => da.fromArray(new Float64Array(5), { shape: [2, 3] })).toThrow(
    "shape [2,3] holds 6 elements but the data has 5",
  );
  expect(() => da.zeros([2, -1])).toThrow("must be a list of integers from 0 up");
  expect(() => da.zeros(2, { dtype: "float16" as "float32" })).toThrow(
    'dtype "float16" is not known: use one of float64, float32, int32',
  );
});

test("what fromArray copied stays as it was", async () => {
  const data = Float64Array.of(1, 2, 3);
  const x = da.fromArray(data, { chunks: 2 });
  data.fill(0);
  expect((await x.compute()).tolist()).toEqual([1, 2, 3]);
});

test("an operator is an error that says what to do, text is its name", () => {
  const x = da.ones(3) as unknown as number;
  for (const operate of [() => x * 2, () => x + 1, () => x > 0]) {
    expect(operate).toThrow("ChunkedArray(float64 [3]) has no operators such as + and <: write x.add(1)");
  }
  expect(`${x}`).toBe("ChunkedArray(float64 [3])");
});

test("what is no array is refused by name, with the cure", () => {
  const x = da.ones([2, 2]);
  for (const other of ["1", undefined, [1, 2], delayed(1)]) {
    expect(() => x.add(other as never)).toThrow(/ is not a chunked array: make one with da\.fromArray\(data\)/);
    expect(() => x.matmul(other as never)).toThrow("is not a chunked array");
    expect(() => da.sqrt(other as never)).toThrow("is not a chunked array");
  }
});

test.each([
  [() => da.ones(3, { chunk: 1 } as never), 'an array has no option "chunk": did you mean "chunks"?'],
  [() => da.ones(3).sum(0, { keepdim: true } as never), 'sum has no option "keepdim": did you mean "keepdims"?'],
  [() => da.random.normal({ shape: 3, sed: 1 } as never), 'da.random.normal has no option "sed": did you mean "seed"?'],
  [() => da.random.normal(undefined as never), "the options of da.random.normal must be an object and are undefined"],
  [() => da.random.normal({ shape: 3, scale: -1 }), "da.random.normal: scale must be a number from 0 up and is -1"],
  [() => da.full(3, "1" as never), "da.full: the value must be a number or bigint and is '1'"],
  [() => da.fromArray(null as never), "da.fromArray: null is not a number: give a typed array"],
  [() => da.fromArray([["a"]] as never), "da.fromArray: 'a' is not a number"],
  [() => da.ones([2, 2]).slice("..., ..."), '"..." stands twice in the index'],
])("%s is refused with its cure", (make, message) => {
  expect(make).toThrow(message);
});
