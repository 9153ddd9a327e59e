import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { State } from "../../../../kernel/src/dag/engine/events.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { changed, engineKinds, eventsOf, openGate, sharedCells, statesOf } from "../../../support/engines.js";
import { children } from "../../../support/own-processes.js";
import { closure, packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

describe.each(engineKinds)("%s", (_name, make) => {
  let engine: Engine;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());

  test("stops an infinite loop within a second and runs what comes after", async () => {
    const { buffer, cells } = sharedCells();
    const run = engine.start(requestOf(packedGraph({ loop: ["loopForever", buffer] }, ["loop"])));
    await changed(cells, 0, 0);
    const started = performance.now();
    run.cancel("test");
    await expect(run.results).rejects.toMatchObject({
      name: "CancelledError",
      message: "run of test was cancelled: test",
    });
    const states = statesOf(await eventsOf(run));
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(states.loop.at(-1)).toBe(State.cancelled);
    const four: Record<string, TaskSpec> = { a: ["inc", 1], b: ["inc", 2], c: ["inc", 3], d: ["inc", 4] };
    expect(await engine.start(requestOf(packedGraph(four, ["a", "b", "c", "d"]))).results).toEqual([2, 3, 4, 5]);
  });

  test("loses no task of another run when it replaces a worker", async () => {
    const loop = sharedCells();
    const block = sharedCells();
    const looping = engine.start(requestOf(packedGraph({ loop: ["loopForever", loop.buffer] }, ["loop"])));
    await changed(loop.cells, 0, 0);
    const blocking = engine.start(requestOf(packedGraph({ block: ["countAndBlock", block.buffer] }, ["block"])));
    await changed(block.cells, 0, 0);
    looping.cancel();
    await expect(looping.results).rejects.toMatchObject({ name: "CancelledError" });
    expect((await eventsOf(looping)).at(-1)).toMatchObject({ type: "end", state: "cancelled" });
    openGate(block.cells);
    expect(await blocking.results).toEqual(["done"]);
    expect(block.cells[0]).toBe(1);
  });

  test("runs nothing of a run that is cancelled at once", async () => {
    const { buffer, cells } = sharedCells();
    const tasks: Record<string, TaskSpec> = { slow: ["wait", 50, 0] };
    for (let i = 0; i < 20; i++) tasks[`t${i}`] = ["count", buffer, 0, result("slow")];
    const run = engine.start(requestOf(packedGraph(tasks, Object.keys(tasks))));
    run.cancel();
    await expect(run.results).rejects.toMatchObject({ name: "CancelledError" });
    const states = statesOf(await eventsOf(run));
    expect(Object.keys(states).filter((key) => states[key].at(-1) !== State.cancelled && key !== "slow")).toEqual([]);
    expect(cells[0]).toBe(0);
  });

  test("lets a task that ends within the grace end by itself", async () => {
    const { buffer, cells } = sharedCells();
    const run = engine.start(requestOf(packedGraph({ block: ["countAndBlock", buffer] }, ["block"])));
    await changed(cells, 0, 0);
    run.cancel();
    openGate(cells);
    expect(statesOf(await eventsOf(run)).block.slice(-2)).toEqual([State.memory, State.released]);
  });

  test("a cancel after the end changes nothing", async () => {
    const run = engine.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"])));
    expect(await run.results).toEqual([2]);
    run.cancel();
    expect((await eventsOf(run)).at(-1)).toMatchObject({ type: "end", state: "finished" });
  });

  test("takes tasks back from behind a long one when another worker is idle", async () => {
    const { buffer, cells } = sharedCells();
    // The first tasks teach the engine that the group is quick, so that the long one shares a batch with others.
    // It ends only when all others have run, which is never if they wait behind it.
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 400; i++) tasks[`t${i}`] = ["countOrWait", buffer, i === 200, 399];
    const run = engine.start(requestOf(packedGraph(tasks, ["t200", "t399"])));
    expect(await run.results).toEqual([399, 0]);
    expect(cells[0]).toBe(399);
  });
});

test.each(engineKinds)("%s cancels its runs when it is closed", async (_name, make) => {
  const engine = make(1);
  const { buffer, cells } = sharedCells();
  const run = engine.start(requestOf(packedGraph({ loop: ["loopForever", buffer] }, ["loop"])));
  await changed(cells, 0, 0);
  await engine.close();
  await expect(run.results).rejects.toMatchObject({ name: "CancelledError" });
  expect(() => engine.start(requestOf(packedGraph({}, [])))).toThrow("the engine is closed");
});

test.each(["threads", "processes"] as const)("close waits for workers that were ended before: %s", async (pool) => {
  const engine = new ThreadEngine({ workers: 1, pool });
  const before = children();
  const say = closure('() => { process.stdout.write("looping"); for (;;); }');
  const request = requestOf(packedGraph({ loop: [say] }, ["loop"]));
  const run = engine.startEncoded({ id: "loop", request, literals: [] });
  for await (const event of run.events) {
    if (event.type === "output") run.cancel();
  }
  await expect(run.outcome).rejects.toMatchObject({ name: "CancelledError" });
  // The worker is not gone yet.
  await engine.close();
  expect(children()).toEqual(before);
});

test.each(["threads", "processes", "sync"])(
  "a task that never ends keeps no process alive after cancel and close: %s",
  async (engine) => {
    const script = fileURLToPath(new URL("../../../support/cancel-and-close.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", script, engine]);
    expect(stdout).toBe("looping\nleft: \n");
  },
);
