import { type AnyArray, da } from "../../../../kernel/src/dag/array/index.js";
import { computeWith } from "../../../../kernel/src/dag/compute.js";
import { useEngine } from "../../../../kernel/src/dag/context.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { evaluate } from "../../../support/evaluate.js";

const engines = [1, 3].map((workers) => new ThreadEngine({ workers }));
beforeAll(() => useEngine(engines[1]));
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

const x = da.random.normal({ shape: 50_000, chunks: 7000, seed: 1 });
const matrix = da.random.uniform({ shape: [300, 200], chunks: 70, seed: 2 });

const arrays: Readonly<Record<string, AnyArray>> = {
  var: da.var(x.multiply(2).add(1)),
  "std along an axis": da.std(matrix, 0),
  moment: da.moment(matrix, 3, 1),
  cumsum: da.cumsum(x),
  "cumprod along an axis": da.cumprod(matrix, 1),
  compress: da.compress(x, x.abs().add(x)),
  take: da.take(matrix, [299, 0, 150], 0),
  topk: da.topk(x, 20),
  argmin: da.argmin(matrix),
  sort: da.sort(x),
  "sort along an axis": da.sort(matrix, 0),
  percentile: da.percentile(x, [1, 50, 99]),
  histogram: da.histogram(x, 20, [-4, 4])[0],
  integers: da.random.integers({ shape: 5000, chunks: 900, high: 100, seed: 4 }),
  permutation: da.random.permutation(da.arange(5000, { chunks: 900 }), { seed: 4 }),
  "a reshape that passes through a flat axis": matrix.reshape([250, 240]),
  stack: da.stack([x, x], 1),
  transpose: matrix.T.add(matrix.slice(":200, :").rechunk([200, 200]).sum()),
  concatenate: da.concatenate([x, x, da.square(x)]),
  reshape: matrix.reshape([100, -1]).add(1),
  "reshape of what is there already": da.ones([60, 10], { chunks: [20, 10] }).reshape([-1]),
  roll: da.roll(matrix, 1234),
  unique: da.unique(da.floor(x.multiply(10)), { returnCounts: true })[1],
  nonzero: da.nonzero(matrix.greater(0.9))[1],
  digitize: da.digitize(x, [-1, 0, 1]),
  bincount: da.bincount(da.random.integers({ shape: 5000, chunks: 900, high: 100, seed: 4 }), 100),
  cov: da.cov(matrix.slice(":20, :")),
  choice: da.random.choice([2, 3, 5], { shape: 5000, chunks: 900, seed: 4 }),
};

test.each(Object.entries(arrays))("%s is the same on one worker, on three and without workers", async (_, array) => {
  const expected = evaluate(array);
  for (const engine of engines) expect(await computeWith({ engine }, array)).toEqual([expected]);
});

test("no block stays behind", async () => {
  const before = arena().used;
  for (const array of Object.values(arrays)) await array.compute();
  expect(arena().used).toBe(before);
});

test("sizes are found on the workers, and the array goes on with them", async () => {
  const some = da.compress(da.arange(20, { chunks: 5 }), [...Array(11).fill(false), ...Array(9).fill(true)]);
  const range = da.arange(20, { chunks: 5 });
  const lazy = da.compress(range, range.subtract(10).add(range.subtract(10).abs()));
  const known = await da.computeChunkSizes(lazy);
  expect([known.chunks, await known.slice(0).compute()]).toEqual([[[0, 0, 4, 5]], 11]);
  expect((await known.compute()).data).toEqual((await some.compute()).data);
  expect(await da.computeChunkSizes(known)).toMatchObject({ chunks: known.chunks });
});

test("an array of unknown sizes is one value as an argument of a task, and stays one when it is persisted", async () => {
  const range = da.arange(6, { chunks: 4 });
  const odd = da.compress(range, da.fromArray([0, 1, 0, 1, 0, 1], { chunks: 4 }));
  const text = delayed((array: { tolist(): unknown }) => JSON.stringify(array.tolist()))(odd as never);
  expect(await text.compute()).toBe("[1,3,5]");
  const kept = await odd.persist();
  expect([kept.shape, (await kept.add(1).compute()).tolist()]).toEqual([[NaN], [2, 4, 6]]);
});
