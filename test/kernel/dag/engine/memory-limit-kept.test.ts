// The limit holds also for results that are with their owner: of futures, and brought back by `fetch`.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Run } from "../../../../kernel/src/dag/engine/engine.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import type { Kept } from "../../../../kernel/src/dag/graph/packed.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { folderPrefix } from "../../../../kernel/src/process-folder.js";
import { eventsOf } from "../../../support/engines.js";
import { children } from "../../../support/own-processes.js";
import { kept, packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

/** elements of the blocks of these tests, 100,000 bytes each */
const COUNT = 12_500;
const BLOCKS = 30;
const LIMIT = 1e6;
const prefix = folderPrefix("spill");

/** Files that some processes have on disk. Tests of other files have theirs there, too. */
const spillFiles = (processes: readonly number[]) =>
  processes
    .map((pid) => join(tmpdir(), `${prefix}${pid}`))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }))
    .filter((name) => name.endsWith(".bin"));

let engine: ThreadEngine;
beforeEach(() => {
  engine = new ThreadEngine({ workers: 2, memoryLimit: LIMIT });
});
afterEach(async () => {
  await engine.close();
  expect(existsSync(join(tmpdir(), `${prefix}${process.pid}`, engine.name))).toBe(false);
  expect(arena().used).toBe(0);
});

/** Handles of the finished tasks of a run of independent tasks, by task. */
async function handlesOf(run: Run): Promise<ReadonlyMap<number, Kept>> {
  const handles = new Map<number, Kept>();
  for (const event of await eventsOf(run)) {
    if (event.type !== "settled") continue;
    for (const [i, task] of event.task.entries()) if (event.state === "finished") handles.set(task, event.kept[i]!);
  }
  return handles;
}

/** `BLOCKS` blocks, each used by a task of the same run. */
function blocksAndUses(): Record<string, TaskSpec> {
  const tasks: Record<string, TaskSpec> = {};
  for (let i = 0; i < BLOCKS; i++) tasks[`x${i}`] = ["fillBlock", COUNT, i];
  for (let i = 0; i < BLOCKS; i++) tasks[`first${i}`] = ["sumOfFirst", result(`x${i}`)];
  return tasks;
}

test.each(["threads", "processes"] as const)(
  "results of independent tasks go to disk also while tasks of their run need them: %s",
  async (pool) => {
    const tasks = blocksAndUses();
    const run = engine.start(requestOf(packedGraph(tasks, Object.keys(tasks)), { independent: true, pool }));
    const handles = await handlesOf(run);
    expect(handles.size).toBe(2 * BLOCKS);
    expect(arena().used).toBeLessThanOrEqual(1.2 * LIMIT);
    for (let i = 0; i < BLOCKS; i++) {
      const results = await engine.fetch([handles.get(i)!, handles.get(BLOCKS + i)!]);
      expect([arena().view(results[0] as never)[COUNT - 1], results[1]]).toEqual([i, i]);
      engine.releaseResults(results);
      // What was brought back for the caller does not stay beyond the limit.
      expect(arena().used).toBeLessThanOrEqual(1.2 * LIMIT);
    }
    engine.release([...handles.values()]);
    expect(arena().used).toBe(0);
    while (spillFiles([process.pid, ...children()]).length > 0) await setImmediate();
  },
);

test("a result that its owner releases stays as long as a task of its run needs it, on disk or not", async () => {
  const tasks = blocksAndUses();
  const all = Array.from({ length: BLOCKS }, (_, i) => result(`first${i}`));
  tasks.sum = ["sum", ...all];
  for (let i = 0; i < BLOCKS; i++) tasks[`again${i}`] = ["secondUse", result(`x${i}`), result("sum")];
  const keys = Object.keys(tasks);
  const graph = packedGraph(tasks, keys);
  const run = engine.start(requestOf(graph, { independent: true }));
  const handles: Kept[] = [];
  for await (const event of run.events) {
    if (event.type !== "settled") continue;
    for (const [i, task] of event.task.entries()) {
      if (task < BLOCKS) engine.release([event.kept[i]!]);
      else handles[task] = event.kept[i]!;
    }
  }
  const sum = (BLOCKS * (BLOCKS - 1)) / 2;
  expect(await engine.fetch(handles.slice(-BLOCKS))).toEqual(all.map((_, i) => i + sum));
  expect(arena().used).toBe(0);
  engine.release(handles.filter((handle) => handle !== undefined));
});

test("an input that is lost on disk takes only those independent tasks with it that need it", async () => {
  const blocks = packedGraph(
    Object.fromEntries(Array.from({ length: BLOCKS }, (_, i) => [`x${i}`, ["fillBlock", COUNT, i]])),
    Array.from({ length: BLOCKS }, (_, i) => `x${i}`),
  );
  const handles = await handlesOf(engine.start(requestOf(blocks, { independent: true })));
  const folder = join(tmpdir(), `${prefix}${process.pid}`, engine.name);
  const lost = readdirSync(folder);
  for (const name of lost) rmSync(join(folder, name));
  const uses: Record<string, TaskSpec> = { alone: ["inc", 1] };
  for (let i = 0; i < BLOCKS; i++) uses[`first${i}`] = ["sumOfFirst", kept(handles.get(i)!)];
  const run = engine.start(requestOf(packedGraph(uses, Object.keys(uses)), { independent: true }));
  const ends = { finished: 0, erred: 0, cancelled: 0 };
  for (const event of await eventsOf(run)) {
    if (event.type !== "settled") continue;
    ends[event.state] += event.task.length;
    if (event.state === "erred") expect(event.error).toMatchObject({ name: "MemoryError" });
  }
  expect(ends).toEqual({ finished: BLOCKS + 1 - lost.length, erred: lost.length, cancelled: 0 });
  expect(lost.length).toBeGreaterThan(BLOCKS / 2);
  expect(await run.results).toEqual([]);
});

test.each(["threads", "processes"] as const)(
  "what a task that computes has on disk goes with its worker: %s",
  async (pool) => {
    const specifier = new URL("../../../support/nested-run.mjs", import.meta.url).href;
    const { functions, ...graph } = packedGraph({ inner: ["spillInside"] }, ["inner"]);
    const own = functions.map((fn) => ({ ...fn, specifier, id: `${specifier}#${fn.name}` }));
    // As in a kernel: what tasks print is in the events, and nowhere else.
    const run = engine.startEncoded({
      id: "nested",
      request: requestOf({ ...graph, functions: own }, { pool }),
      literals: [],
    });
    for await (const event of run.events) if (event.type === "output" && event.text.includes("spilled")) break;
    const processes = [process.pid, ...children()];
    expect(spillFiles(processes).length).toBeGreaterThan(0);
    run.cancel();
    await expect(run.outcome).rejects.toMatchObject({ name: "CancelledError" });
    await engine.close();
    expect(spillFiles(processes)).toEqual([]);
  },
);
