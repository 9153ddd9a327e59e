import type { Engine, Run } from "../../../../kernel/src/dag/engine/engine.js";
import { errorOf } from "../../../../kernel/src/dag/engine/error-data.js";
import { State, type TasksSettled } from "../../../../kernel/src/dag/engine/events.js";
import type { Kept, PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { changed, engineKinds, eventsOf, openGate, sharedCells, statesOf } from "../../../support/engines.js";
import { kept, packedGraph, requestOf, result } from "../../../support/packed-graphs.js";

describe.each(engineKinds)("%s", (_, make) => {
  let engine: Engine;
  beforeEach(() => {
    engine = make(2);
  });
  afterEach(() => engine.close());

  const start = (graph: PackedGraph): Run => engine.start(requestOf(graph, { independent: true }));

  /** How each task asked for ended, by key: its value, the message of its error, or "cancelled". */
  async function endings(graph: PackedGraph, run: Run): Promise<Record<string, unknown>> {
    // The columns of the graph may have moved to another thread.
    const { keys } = graph;
    const ended: Record<string, unknown> = {};
    for await (const event of run.events) {
      if (event.type !== "settled") continue;
      for (const [i, task] of event.task.entries()) ended[keys[task]!] = await endingOf(event, i);
    }
    return ended;
  }

  async function endingOf({ state, kept, error }: TasksSettled, i: number): Promise<unknown> {
    if (state === "finished") return (await engine.fetch!([kept[i]!]))[0];
    return error === undefined ? state : errorOf(error).message;
  }

  //  bad   a   c
  //   |   / \ /
  //  up  b   d
  test("a task that fails takes only those with it that need it", async () => {
    const graph = packedGraph(
      {
        bad: ["fail", "no"],
        up: ["inc", result("bad")],
        a: ["inc", 1],
        b: ["inc", result("a")],
        c: ["inc", 5],
        d: ["sum", result("a"), result("c")],
      },
      ["bad", "up", "b", "d", "c"],
    );
    const run = start(graph);
    const no = 'task bad failed: RangeError: no\n(in fail("no"))';
    expect(await endings(graph, run)).toEqual({ bad: no, up: no, b: 3, c: 6, d: 8 });
    expect(await run.results).toEqual([]);
    const events = await eventsOf(run);
    expect(events.at(-1)).toMatchObject({ type: "end", state: "erred" });
    expect(statesOf(events).up!.at(-1)).toBe(State.erred);
  });

  test("each result is told while others still run, and its handle works in other runs", async () => {
    const { buffer, cells } = sharedCells();
    const run = start(packedGraph({ slow: ["countAndBlock", buffer], quick: ["inc", 1] }, ["slow", "quick"]));
    const told = run.events[Symbol.asyncIterator]();
    let handle: Kept | undefined;
    while (handle === undefined) {
      const { value } = await told.next();
      if (value?.type === "settled") handle = value.kept[0];
    }
    const other = packedGraph({ more: ["inc", kept(handle)] }, ["more"]);
    expect(await engine.start(requestOf(other)).results).toEqual([3]);
    expect(cells[1]).toBe(0);
    openGate(cells);
    await run.results;
  });

  test("cancelled tasks never start, nor what needs them and what only they need", async () => {
    const { buffer, cells } = sharedCells(3);
    const graph = packedGraph(
      {
        one: ["countAndBlock", buffer],
        two: ["countAndBlock", buffer],
        load: ["count", buffer, 2],
        use: ["inc", result("load")],
        above: ["inc", result("use")],
        other: ["inc", 1],
      },
      ["one", "two", "use", "above", "other"],
    );
    const run = start(graph);
    while (cells[0]! < 2) await changed(cells, 0, cells[0]!);
    run.cancelTasks!([3]);
    // Answered after the cancel was heard.
    await engine.fetch!([]);
    openGate(cells);
    expect(await endings(graph, run)).toEqual({
      one: "done",
      two: "done",
      use: "cancelled",
      above: "cancelled",
      other: 2,
    });
    expect(cells[2]).toBe(0);
    expect((await eventsOf(run)).at(-1)).toMatchObject({ type: "end", state: "finished" });
  });

  test("a worker that is busy with a cancelled task is replaced, the other one goes on", async () => {
    const [loop, gate] = [sharedCells(), sharedCells()];
    const graph = packedGraph(
      { loop: ["loopForever", loop.buffer], block: ["countAndBlock", gate.buffer], a: ["inc", 1], b: ["inc", 2] },
      ["loop", "block", "a", "b"],
    );
    const run = start(graph);
    await changed(loop.cells, 0, 0);
    await changed(gate.cells, 0, 0);
    run.cancelTasks!([0]);
    const told = run.events[Symbol.asyncIterator]();
    const finished: number[] = [];
    while (finished.length < 2) {
      const { value } = await told.next();
      if (value?.type === "settled" && value.state === "finished") finished.push(...value.task);
    }
    expect(finished).toEqual([2, 3]);
    openGate(gate.cells);
    await run.results;
    expect([loop.cells[0], gate.cells[0]]).toEqual([1, 1]);
  });

  test("results leave the run as they are told, and cancelled ones are freed", async () => {
    const before = arena().used;
    const { buffer, cells } = sharedCells();
    const graph = packedGraph(
      {
        array: ["makeArray"],
        same: ["identity", result("array")],
        gone: ["pair", result("array"), result("slow")],
        slow: ["countAndBlock", buffer],
      },
      ["array", "same", "gone"],
    );
    const run = start(graph);
    await changed(cells, 0, 0);
    run.cancelTasks!([2]);
    await engine.fetch!([]);
    openGate(cells);
    const handles: Kept[] = [];
    for await (const event of run.events) if (event.type === "settled") handles.push(...event.kept);
    const values = (await engine.fetch!(handles)) as { tolist(): unknown }[];
    const rows = [
      [1, 4],
      [2, 5],
      [3, 6],
    ];
    expect(values.map((value) => value.tolist())).toEqual([rows, rows]);
    engine.releaseResults(values);
    engine.release(handles);
    await expect(engine.fetch!(handles)).rejects.toMatchObject({ name: "GraphError" });
    expect(arena().used).toBe(before);
  });

  test("a cancel of the whole run ends what is open", async () => {
    const { buffer, cells } = sharedCells();
    const graph = packedGraph({ loop: ["loopForever", buffer], next: ["inc", result("loop")] }, ["loop", "next"]);
    const run = start(graph);
    await changed(cells, 0, 0);
    run.cancel("enough");
    await expect(run.results).rejects.toMatchObject({ name: "CancelledError" });
    expect(await endings(graph, run)).toEqual({ loop: "cancelled", next: "cancelled" });
  });

  test("a task that ends its thread fails alone", async () => {
    const { buffer } = sharedCells();
    const graph = packedGraph({ dies: ["exitTimes", buffer, 9], a: ["inc", 1] }, ["dies", "a"]);
    const ended = await endings(graph, start(graph));
    expect(ended.a).toBe(2);
    expect(ended.dies).toContain("dies");
  });
});
