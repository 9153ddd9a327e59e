import { setImmediate } from "node:timers/promises";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import type { Kept } from "../../../../kernel/src/dag/graph/packed.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { isBlock } from "../../../../kernel/src/dag/memory/block.js";
import { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { engineKinds, eventsOf, openGate, sharedCells } from "../../../support/engines.js";
import { closure, kept, packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

describe.each(engineKinds)("%s", (_name, make) => {
  let engine: Engine;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());
  beforeEach(() => expect(arena().used).toBe(0));
  afterEach(() => expect(arena().used).toBe(0));

  const start = (tasks: Record<string, TaskSpec>, outputs: string[], options = {}) =>
    engine.start(requestOf(packedGraph(tasks, outputs), options));

  test("hands a block to functions of modules as it is, to functions of users as an array", async () => {
    const run = start(
      {
        block: ["makeBlock", 1, 2, 3],
        module: ["sumOfBlock", result("block")],
        user: [closure("(array) => [array.tolist(), array.shape]"), result("block")],
        inside: ["keepBlock", result("block")],
        userInside: [closure("({ nested }) => nested[0].tolist()"), result("inside")],
      },
      ["module", "user", "userInside"],
    );
    expect(await run.results).toEqual([6, [[1, 2, 3], [3]], [1, 2, 3]]);
  });

  test("lends the blocks of results until they are given back", async () => {
    const run = start({ a: ["makeBlock", 4, 5], b: ["keepBlock", result("a")] }, ["a", "a", "b"]);
    const results = await run.results;
    const [block, same, inside] = results as [unknown, unknown, { nested: unknown[] }];
    expect(same).toBe(block);
    expect([block, inside.nested[0]].map((given) => isBlock(given) && [...arena().view(given)])).toEqual([
      [4, 5],
      [4, 5],
    ]);
    engine.releaseResults(results);
  });

  test("gives an NDArray back as an NDArray with its own data, also from inside other values", async () => {
    const run = start({ a: ["makeArray"], b: ["arrayInside"], kind: ["kindOf", result("a")] }, ["a", "b", "kind"]);
    const [a, b, kind] = (await run.results) as [NDArray, { array: NDArray; list: NDArray[] }, string];
    for (const array of [a, b.array, b.list[0]]) {
      expect(array).toBeInstanceOf(NDArray);
      expect(array.tolist()).toEqual([
        [1, 4],
        [2, 5],
        [3, 6],
      ]);
      expect(array.data.buffer.byteLength).toBe(48);
    }
    expect(kind).toBe("NDArray");
  });

  test("takes an NDArray as an argument", async () => {
    const array = new NDArray(new Float64Array([1, 2]), [2]);
    expect(await start({ a: [closure("(x) => x.get(1)"), array] }, ["a"]).results).toEqual([2]);
  });

  test("takes a block as an argument, which stays the caller's", async () => {
    const block = arena().allocate("float64", [2]);
    arena().view(block).set([1, 2]);
    for (let i = 0; i < 2; i++) expect(await start({ a: ["sumOfBlock", block] }, ["a"]).results).toEqual([3]);
    arena().release(block);
  });

  test("frees what a failing task, a failing run and a cancelled run held", async () => {
    const failing = start({ block: ["makeBlock", 1], bad: ["makeThenFail", result("block")] }, ["bad", "block"]);
    await expect(failing.results).rejects.toThrow("after allocating");
    await eventsOf(failing);
    const cancelled = start({ block: ["makeBlock", 1], slow: ["wait", 30, result("block")] }, ["slow", "block"]);
    for await (const event of cancelled.events) if (event.type === "memory") cancelled.cancel();
    await expect(cancelled.results).rejects.toMatchObject({ name: "CancelledError" });
  });

  test("frees what a thread held that ended in the middle of a task", async () => {
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 10; i++) {
      tasks[`first${i}`] = ["allocateAndExit"];
      tasks[`bad${i}`] = ["allocateAndExit", result(`first${i}`)];
    }
    const run = start(tasks, Object.keys(tasks));
    await expect(run.results).rejects.toMatchObject({ name: "WorkerError" });
    await eventsOf(run);
    // The run is over before its threads have ended.
    while (arena().used > 0) await setImmediate();
  });

  test("frees a block that tasks passed on when their thread ends before the engine heard of it", async () => {
    const [block] = (await start({ a: ["makeBlock", 1] }, ["a"], { keep: true }).results) as Kept[];
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 200; i++) tasks[`pass${i}`] = ["identityOrExit", kept(block), i === 199];
    await expect(start(tasks, Object.keys(tasks), { workers: 1 }).results).rejects.toThrow("task pass199");
    engine.release([block]);
    while (arena().used > 0) await setImmediate();
  });

  test("passes a block on as the result of several tasks, once and twice in a value", async () => {
    const tasks: Record<string, TaskSpec> = { a: ["makeBlock", 4, 5] };
    for (let i = 0; i < 50; i++) tasks[`keep${i}`] = ["keepBlock", result("a")];
    const run = start(tasks, Object.keys(tasks));
    const results = await run.results;
    expect(results).toHaveLength(51);
    engine.releaseResults(results);
  });

  test("refuses a block that is not in use", async () => {
    await expect(start({ a: ["releasedBlock"] }, ["a"]).results).rejects.toThrow("is not in use");
  });

  test("frees the result of a task that nobody needs", async () => {
    await start({ needed: ["inc", 1], alone: ["makeBlock", 1] }, ["needed"]).results;
  });

  test("drops a result when its last consumer has finished", async () => {
    const tasks: Record<string, TaskSpec> = { t0: ["makeBlock", ...new Array(1_000).fill(1)] };
    for (let i = 1; i < 50; i++) tasks[`t${i}`] = [closure("(x) => x"), result(`t${i - 1}`)];
    tasks.sum = [closure("(x) => x.data.reduce((sum, value) => sum + value)"), result("t49")];
    const run = start(tasks, ["sum"]);
    const events = await eventsOf(run);
    expect(await run.results).toEqual([1_000]);
    // One array of 8,000 bytes as input and one as output of the task at hand.
    const end = events.at(-1);
    expect(end?.type === "end" && end.peak).toBeLessThanOrEqual(16_008);
  });

  test("tells the bytes that results hold, zero at the end", async () => {
    const { buffer, cells } = sharedCells();
    const run = start({ a: ["makeBlock", 1, 2, 3], b: ["countAndBlock", buffer, result("a")] }, ["b"]);
    const bytes: number[] = [];
    for await (const event of run.events) {
      if (event.type !== "memory") continue;
      bytes.push(event.bytes);
      openGate(cells);
    }
    expect(bytes).toEqual([24, 0]);
  });

  test.each([1, 2, 4, 8])("keeps at most one loaded input per worker alive, with %i workers", async (workers) => {
    const { buffer, cells } = sharedCells();
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 100; i++) {
      tasks[`load${i}`] = ["load", buffer, i];
      tasks[`unload${i}`] = ["unload", buffer, result(`load${i}`)];
    }
    tasks.sum = ["sum", ...Array.from({ length: 100 }, (_, i) => result(`unload${i}`))];
    expect(await start(tasks, ["sum"], { workers }).results).toEqual([4_950]);
    expect(cells[1]).toBeLessThanOrEqual(workers);
  });

  test("keeps results for later runs until they are released", async () => {
    const [handle, twice] = (await start({ a: ["makeBlock", 7, 8] }, ["a", "a"], { keep: true }).results) as Kept[];
    expect(twice).toEqual(handle);
    expect(handle).toEqual({ engine: engine.name, id: expect.any(Number) });
    for (let i = 0; i < 2; i++) {
      expect(await start({ sum: ["sumOfBlock", kept(handle)] }, ["sum"]).results).toEqual([15]);
    }
    const last = start({ slow: ["wait", 20, 1], sum: ["pairOfSum", kept(handle), result("slow")] }, ["sum"]);
    engine.release([handle, handle]);
    expect(await last.results).toEqual([[15, 1]]);
    const late = start({ sum: ["sumOfBlock", kept(handle)] }, ["sum"]);
    await expect(late.results).rejects.toMatchObject({
      name: "GraphError",
      message: expect.stringContaining("is not kept by engine"),
    });
    expect((await eventsOf(late)).map(({ type }) => type)).toEqual(["start", "tasks", "end"]);
  });
});
