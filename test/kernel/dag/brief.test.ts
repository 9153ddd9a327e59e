import { da } from "../../../kernel/src/dag/array/index.js";
import { release } from "../../../kernel/src/dag/compute.js";
import type { ComputeOptions } from "../../../kernel/src/dag/compute-options.js";
import { useEngine } from "../../../kernel/src/dag/context.js";
import { delayed } from "../../../kernel/src/dag/delayed.js";
import type { RunEvent } from "../../../kernel/src/dag/engine/events.js";
import { ThreadEngine } from "../../../kernel/src/dag/engine/thread-engine.js";
import { arena } from "../../../kernel/src/dag/memory/arena.js";

const engine = new ThreadEngine({ workers: 2 });
beforeAll(() => useEngine(engine));
afterAll(async () => {
  useEngine(undefined);
  await engine.close();
});

/** What a run tells of itself, and how many workers the engine has afterwards. */
async function eventsOf(size: number, options: ComputeOptions = {}) {
  const { events, value } = await da.arange(size).add(1).sum().run(options);
  const told: RunEvent[] = [];
  for await (const event of events) told.push(event);
  return { told, value: await value };
}

test("a graph of little work runs without a worker, and tells the same events", async () => {
  const { told, value } = await eventsOf(1_000);
  expect(value).toBe(500_500);
  expect(engine.load).toEqual({ workers: 0, runs: 0 });
  expect(told[0]).toMatchObject({ type: "start", workers: 1 });
  expect(told.at(-1)).toMatchObject({ type: "end", state: "finished" });
  expect(told.map(({ type }) => type)).toEqual(expect.arrayContaining(["tasks", "sizes"]));
});

test("results that were persisted without a worker are used by workers, and their memory comes back", async () => {
  const before = arena().used;
  const kept = await da.arange(1_000).multiply(2).persist();
  expect((await kept.add(1).compute({ workers: 2 })).data).toEqual(
    Float64Array.from({ length: 1_000 }, (_, i) => 2 * i + 1),
  );
  expect(await kept.sum().compute()).toBe(999_000);
  release(kept);
  expect(arena().used).toBe(before);
});

test("a run without a worker can be cancelled, and one with a memory limit gives its result", async () => {
  const stopped = await da.arange(1_000).add(1).sum().run();
  stopped.cancel("not wanted");
  await expect(stopped.value).rejects.toThrow("not wanted");
  expect(await da.arange(1_000).add(1).sum().compute({ memoryLimit: 100_000 })).toBe(500_500);
  expect(engine.load.runs).toBe(0);
});

test.each<[string, number, ComputeOptions]>([
  ["more work", 3_000_000, {}],
  ["a number of workers", 1_000, { workers: 2 }],
  ["a policy", 1_000, { policy: "fifo" }],
  ["a name of an engine", 1_000, { engine: "threads" }],
])("%s takes workers", async (_, size, options) => {
  const own = new ThreadEngine({ workers: 2 });
  useEngine(own);
  await eventsOf(size, options);
  const { workers } = own.load;
  useEngine(engine);
  await own.close();
  // The name means the engine of this thread, which the test has set.
  expect(workers).toBe(2);
});

test("a function of a user never runs on the thread of the engine", async () => {
  const threads = await delayed(() => process.getBuiltinModule("node:worker_threads").isMainThread)().compute();
  expect(threads).toBe(false);
});
