import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import type { Run } from "../../../../kernel/src/dag/engine/engine.js";
import { type RunEnded, type RunEvent, State } from "../../../../kernel/src/dag/engine/events.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import type { Kept } from "../../../../kernel/src/dag/graph/packed.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { folderPrefix } from "../../../../kernel/src/process-folder.js";
import { changed, eventsOf, openGate, sharedCells } from "../../../support/engines.js";
import { kept, packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

let engine: ThreadEngine;
/** Of all engines of this process; tests of other files may have some. */
const shared = join(tmpdir(), `${folderPrefix("spill")}${process.pid}`);
/** elements and bytes of the blocks of these tests */
const COUNT = 12_500;
const BYTES = 100_000;
const MB = 1e6;

const folder = () => join(shared, engine.name);
const spillFiles = () => (existsSync(folder()) ? readdirSync(folder()) : []);
/** Files are deleted in the background. */
async function filesGone(): Promise<void> {
  while (spillFiles().length > 0) await setImmediate();
}
const endOf = (events: readonly RunEvent[]) => events.at(-1) as RunEnded;

/** `count` blocks of which each is used twice: for a sum of all, then once more after it. */
function usedTwice(count: number, fn = "fillBlock"): Record<string, TaskSpec> {
  const tasks: Record<string, TaskSpec> = {};
  const all = Array.from({ length: count }, (_, i) => i);
  for (const i of all) {
    tasks[`x${i}`] = [fn, fn === "fillBlock" ? COUNT : BYTES, i];
    tasks[`first${i}`] = [fn === "fillBlock" ? "sumOfFirst" : "firstByte", result(`x${i}`)];
  }
  tasks.sum = ["sum", ...all.map((i) => result(`first${i}`))];
  for (const i of all) tasks[`again${i}`] = ["secondUse", result(`x${i}`), result("sum")];
  tasks.total = ["sum", ...all.map((i) => result(`again${i}`))];
  return tasks;
}
/** The value of `total`. */
const totalOf = (count: number) => (count + 1) * ((count * (count - 1)) / 2);

beforeEach(() => {
  engine = new ThreadEngine({ workers: 2 });
});
afterEach(async () => {
  await engine.close();
  expect(existsSync(folder())).toBe(false);
  expect(arena().used).toBe(0);
});

const start = (tasks: Record<string, TaskSpec>, outputs: string[], options = {}): Run =>
  engine.start(requestOf(packedGraph(tasks, outputs), options));

test("results that do not fit go to disk and come back: 8 times the limit, never more than the limit in memory", async () => {
  const run = start(usedTwice(80), ["total"], { memoryLimit: MB });
  const events = await eventsOf(run);
  expect(await run.results).toEqual([totalOf(80)]);
  const { peak, spilled } = endOf(events);
  expect(peak).toBeLessThanOrEqual(MB);
  expect(spilled).toBeGreaterThanOrEqual(7 * MB);
  const told = events.filter((event) => event.type === "memory");
  expect(told.at(-1)).toMatchObject({ bytes: 0, spilled: 0 });
  await filesGone();
});

test("so do large plain values", async () => {
  const run = start(usedTwice(40, "largeBytes"), ["total"], { memoryLimit: MB });
  const events = await eventsOf(run);
  expect(await run.results).toEqual([totalOf(40)]);
  expect(endOf(events).spilled).toBeGreaterThanOrEqual(2 * MB);
  expect(endOf(events).peak).toBeLessThanOrEqual(1.5 * MB);
});

test("a limit that is never reached changes nothing: same order, no folder", async () => {
  const orders = [];
  for (const memoryLimit of [undefined, 100 * MB]) {
    const run = start(usedTwice(10), ["total"], { workers: 1, ...(memoryLimit && { memoryLimit }) });
    const events = await eventsOf(run);
    expect(await run.results).toEqual([totalOf(10)]);
    expect(endOf(events)).not.toHaveProperty("spilled");
    orders.push(
      events.flatMap((event) =>
        event.type === "tasks" ? Array.from(event.task).filter((_, i) => event.state[i] === State.memory) : [],
      ),
    );
  }
  expect(orders[0]).toEqual(orders[1]);
  expect(existsSync(folder())).toBe(false);
});

test("two runs share the limit of their engine", async () => {
  await engine.close();
  engine = new ThreadEngine({ workers: 2, memoryLimit: "1 MB" });
  const before = arena().peak;
  const runs = [start(usedTwice(20), ["total"]), start(usedTwice(20), ["total"])];
  const ends = await Promise.all(runs.map(eventsOf));
  for (const run of runs) expect(await run.results).toEqual([totalOf(20)]);
  expect(ends.some((events) => (endOf(events).spilled ?? 0) > 0)).toBe(true);
  expect(arena().peak).toBeLessThanOrEqual(Math.max(before, 1.2 * MB));
});

test("a task that needs more than the limit runs alone", async () => {
  const tasks: Record<string, TaskSpec> = {};
  const names = Array.from({ length: 20 }, (_, i) => `x${i}`);
  for (const [i, name] of names.entries()) tasks[name] = ["fillBlock", COUNT, i];
  tasks.sum = ["sumOfFirst", ...names.map((name) => result(name))];
  const run = start(tasks, ["sum"], { memoryLimit: MB / 2 });
  expect(await run.results).toEqual([190]);
});

test("tasks that use one result wait together while it comes back from the disk", async () => {
  const users = Array.from({ length: 8 }, (_, i) => `user${i}`);
  const tasks: Record<string, TaskSpec> = {
    x: ["fillBlock", COUNT, 3],
    first: ["sumOfFirst", result("x")],
    // No room for both: x, the only result there is, goes to disk.
    y: ["fillBlock", COUNT, result("first")],
    ofY: ["sumOfFirst", result("y")],
  };
  for (const user of users) tasks[user] = ["secondUse", result("x"), result("ofY")];
  const run = start(tasks, users, { memoryLimit: 1.5 * BYTES });
  const [results, events] = await Promise.all([run.results, eventsOf(run)]);
  expect(endOf(events).spilled).toBe(BYTES);
  expect(results).toEqual(users.map(() => 6));
});

test("a result that is asked for comes back at the end", async () => {
  const names = Array.from({ length: 20 }, (_, i) => `x${i}`);
  const tasks = Object.fromEntries(names.map((name, i): [string, TaskSpec] => [name, ["fillBlock", COUNT, i]]));
  const run = start(tasks, names, { memoryLimit: MB / 2 });
  const results = await run.results;
  expect(results.map((block) => arena().view(block as never)[COUNT - 1])).toEqual(names.map((_, i) => i));
  engine.releaseResults(results);
});

test("kept results go to disk, come back when a run uses them and leave no file when they are released", async () => {
  const names = Array.from({ length: 30 }, (_, i) => `x${i}`);
  const tasks = Object.fromEntries(names.map((name, i): [string, TaskSpec] => [name, ["fillBlock", COUNT, i]]));
  const handles = (await start(tasks, names, { keep: true, memoryLimit: MB }).results) as Kept[];
  expect(arena().used).toBeLessThanOrEqual(1.2 * MB);
  expect(spillFiles().length).toBeGreaterThanOrEqual(20);
  const uses: Record<string, TaskSpec> = {};
  for (const [i, handle] of handles.entries()) uses[`first${i}`] = ["sumOfFirst", kept(handle)];
  uses.sum = ["sum", ...handles.map((_, i) => result(`first${i}`))];
  for (let i = 0; i < 2; i++) {
    const run = start(uses, ["sum"], { memoryLimit: MB });
    expect(await run.results).toEqual([435]);
    expect(endOf(await eventsOf(run)).peak).toBeLessThanOrEqual(1.2 * MB);
  }
  engine.release(handles);
  expect(arena().used).toBe(0);
  await filesGone();
});

test.each(["cancelled", "failed"])("a run that is %s leaves neither files nor memory", async (how) => {
  const { buffer, cells } = sharedCells();
  const tasks: Record<string, TaskSpec> = {};
  const names = Array.from({ length: 30 }, (_, i) => `x${i}`);
  for (const [i, name] of names.entries()) tasks[name] = ["fillBlock", COUNT, i];
  tasks.gate = ["countAndBlock", buffer, ...names.map((name) => result(name))];
  tasks.bad = ["fail", "told to", result("gate")];
  tasks.last = ["sumOfFirst", ...names.map((name) => result(name)), result("bad")];
  const run = start(tasks, ["last"], { memoryLimit: MB });
  await changed(cells, 0, 0);
  expect(spillFiles().length).toBeGreaterThanOrEqual(20);
  if (how === "cancelled") run.cancel();
  openGate(cells);
  await eventsOf(run);
  await expect(run.results).rejects.toMatchObject({ name: how === "cancelled" ? "CancelledError" : "TaskError" });
  expect(arena().used).toBe(0);
  await filesGone();
});

test("a disk that cannot be written ends the run with an error that says so", async () => {
  // No folder can be made where a file stands.
  mkdirSync(shared, { recursive: true, mode: 0o700 });
  writeFileSync(folder(), "");
  try {
    const run = start(usedTwice(30), ["total"], { memoryLimit: MB });
    await expect(run.results).rejects.toMatchObject({
      name: "MemoryError",
      message: expect.stringMatching(/could not be written to disk \(.*EEXIST.*set TMPDIR.*raise memoryLimit/),
    });
    await eventsOf(run);
  } finally {
    rmSync(folder());
  }
  expect(await start({ a: ["inc", 1] }, ["a"]).results).toEqual([2]);
});

test("a file that is gone ends the run with an error that says so", async () => {
  const names = Array.from({ length: 30 }, (_, i) => `x${i}`);
  const tasks = Object.fromEntries(names.map((name, i): [string, TaskSpec] => [name, ["fillBlock", COUNT, i]]));
  const handles = (await start(tasks, names, { keep: true, memoryLimit: MB }).results) as Kept[];
  for (const name of spillFiles()) rmSync(join(folder(), name));
  const uses = Object.fromEntries(
    handles.map((handle, i): [string, TaskSpec] => [`first${i}`, ["sumOfFirst", kept(handle)]]),
  );
  await expect(start(uses, Object.keys(uses)).results).rejects.toMatchObject({
    name: "MemoryError",
    message: expect.stringContaining("could not be read back"),
  });
});

test.each([0, -1, Number.NaN, "much", "2 GX"])("an engine refuses %p as memoryLimit", (memoryLimit) => {
  expect(() => new ThreadEngine({ memoryLimit })).toThrow(/memoryLimit|is not understood/);
});
