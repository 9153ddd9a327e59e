import type { Engine } from "../../../../kernel/src/dag/engine/engine.js";
import { type RunEvent, State } from "../../../../kernel/src/dag/engine/events.js";
import { captureStreams, engineKinds, eventsOf, openGate, sharedCells, statesOf } from "../../../support/engines.js";
import { packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

const { queued, processing, memory, released, erred } = State;

describe.each(engineKinds)("%s", (name, make) => {
  let engine: Engine;
  beforeAll(() => {
    engine = make(2);
  });
  afterAll(() => engine.close());

  let streams: ReturnType<typeof captureStreams>;
  beforeEach(() => {
    streams = captureStreams();
  });
  afterEach(() => streams.restore());

  test("tells the graph first, every state of every task in order, and the end last", async () => {
    const graph = packedGraph({ x: ["inc", 1], y: ["inc", result("x")], z: ["inc", result("y")] }, ["z"]);
    const run = engine.start({ ...requestOf(graph), title: "z", cell: "cell-1" });
    const events = await eventsOf(run);
    expect(events[0]).toMatchObject({
      type: "start",
      run: run.id,
      title: "z",
      cell: "cell-1",
      workers: 2,
      keys: ["x", "y", "z"],
      groups: ["inc"],
    });
    expect(statesOf(events).x).toEqual([queued, processing, memory, released]);
    // y and z may go to the worker together with x, before they are ready.
    expect(statesOf(events).z.filter((state) => state !== queued)).toEqual([processing, memory]);
    expect(events.at(-1)).toMatchObject({ type: "end", run: run.id, state: "finished" });
  });

  test("is complete for 20,000 tasks: each has one memory event, its times and its worker", async () => {
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 20_000; i++) tasks[`t${i}`] = ["inc", i];
    const events = await eventsOf(engine.start(requestOf(packedGraph(tasks, ["t0"]))));
    const starts = new Float64Array(20_000).fill(Number.NaN);
    const counts = new Int32Array(20_000);
    for (const event of events) {
      if (event.type !== "tasks") continue;
      for (const [i, task] of event.task.entries()) {
        if (event.state[i] === processing) starts[task] = event.time[i];
        if (event.state[i] !== memory) continue;
        counts[task] += 1;
        if (!(event.time[i] >= starts[task] && starts[task] >= 0))
          throw new Error(`task ${task} ended before it began`);
        if (event.worker[i] !== 0 && event.worker[i] !== 1)
          throw new Error(`task ${task} ran on worker ${event.worker[i]}`);
      }
    }
    expect(counts.every((count) => count === 1)).toBe(true);
  });

  test("shows a running task and its progress while it blocks its thread", async () => {
    const { buffer, cells } = sharedCells();
    const run = engine.start(requestOf(packedGraph({ a: ["reportAndBlock", buffer] }, ["a"])));
    const seen: RunEvent[] = [];
    for await (const event of run.events) {
      seen.push(event);
      if (event.type === "progress") openGate(cells);
    }
    expect(seen.find(({ type }) => type === "progress")).toMatchObject({ task: [0], fraction: [0.25] });
    expect(seen.findIndex((event) => event.type === "tasks" && event.state.includes(processing))).toBeLessThan(
      seen.findIndex(({ type }) => type === "progress"),
    );
    expect(await run.results).toEqual(["done"]);
  });

  test("gives late and parallel readers every event", async () => {
    const run = engine.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"])));
    const [first, second] = await Promise.all([eventsOf(run), eventsOf(run)]);
    expect(second).toEqual(first);
    await run.results;
    expect(await eventsOf(run)).toEqual(first);
  });

  test("tells start, output, errors and end only, if progress is off", async () => {
    const graph = packedGraph({ a: ["print", "hello"], b: ["fail", "no"] }, ["a", "b"]);
    const run = engine.start(requestOf(graph, { workers: 1 }, false));
    await expect(run.results).rejects.toThrow("no");
    expect((await eventsOf(run)).map(({ type }) => type)).toEqual(["start", "output", "output", "error", "end"]);
  });

  test("tells what a task prints while it runs, before the task's end", async () => {
    const { buffer, cells } = sharedCells();
    const run = engine.start(requestOf(packedGraph({ a: ["printAndBlock", buffer] }, ["a"])));
    const types: string[] = [];
    for await (const event of run.events) {
      types.push(event.type === "tasks" ? `tasks ${event.state.join()}` : event.type);
      if (event.type !== "output") continue;
      expect(event).toMatchObject({ task: 0, name: "stdout", text: "before\n" });
      openGate(cells);
    }
    expect(types.indexOf("output")).toBeLessThan(types.findIndex((type) => type.endsWith(`${memory}`)));
  });

  test("loses no line that tasks print, on either stream", async () => {
    const tasks: Record<string, TaskSpec> = {};
    for (let i = 0; i < 200; i++) tasks[`t${i}`] = ["print", `line ${i}`];
    const events = await eventsOf(engine.start(requestOf(packedGraph(tasks, []))));
    // Without a kernel the script's own streams show what tasks print.
    expect(streams.text().match(/line/g)?.length ?? 0).toBe(name === "ThreadEngine" ? 400 : 0);
    const text = { stdout: "", stderr: "" };
    for (const event of events) if (event.type === "output") text[event.name] += event.text;
    const lines = Array.from({ length: 200 }, (_, i) => `line ${i}`);
    expect(text.stdout.trim().split("\n").sort()).toEqual([...lines].sort());
    expect(text.stderr.trim().split("\n").sort()).toEqual(lines.map((line) => `${line} again`).sort());
  });

  test("tells a failure with key, name, message and stack, and what never ran", async () => {
    const graph = packedGraph({ bad: ["fail", "no"], after: ["inc", result("bad")] }, ["after"]);
    const run = engine.start(requestOf(graph));
    await run.results.catch(() => undefined);
    const events = await eventsOf(run);
    expect(events.find(({ type }) => type === "error")).toEqual({
      type: "error",
      run: run.id,
      task: 0,
      key: "bad",
      name: "RangeError",
      message: 'no\n(in fail("no"))',
      stack: expect.stringContaining("RangeError: no"),
    });
    expect(statesOf(events)).toEqual({ bad: [queued, processing, erred], after: [erred] });
    expect(events.at(-1)).toMatchObject({ type: "end", state: "erred" });
  });

  test("shows the tries of a task with retries", async () => {
    const { buffer } = sharedCells();
    const run = engine.start(requestOf(packedGraph({ a: ["failTimes", buffer, 1] }, ["a"]), { retries: 1 }));
    expect(statesOf(await eventsOf(run)).a).toEqual([queued, processing, queued, processing, memory]);
  });
});
