import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { State } from "../../../../kernel/src/dag/engine/events.js";
import { plainScope, shipFunction } from "../../../../kernel/src/dag/functions/index.js";
import { Graph, packGraph, ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { TaskError } from "../../../../kernel/src/errors.js";
import { engineKinds, eventsOf, openGate, sharedCells, statesOf } from "../../../support/engines.js";
import { closure, packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

describe.each(engineKinds)("%s", (_name, make) => {
  let engine: Engine;
  beforeAll(() => {
    engine = make(4);
  });
  afterAll(() => engine.close());

  test("rejects with the task's key and its own error", async () => {
    const { results } = engine.start(requestOf(packedGraph({ good: ["inc", 1], bad: ["fail", "too big"] }, ["bad"])));
    const error: unknown = await results.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TaskError);
    expect(error).toMatchObject({
      name: "TaskError",
      message: 'task bad failed: RangeError: too big\n(in fail("too big"))',
      facts: { key: "bad", unit: "bad", args: ['"too big"'] },
      cause: {
        name: "RangeError",
        message: "too big",
        code: "E_TEST",
        detail: { a: [1] },
        stack: expect.stringContaining("task-functions.mjs"),
      },
    });
    expect((error as TaskError).cause).toBeInstanceOf(RangeError);
  });

  test("lets running tasks finish after a failure, starts no other, and stays usable", async () => {
    const { buffer, cells } = sharedCells();
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 3; i++) tasks[`slow${i}`] = ["countAndBlock", buffer];
    // Fails when the other three workers are busy.
    tasks.bad = ["failWhen", buffer, 3];
    for (let i = 3; i < 20; i++) tasks[`slow${i}`] = ["countAndBlock", buffer];
    tasks.after = ["identity", result("bad")];
    const run = engine.start(requestOf(packedGraph(tasks, Object.keys(tasks))));
    await expect(run.results).rejects.toThrow("task bad failed: Error: told to");
    openGate(cells);
    const states = statesOf(await eventsOf(run));
    const last = Object.values(states).map((list) => list.filter((state) => state !== State.released).at(-1));
    expect(last.filter((state) => state === State.memory)).toHaveLength(3);
    expect(last.filter((state) => state === State.cancelled)).toHaveLength(17);
    expect([states.bad.at(-1), states.after]).toEqual([State.erred, [State.erred]]);
    expect(cells[0]).toBe(3);
    expect(await engine.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"]))).results).toEqual([2]);
  });

  test("runs a task again as often as retries say", async () => {
    const { buffer, cells } = sharedCells();
    const graph = packedGraph({ a: ["failTimes", buffer, 2], b: ["inc", result("a")] }, ["b"]);
    expect(await engine.start(requestOf(graph, { retries: 3 })).results).toEqual([4]);
    expect(cells[0]).toBe(3);
  });

  test("gives up after the last retry; a task's own number wins over the run's", async () => {
    const { buffer, cells } = sharedCells();
    const graph = packedGraph({ a: ["failTimes", buffer, 9] }, ["a"], { a: { retries: 1 } });
    await expect(engine.start(requestOf(graph, { retries: 5 })).results).rejects.toThrow("attempt 2");
    expect(cells[0]).toBe(2);
  });

  test("reruns a task whose input came from the same batch when it fails at first", async () => {
    const { buffer } = sharedCells();
    const tasks: Record<string, TaskSpec> = { t0: ["inc", 0] };
    for (let i = 1; i < 2_000; i++) tasks[`t${i}`] = ["inc", result(`t${i - 1}`)];
    tasks.flaky = ["failTimes", buffer, 1, result("t1999")];
    tasks.end = ["pair", result("flaky"), result("t1999")];
    expect(await engine.start(requestOf(packedGraph(tasks, ["end"]), { retries: 1 })).results).toEqual([[2, 2_000]]);
  });

  test("gives an error that a task returns as it was, alone and among settled promises", async () => {
    const make = '() => Object.assign(new RangeError("x", { cause: "why" }), { code: 1 })';
    const graph = packedGraph(
      {
        alone: [closure(make)],
        settled: [closure(`async () => Promise.allSettled([(async () => { throw (${make})(); })()])`)],
      },
      ["alone", "settled"],
    );
    const [alone, settled] = (await engine.start(requestOf(graph)).results) as [Error, PromiseRejectedResult[]];
    for (const error of [alone, settled[0].reason]) {
      expect(error).toMatchObject({ name: "RangeError", message: "x", code: 1, cause: "why" });
      expect(error).toBeInstanceOf(RangeError);
    }
  });

  test("names the task of a fused chain that failed, with the arguments of its call", async () => {
    const add = (x: number, y: number): number => x + y;
    const check = async (x: number, list: readonly number[]): Promise<number> => {
      if (x === 3) throw new RangeError("three");
      return list.length;
    };
    const list = new Array<number>(1_000).fill(0);
    const chain = { b: task(add, 1, 2), c: task(check, ref("b"), list), d: task(add, ref("c"), 1) };
    const graph = packGraph(Graph.from(chain), ["d"], (fn) => shipFunction(fn, plainScope), true);
    const run = engine.start(requestOf(graph));
    await expect(run.results).rejects.toMatchObject({
      message: "task c failed: RangeError: three\n(in check(3, Array(1000)), fused as b-c-d)",
      facts: { key: "c", unit: "b-c-d", args: ["3", "Array(1000)"] },
    });
    expect(await eventsOf(run)).toContainEqual(
      expect.objectContaining({
        type: "error",
        key: "c",
        message: "three\n(in check(3, Array(1000)), fused as b-c-d)",
      }),
    );
  });

  test("shows an array as such, also to a function that takes blocks", async () => {
    const graph = packedGraph({ a: ["makeBlock", 1, 2], b: ["fail", result("a")] }, ["b"]);
    await expect(engine.start(requestOf(graph)).results).rejects.toThrow("(in fail(float64[2]))");
  });

  test("names the task whose result cannot travel", async () => {
    const graph = packedGraph({ a: ["functionResult"] }, ["a"]);
    await expect(engine.start(requestOf(graph)).results).rejects.toThrow(
      /^task a failed: ArgumentError: a value cannot/,
    );
  });

  test("names the task whose function a worker cannot import", async () => {
    const graph = packedGraph({ a: ["noSuchExport"] }, ["a"]);
    await expect(engine.start(requestOf(graph)).results).rejects.toThrow(/^task a failed: ShipError: .*noSuchExport/);
  });

  test("runs a task again whose worker ended, three times and whatever its retries, and loses no other task", async () => {
    const { buffer, cells } = sharedCells();
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 500; i++) tasks[`other${i}`] = ["inc", i];
    tasks.exit = ["exitTimes", buffer, 3];
    const run = engine.start(requestOf(packedGraph(tasks, Object.keys(tasks))));
    expect(await run.results).toEqual([...Array.from({ length: 500 }, (_, i) => i + 1), "survived"]);
    expect(cells[0]).toBe(4);
  });

  test("gives up a task that ends its worker a fourth time, with a report of the last time, and stays usable", async () => {
    const [exits, blocks] = [sharedCells(), sharedCells()];
    const tasks: Record<string, TaskSpec> = {
      beside: ["countAndBlock", blocks.buffer],
      exit: ["exitWhen", exits.buffer, blocks.buffer],
      after: ["identity", result("exit")],
    };
    const run = engine.start(requestOf(packedGraph(tasks, ["beside", "after"]), { retries: 9 }));
    const error: unknown = await run.results.catch((thrown: unknown) => thrown);
    openGate(blocks.cells);
    expect(error).toMatchObject({
      name: "WorkerError",
      message: expect.stringMatching(
        /^task exit is given up: 4 times a worker ended .* worker \d \(.*exit.* 3\)\. .*process held \d.* [KMG]iB.*beside it ran beside\./,
      ),
      facts: { key: "exit", deaths: 4, others: ["beside"] },
    });
    expect(exits.cells[0]).toBe(4);
    const states = statesOf(await eventsOf(run));
    expect([states.exit.at(-1), states.after, states.beside.includes(State.memory)]).toEqual([
      State.erred,
      [State.erred],
      true,
    ]);
    expect(await engine.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"]))).results).toEqual([2]);
  });

  test("makes what a dead worker had made for itself again", async () => {
    const { buffer } = sharedCells();
    const tasks: Record<string, TaskSpec> = { t0: ["inc", 0] };
    for (let i = 1; i < 2_000; i++) tasks[`t${i}`] = ["inc", result(`t${i - 1}`)];
    tasks.exit = ["exitTimes", buffer, 2, result("t1999")];
    tasks.end = ["pair", result("exit"), result("t1999")];
    expect(await engine.start(requestOf(packedGraph(tasks, ["end"]))).results).toEqual([["survived", 2_000]]);
  });
});

test("names the task whose worker has no memory left, and the pool goes on", async () => {
  // In a process of its own, whose threads may have little.
  const script = fileURLToPath(new URL("../../../support/fill-heap.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--max-old-space-size=60", script]);
  const [message, facts, next] = JSON.parse(stdout);
  expect(message).toMatch(/^task hungry-\w+ is given up: 4 times .* out of memory/);
  expect([facts.deaths, next]).toEqual([4, 2]);
}, 60_000);
