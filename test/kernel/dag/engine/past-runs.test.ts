import { MessageChannel } from "node:worker_threads";
import type { RepeatKind, Run, RunOptions } from "../../../../kernel/src/dag/engine/engine.js";
import { EngineHost } from "../../../../kernel/src/dag/engine/engine-host.js";
import { RemoteEngine } from "../../../../kernel/src/dag/engine/remote-engine.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import type { Kept } from "../../../../kernel/src/dag/graph/packed.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { changed, eventsOf, openGate, sharedCells } from "../../../support/engines.js";
import { kept, packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

let near: ThreadEngine;
let remote: RemoteEngine;
let seen: Map<string, Run>;
let again: Map<string, Run>;

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  near = new ThreadEngine({ workers: 2 });
  seen = new Map();
  again = new Map();
  new EngineHost(near, port2, (run) => seen.set(run.id, run));
  port2.unref();
  remote = new RemoteEngine(port1);
  remote.onRepeat((of, run) => again.set(of, run));
});
afterEach(() => near.close());

function start(
  tasks: Readonly<Record<string, TaskSpec>>,
  outputs: readonly string[],
  cell = "cell",
  options: RunOptions = {},
) {
  return remote.start({ ...requestOf(packedGraph(tasks, outputs), { ...options, isRepeatable: true }), cell });
}

/** Resolves with the run that repeats `run`, when this side has heard of it. */
async function repeat(run: Run, kind: RepeatKind): Promise<Run> {
  seen.get(run.id)!.repeat!(kind);
  // Answers come in order.
  await remote.holders();
  return again.get(run.id)!;
}

/** Waits for the end and gives the keys of the tasks that ran, and the state at the end. */
async function ranIn(run: Run): Promise<{ keys: readonly string[]; state: string }> {
  const events = await eventsOf(run);
  const start = events.find((event) => event.type === "start")!;
  const ran = new Set(events.flatMap((event) => (event.type === "tasks" ? started(event.task, event.state) : [])));
  const end = events.find((event) => event.type === "end")!;
  return { keys: [...ran].map((task) => start.keys[task]).sort(), state: end.state };
}

function started(tasks: Iterable<number>, states: { readonly [index: number]: number }): number[] {
  return [...tasks].filter((_, i) => states[i] === 2);
}

//   a
//   |
//   b  other
//    \ /
//   flaky
//   |
//  last
function flakyGraph(buffer: SharedArrayBuffer): Record<string, TaskSpec> {
  return {
    a: ["count", buffer, 0],
    b: ["inc", result("a")],
    other: ["inc", 10],
    flaky: ["failUntil", buffer, 1, result("b"), result("other")],
    last: ["inc", result("flaky")],
  };
}

test("a retry runs what failed and what waited for it, and reads the inputs that are there", async () => {
  const { buffer, cells } = sharedCells();
  const run = start(flakyGraph(buffer), ["last", "other"]);
  await expect(run.results).rejects.toThrow("not yet");
  await eventsOf(run);
  cells[1] = 1;
  const retried = await repeat(run, "failed");
  expect(await retried.results).toEqual([2, 11]);
  // `other` is asked for: what it gave is handed on.
  expect(await ranIn(retried)).toEqual({ keys: ["flaky", "last", "other"], state: "finished" });
  expect(cells[0]).toBe(1);
});

test("a retry that fails can be retried, and still nothing is computed twice", async () => {
  const { buffer, cells } = sharedCells();
  const run = start(flakyGraph(buffer), ["last"]);
  await expect(run.results).rejects.toThrow("not yet");
  await eventsOf(run);
  const second = await repeat(run, "failed");
  await expect(second.results).rejects.toThrow("not yet");
  await eventsOf(second);
  cells[1] = 1;
  const third = await repeat(second, "failed");
  expect(await third.results).toEqual([2]);
  expect(cells[0]).toBe(1);
});

test("after a run of another cell a retry computes its inputs again", async () => {
  const { buffer, cells } = sharedCells();
  const run = start(flakyGraph(buffer), ["last"]);
  await expect(run.results).rejects.toThrow("not yet");
  await eventsOf(run);
  await start({ a: ["inc", 1] }, ["a"], "another").results;
  cells[1] = 1;
  expect(await (await repeat(run, "failed")).results).toEqual([2]);
  expect(cells[0]).toBe(2);
});

