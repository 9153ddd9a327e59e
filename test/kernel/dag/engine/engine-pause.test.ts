import type { Engine, Run } from "../../../../kernel/src/dag/engine/engine.js";
import type { RunEvent } from "../../../../kernel/src/dag/engine/events.js";
import { SyncEngine } from "../../../../kernel/src/dag/engine/sync-engine.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { changed, engineKinds, eventsOf, openGate, sharedCells } from "../../../support/engines.js";
import { packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

const pausableKinds: typeof engineKinds = [
  ...engineKinds,
  ["processes", (workers) => new ThreadEngine({ workers, pool: "processes" })],
];

/** Resolves with the next event of that kind. */
async function told(run: Run, type: RunEvent["type"]): Promise<RunEvent> {
  for await (const event of run.events) if (event.type === type) return event;
  throw new Error(`the run ended without the event ${type}`);
}

/** `count` tasks that count in cell 0, one after the other, behind one that blocks on cell 1. */
function behindGate(buffer: SharedArrayBuffer, count: number): Record<string, TaskSpec> {
  const tasks: Record<string, TaskSpec> = { gate: ["countAndBlock", buffer] };
  for (let i = 0; i < count; i++) tasks[`t${i}`] = ["count", buffer, 0, result(i === 0 ? "gate" : `t${i - 1}`)];
  return tasks;
}

describe.each(engineKinds)("%s", (_name, make) => {
  let engine: Engine;
  beforeEach(() => {
    engine = make(2);
  });
  afterEach(() => engine.close());

  test("a paused run lets its running task end and begins no other until it is resumed", async () => {
    const { buffer, cells } = sharedCells();
    const run = engine.start(requestOf(packedGraph(behindGate(buffer, 5), ["t4"])));
    await changed(cells, 0, 0);
    run.pause();
    expect(await told(run, "paused")).toMatchObject({ isPaused: true });
    openGate(cells);
    // Runs of the engine go on: one that starts after the gate has opened ends while the other waits.
    for (let i = 0; i < 5; i++) await engine.start(requestOf(packedGraph({ a: ["wait", 20, i] }, ["a"]))).results;
    expect(cells[0]).toBe(1);
    run.resume();
    await run.results;
    expect(cells[0]).toBe(6);
    const events = await eventsOf(run);
    expect(events.filter((event) => event.type === "paused").map(({ isPaused }) => isPaused)).toEqual([true, false]);
    expect(events.at(-1)).toMatchObject({ type: "end", state: "finished" });
  });

  test("a paused run that is cancelled ends", async () => {
    const run = engine.start(requestOf(packedGraph({ a: ["wait", 20, 1], b: ["inc", result("a")] }, ["b"])));
    run.pause();
    run.cancel("enough");
    await expect(run.results).rejects.toMatchObject({ name: "CancelledError" });
    expect((await eventsOf(run)).at(-1)).toMatchObject({ type: "end", state: "cancelled" });
  });

  test("a paused run whose running task fails ends with its error", async () => {
    const { buffer, cells } = sharedCells();
    const tasks: Record<string, TaskSpec> = { a: ["countAndBlock", buffer], b: ["fail", "no", result("a")] };
    const run = engine.start(requestOf(packedGraph({ ...tasks, c: ["inc", result("b")] }, ["c"])));
    await changed(cells, 0, 0);
    run.pause();
    run.pause();
    openGate(cells);
    run.resume();
    await expect(run.results).rejects.toThrow("no");
    expect((await eventsOf(run)).filter(({ type }) => type === "paused")).toHaveLength(2);
  });

  test("the engine closes although a run is paused", async () => {
    const run = engine.start(requestOf(packedGraph({ a: ["wait", 20, 1], b: ["inc", result("a")] }, ["b"])));
    run.pause();
    await engine.close();
    await expect(run.results).rejects.toMatchObject({ name: "CancelledError" });
  });

  test("pausing a run that has ended changes nothing", async () => {
    const run = engine.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"])));
    await run.results;
    run.pause();
    run.resume();
    expect((await eventsOf(run)).filter(({ type }) => type === "paused")).toEqual([]);
  });
});

test.each(pausableKinds)("%s: a run that is paused at once begins when it is resumed", async (_name, make) => {
  const engine = make(1);
  try {
    const run = engine.start(requestOf(packedGraph({ a: ["wait", 1, 1], b: ["inc", result("a")] }, ["b"])));
    run.pause();
    await told(run, "paused");
    run.resume();
    expect(await run.results).toEqual([2]);
  } finally {
    await engine.close();
  }
});

test("the sync engine begins no task while a run is paused", async () => {
  const engine = new SyncEngine();
  const { buffer, cells } = sharedCells();
  const tasks: Record<string, TaskSpec> = { a: ["count", buffer, 0], b: ["count", buffer, 0, result("a")] };
  const run = engine.start(requestOf(packedGraph(tasks, ["b"])));
  run.pause();
  for (let i = 0; i < 3; i++) await engine.start(requestOf(packedGraph({ a: ["wait", 20, i] }, ["a"]))).results;
  expect(cells[0]).toBe(0);
  run.resume();
  await run.results;
  expect(cells[0]).toBe(2);
  await engine.close();
});

test("a paused run of the sync engine that is cancelled ends", async () => {
  const engine = new SyncEngine();
  const run = engine.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"])));
  run.pause();
  run.cancel();
  await expect(run.results).rejects.toMatchObject({ name: "CancelledError" });
  await engine.close();
});
