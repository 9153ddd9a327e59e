import { da } from "../../../../kernel/src/dag/array/index.js";
import type { LazyArray } from "../../../../kernel/src/dag/array/lazy-array.js";
import { lower } from "../../../../kernel/src/dag/array/lower.js";
import { release, runOne } from "../../../../kernel/src/dag/compute.js";
import type { ComputeOptions } from "../../../../kernel/src/dag/compute-options.js";
import { useEngine } from "../../../../kernel/src/dag/context.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { nbytes } from "../../../../kernel/src/dag/engine/value.js";
import { plainScope, shipFunction } from "../../../../kernel/src/dag/functions/index.js";
import { Graph } from "../../../../kernel/src/dag/graph/graph.js";
import { packGraph } from "../../../../kernel/src/dag/graph/pack.js";
import { Arena, arena, useArena } from "../../../../kernel/src/dag/memory/arena.js";
import type { Block } from "../../../../kernel/src/dag/memory/block.js";
import { eventsOf, keptOf } from "../../../support/engines.js";
import { packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

const LIMIT = 8e6;
/** rows and columns of a chunk of 262,088 bytes */
const SIDE = 181;

let engine: ThreadEngine;
const useArenaOf = (limitBytes: number) => {
  useArena(Arena.create({ limitBytes }));
  engine = new ThreadEngine({ workers: 2 });
};
afterEach(async () => {
  expect(arena().used).toBe(0);
  await engine.close();
});

/** Its chunks are needed twice: for the mean, and once it is known. */
function variance(chunks: number) {
  const x = da.random.normal({ shape: [SIDE * chunks, SIDE], chunks: [SIDE, SIDE], seed: 1 });
  const centred = x.subtract(x.mean());
  return centred.multiply(centred).mean();
}

test("8 times memoryLimit: the value is right and the arena's peak stays below 1.2 times the limit", async () => {
  useArenaOf(1e9);
  const run = await runOne(variance(256), { engine, memoryLimit: "8 MB" });
  const end = (await eventsOf(run)).at(-1);
  expect(arena().peak).toBeLessThan(1.2 * LIMIT);
  expect(end).toMatchObject({ type: "end", state: "finished", spilled: expect.any(Number) });
  const value = await run.value;
  // 8.4 million standard normal values; the exact one is what the same graph gives without a limit.
  expect(value).toBe(await variance(256).compute({ engine }));
  expect(value).toBeCloseTo(1, 2);
  expect(arena().peak).toBeGreaterThan(8 * LIMIT);
});

test("an arena that is too small for a graph makes it wait and spill, without any option", async () => {
  useArenaOf(LIMIT);
  expect(await variance(100).compute({ engine })).toBeCloseTo(1, 2);
});

test("a task that found the arena full because of others runs again, alone", async () => {
  useArenaOf(3e6);
  const tasks: Record<string, TaskSpec> = {};
  for (let i = 0; i < 4; i++) {
    tasks[`x${i}`] = ["fillBlock", 250_000, i, 30];
    tasks[`y${i}`] = ["sumOfFirst", result(`x${i}`)];
  }
  const run = engine.start(requestOf(packedGraph(tasks, ["y0", "y1", "y2", "y3"])));
  expect(await run.results).toEqual([0, 1, 2, 3]);
  const tooLarge = engine.start(requestOf(packedGraph({ x: ["fillBlock", 500_000, 1] }, ["x"])));
  await expect(tooLarge.results).rejects.toThrow("array memory is full");
});

test("a persisted array that does not fit stays on disk, and is used from there", async () => {
  useArenaOf(LIMIT);
  const x = await da.arange(2_000_000, { chunks: 50_000 }).add(0).persist({ engine });
  expect(arena().used).toBeLessThan(LIMIT);
  expect(await x.sum().compute({ engine })).toBe(1_999_999_000_000);
  expect(await x.max().compute({ engine })).toBe(1_999_999);
  const whole = await runOne(x, { engine });
  await expect(whole.value).rejects.toMatchObject({ name: "MemoryError" });
  await eventsOf(whole);
  release(x);
  expect(arena().used).toBe(0);
  await expect(x.sum().compute({ engine })).rejects.toMatchObject({ name: "GraphError" });
});

test("a task that does not fit is told who holds the memory", async () => {
  useArenaOf(20e6);
  const x = await da.arange(100_000).add(0).persist({ engine });
  // What somebody reads stays in memory.
  const lent = await engine.fetch(keptOf(x));
  const tooLarge = engine.start(requestOf(packedGraph({ x: ["fillBlock", 3_000_000, 1] }, ["x"])));
  const message = /a block of 22\.9 MiB .*\. Held: 781 KiB by persisted \S+ \(1 result\), .* by other results/;
  await expect(tooLarge.results).rejects.toThrow(message);
  engine.releaseResults(lent);
  release(x);
});

test("the report tells what is in memory and on disk, and who holds it", async () => {
  useArenaOf(LIMIT);
  useEngine(engine);
  const x = await da.arange(2_000_000, { chunks: 50_000 }).add(0).persist();
  const report = await da.memory();
  const [holder, ...others] = report.holders;
  expect(others).toEqual([]);
  expect(holder).toMatchObject({ owner: "persisted", count: 40 });
  expect(holder.bytes + holder.onDisk).toBe(16e6);
  expect(report.spilled).toBeGreaterThanOrEqual(holder.onDisk);
  expect(report.spilled - holder.onDisk).toBeLessThan(40 * 64);
  expect(report.used).toBe(arena().used);
  expect([report.limit, report.peak]).toEqual([arena().limit, arena().peak]);
  expect(report.blocks).toBe(holder.bytes / 400_000);
  expect(String(report)).toContain(holder.name);
  release(x);
  const after = await da.memory();
  expect([after.holders, after.used, after.spilled, after.blocks]).toEqual([[], 0, 0, 0]);
  useEngine(undefined);
});

test("only what was persisted can be released", () => {
  useArenaOf(1e8);
  const x = da.ones([4], { chunks: 2 }).add(1);
  expect(() => release(x)).toThrow(/release got add-.*, which was not persisted/);
  release(3, [4]);
  expect(() => release(Promise.resolve(x))).toThrow("release got a promise: write release(await persist(lazy))");
});

test.each([
  [{ memoryLimit: "8 XB" }, /compute: memoryLimit must be bytes above 0, or a text such as "2 GB" .*, and is '8 XB'/],
  [{ memoryLimit: 0 }, /memoryLimit must be bytes above 0/],
  [{ memoryLimit: true }, /memoryLimit must be bytes above 0/],
  [{ memoryLimt: 8 }, /compute has no option "memoryLimt": did you mean "memoryLimit"\?/],
])("refuses %j", async (options, message) => {
  useArenaOf(1e8);
  const run = runOne(da.ones([4], { chunks: 2 }).add(1), { engine, ...options } as ComputeOptions);
  await expect(run).rejects.toMatchObject({ name: "ArgumentError", message: expect.stringMatching(message) });
});

test.each([
  ["random", () => da.random.normal({ shape: [5, 7], chunks: [2, 3], seed: 1 })],
  ["element-wise", () => da.ones([5, 7], { chunks: [2, 3] }).add(da.arange(7, { chunks: 3 }))],
  ["float32", () => da.ones([5, 7], { chunks: [2, 3], dtype: "float32" }).multiply(2)],
  ["reduction", () => da.ones([9, 7], { chunks: [2, 3], dtype: "float32" }).sum(0)],
  ["reduction of all", () => da.ones([9, 7], { chunks: [2, 3], dtype: "int32" }).max()],
  [
    "slice",
    () =>
      da
        .ones([9, 7], { chunks: [2, 3] })
        .add(1)
        .slice("1:8:3, 2"),
  ],
  [
    "rechunk",
    () =>
      da
        .ones([9, 7], { chunks: [2, 3] })
        .add(1)
        .rechunk([4, 4]),
  ],
  [
    "product",
    () => da.matmul(da.ones([9, 13], { chunks: [2, 2] }).add(1), da.ones([13, 4], { chunks: [2, 3] }).add(1)),
  ],
])("bytes of every result are known before: %s", async (_name, make) => {
  useArenaOf(1e8);
  const graph = new Graph();
  const lazy = (make() as unknown as Record<symbol, LazyArray>)[Symbol.for("dagbook.lazyArray")];
  lower(graph, lazy);
  const packed = packGraph(graph, graph.keys(), (fn) => shipFunction(fn, plainScope), false);
  const { outputs, memory } = packed;
  const expected = Array.from(outputs, (task) => memory?.[task]);
  const results = (await engine.start(requestOf(packed)).results) as readonly Block[];
  expect(expected).toEqual(results.map((block) => nbytes(block)));
  engine.releaseResults(results);
});
