import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { computeWith, persistWith, runWith } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { SyncEngine } from "../../../../kernel/src/dag/engine/sync-engine.js";
import { taskSignal } from "../../../../kernel/src/dag/engine/task-context.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { submitWith } from "../../../../kernel/src/dag/futures/index.js";
import { get } from "../../../../kernel/src/dag/get.js";
import { ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { processFolder } from "../../../../kernel/src/process-folder.js";
import { eventsOf } from "../../../support/engines.js";
import { packedGraph, requestOf, result } from "../../../support/packed-graphs.js";

let engine: Engine;
beforeEach(() => {
  engine = new SyncEngine();
});
afterEach(() => engine.close());

test("functions are those of the caller: with their closures, their stack and their thread", async () => {
  const seen: number[] = [];
  const note = (x: number): number => {
    seen.push(x);
    return threadId;
  };
  expect(await get({ a: task(note, 1), b: task(note, 2) }, ["a", "b"], { engine })).toEqual([threadId, threadId]);
  expect(seen).toEqual([1, 2]);
  const fail = (): never => {
    throw new RangeError("here");
  };
  const error = await get({ bad: task(fail) }, "bad", { engine }).catch((thrown: Error) => thrown.cause);
  expect((error as Error).stack).toMatch(/fail \(.*sync-engine\.test\.ts/);
});

test("nothing runs before the code that asked for it goes on", async () => {
  const calls: string[] = [];
  const run = await runWith({ engine }, delayed(() => calls.push("task"))());
  calls.push("caller");
  await run.value;
  expect(calls).toEqual(["caller", "task"]);
});

test("other code of the thread has its turn between tasks", async () => {
  const graph = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `t${i}`,
      task(
        (_before: unknown) => {
          const end = performance.now() + 5;
          while (performance.now() < end);
          return i;
        },
        i === 0 ? 0 : ref(`t${i - 1}`),
      ),
    ]),
  );
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  expect(await get(graph, "t19", { engine, optimize: false })).toBe(19);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

test("a signal stops it between tasks", async () => {
  const controller = new AbortController();
  const calls: number[] = [];
  const step = (i: number, _before: unknown): number => {
    calls.push(i);
    if (i === 3) controller.abort();
    return i;
  };
  const graph = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`t${i}`, task(step, i, i && ref(`t${i - 1}`))]),
  );
  await expect(get(graph, "t8", { engine, signal: controller.signal, optimize: false })).rejects.toMatchObject({
    name: "CancelledError",
  });
  expect(calls).toEqual([0, 1, 2, 3]);
});

test("values are copied as for workers: what a task does to its argument, no other sees", async () => {
  const list = [3, 1, 2];
  const sort = (values: number[]): number[] => values.sort();
  expect(await get({ a: task(sort, list), b: task(sort, ref("a")) }, ["a", "b"], { engine })).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(list).toEqual([3, 1, 2]);
});

test("runs a graph that was packed for workers", async () => {
  const graph = packedGraph({ a: ["inc", 1], b: ["inc", result("a")] }, ["b"]);
  expect(await engine.start(requestOf(graph, { workers: 4 })).results).toEqual([3]);
});

test("is one worker, whatever the run asks for", async () => {
  const run = await runWith({ engine, workers: 8 }, delayed(() => 1)());
  expect((await eventsOf(run))[0]).toMatchObject({ type: "start", workers: 1 });
});

test("two runs of async tasks take turns, and each hears its own", async () => {
  const outer = async (n: number): Promise<number> => {
    const [inner] = await computeWith({ engine: "sync" }, da.ones([n], { chunks: 7 }).sum());
    return inner as number;
  };
  const runs = await Promise.all(
    [10, 20, 30].map((n) => computeWith({ engine }, delayed(outer)(n), delayed(outer)(n + 1))),
  );
  expect(runs).toEqual([
    [10, 11],
    [20, 21],
    [30, 31],
  ]);
});

test("what it keeps is not with other engines", async () => {
  const [kept] = await persistWith({ engine }, delayed(() => 1)());
  const threads = new ThreadEngine({ workers: 1 });
  await expect(computeWith({ engine: threads }, kept)).rejects.toThrow(
    "compute with the engine that has it, or await its value",
  );
  await threads.close();
});

test("a run that the disk fails ends, and so does one that is cancelled while its results are read back", async () => {
  const large = delayed((i: number) => new Float64Array(10_000).fill(i));
  const arrays = Array.from({ length: 10 }, (_, i) => large(i));
  const total = delayed((...all: Float64Array[]) => all.reduce((sum, [first]) => sum + (first ?? 0), 0))(...arrays);
  const options = { engine, memoryLimit: 200_000 };
  // No folder can be made where a file stands.
  const folder = join(processFolder("spill"), engine.name);
  writeFileSync(folder, "");
  const failed = await runWith(options, total);
  await expect(failed.value).rejects.toMatchObject({ name: "MemoryError" });
  rmSync(folder);
  expect((await eventsOf(failed)).at(-1)).toMatchObject({ type: "end", state: "erred" });

  const cancelled = await runWith(options, total);
  let onDisk = 0;
  for await (const event of cancelled.events) {
    if (event.type !== "memory") continue;
    // Less than before: something is being read.
    if ((event.spilled ?? 0) < onDisk) cancelled.cancel();
    onDisk = event.spilled ?? 0;
  }
  await cancelled.value.catch(() => undefined);
  expect(await computeWith(options, total)).toEqual([45]);
});

test("a future that is cancelled hears of it by its signal, others of its run do not", async () => {
  const heard: string[] = [];
  const untilAborted = async (name: string, ends: Promise<void>): Promise<void> => {
    const signal = taskSignal();
    signal.addEventListener("abort", () => heard.push(name));
    await Promise.race([ends, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
  };
  let isStarted: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    isStarted = resolve;
  });
  const first = submitWith({ engine }, () => {
    isStarted();
    return untilAborted("first", new Promise(() => undefined));
  });
  const second = submitWith({ engine }, () => untilAborted("second", Promise.resolve()));
  await started;
  expect(first.cancel()).toBe(true);
  await second.result();
  expect(heard).toEqual(["first"]);
});