test("a retry of a cancelled run goes on where it was", async () => {
  const { buffer, cells } = sharedCells();
  const tasks: Record<string, TaskSpec> = {
    a: ["inc", 1],
    gate: ["countAndBlock", buffer],
    sum: ["sum", result("a"), 5],
  };
  const run = start({ ...tasks, last: ["pair", result("gate"), result("sum")] }, ["last"]);
  await changed(cells, 0, 0);
  run.cancel();
  openGate(cells);
  await expect(run.results).rejects.toMatchObject({ name: "CancelledError" });
  await eventsOf(run);
  expect(await (await repeat(run, "failed")).results).toEqual([["done", 7]]);
});

test("a rerun runs the whole graph once more, also after a retry of a part", async () => {
  const { buffer, cells } = sharedCells();
  cells[1] = 1;
  const run = start(flakyGraph(buffer), ["last"]);
  expect(await run.results).toEqual([2]);
  await eventsOf(run);
  const second = await repeat(run, "all");
  expect(await second.results).toEqual([2]);
  expect(await ranIn(second)).toMatchObject({ keys: ["a", "b", "flaky", "last", "other"] });
  expect(cells[0]).toBe(2);
});

test("what was computed by a failed run is freed when another cell runs, and its literals with the engine", async () => {
  await remote.holders();
  const before = arena().used;
  const { buffer } = sharedCells();
  const tasks: Record<string, TaskSpec> = {
    big: ["fillBlock", 12_500, 1],
    bad: ["failUntil", buffer, 1, result("big")],
  };
  const run = start(tasks, ["bad"]);
  await expect(run.results).rejects.toThrow("not yet");
  await eventsOf(run);
  expect(await remote.holders()).toEqual([{ owner: "persisted", bytes: 100_000, onDisk: 0, count: 1, name: "big" }]);
  await start({ a: ["inc", 1] }, ["a"], "another").results;
  expect(await remote.holders()).toEqual([]);
  await near.close();
  expect(arena().used).toBe(before);
});

test("says why a run cannot run again", async () => {
  const { buffer, cells } = sharedCells();
  const run = start({ gate: ["countAndBlock", buffer] }, ["gate"]);
  await changed(cells, 0, 0);
  const { repeat } = seen.get(run.id)!;
  expect(() => repeat!("all")).toThrow(/still goes on: cancel it first/);
  openGate(cells);
  await run.results;
  await eventsOf(run);
  expect(() => repeat!("failed")).toThrow(/has finished, nothing in it has failed: run all of it again/);
  for (let i = 0; i < 20; i++) {
    const other = start({ a: ["inc", 1] }, ["a"]);
    await other.results;
  }
  expect(() => repeat!("all")).toThrow(/is not kept any more and cannot run again: run its cell/);
});

test("persisted results that a finished run has read are free at once when their owner drops them", async () => {
  await remote.holders();
  const before = arena().used;
  const [x] = (await start({ x: ["fillBlock", 12_500, 1] }, ["x"], "cell", { keep: true }).results) as Kept[];
  const run = start({ first: ["sumOfFirst", kept(x!)] }, ["first"]);
  expect(await run.results).toEqual([1]);
  await eventsOf(run);
  expect(await (await repeat(run, "all")).results).toEqual([1]);
  remote.release([x!]);
  await remote.holders();
  expect(arena().used).toBe(before);
  expect(() => seen.get(run.id)!.repeat!("all")).toThrow(
    /read persisted results that were released since: persist them again and run its cell/,
  );
});

test("a failed run keeps the persisted results that it reads until another cell runs", async () => {
  const { buffer, cells } = sharedCells();
  const [x] = (await start({ x: ["inc", 1] }, ["x"], "cell", { keep: true }).results) as Kept[];
  const run = start({ bad: ["failUntil", buffer, 1, kept(x!)] }, ["bad"]);
  await expect(run.results).rejects.toThrow("not yet");
  await eventsOf(run);
  remote.release([x!]);
  await expect((await repeat(run, "failed")).results).rejects.toThrow("not yet");
  await start({ a: ["inc", 1] }, ["a"], "another").results;
  cells[1] = 1;
  expect(() => seen.get(run.id)!.repeat!("failed")).toThrow(/were released since/);
});
