import { MessageChannel, type MessagePort } from "node:worker_threads";
import { EngineHost } from "../../../../kernel/src/dag/engine/engine-host.js";
import type { RunEvent } from "../../../../kernel/src/dag/engine/events.js";
import { RemoteEngine } from "../../../../kernel/src/dag/engine/remote-engine.js";
import { SyncEngine } from "../../../../kernel/src/dag/engine/sync-engine.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import type { Kept } from "../../../../kernel/src/dag/graph/packed.js";
import { changed, eventsOf, sharedCells } from "../../../support/engines.js";
import { packedGraph, requestOf, result, type TaskSpec } from "../../../support/packed-graphs.js";

interface Observed {
  readonly title: string;
  readonly events: Promise<RunEvent[]>;
  readonly results: Promise<readonly unknown[]>;
}

let near: ThreadEngine;
let remote: RemoteEngine;
let hostPort: MessagePort;
let observed: Observed[];

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  hostPort = port2;
  near = new ThreadEngine({ workers: 1 });
  observed = [];
  new EngineHost(near, port2, (run, request) => {
    observed.push({ title: request.title, events: eventsOf(run), results: run.results });
    if (request.title === "to be stopped") run.cancel();
  });
  hostPort.unref();
  remote = new RemoteEngine(port1);
});
afterEach(() => near.close());

test("has the name of the engine on the other side after the first answer", async () => {
  await remote.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"]))).results;
  expect(remote.name).toBe(near.name);
});

test("moves the typed arrays of the graph", () => {
  const graph = packedGraph({ a: ["inc", 1] }, ["a"]);
  const { results } = remote.start(requestOf(graph));
  expect([graph.priority.length, graph.args.length]).toEqual([0, 0]);
  return expect(results).resolves.toEqual([2]);
});

test("shows every run to the host's observer, events but no results", async () => {
  const run = remote.start({ ...requestOf(packedGraph({ bad: ["fail", "no"] }, ["bad"])), title: "seen" });
  await expect(run.results).rejects.toThrow("no");
  expect(observed.map(({ title }) => title)).toEqual(["seen"]);
  expect(await observed[0].events).toEqual(await eventsOf(run));
  expect(await observed[0].results).toEqual([]);
});

test("tells what holds results of the other engine", async () => {
  expect(await remote.holders()).toEqual([]);
  const graph = packedGraph({ a: ["fillBlock", 12_500, 1], b: ["fillBlock", 12_500, 2] }, ["a", "b"]);
  const kept = (await remote.start(requestOf(graph, { keep: true })).results) as readonly Kept[];
  const holder = { owner: "persisted", bytes: 100_000, onDisk: 0, count: 1 };
  expect(await remote.holders()).toEqual([
    { ...holder, name: "a" },
    { ...holder, name: "b" },
  ]);
  remote.release(kept);
  expect(await remote.holders()).toEqual([]);
});

test("ends the events of a run that could not start", async () => {
  const run = remote.start(requestOf(packedGraph({ a: ["inc", 1] }, ["a"]), { workers: 0 }));
  await expect(run.results).rejects.toMatchObject({ name: "ArgumentError" });
  expect(await eventsOf(run)).toEqual([]);
});

test("rejects what runs when the other thread ends", async () => {
  const { buffer, cells } = sharedCells();
  const run = remote.start(requestOf(packedGraph({ loop: ["loopForever", buffer] }, ["loop"])));
  await changed(cells, 0, 0);
  const events = eventsOf(run);
  hostPort.close();
  await expect(run.results).rejects.toMatchObject({ name: "WorkerError" });
  expect((await events).at(-1)?.type).not.toBe("end");
});

test("shows a run of its own thread to the host's observer, without what it prints, and lets it be stopped there", async () => {
  const near = new SyncEngine((run, request) => void remote.show(run, request));
  const graph = packedGraph({ a: ["print", "hello"], b: ["wait", 5, 1] }, ["b"]);
  const run = near.start({ ...requestOf(graph), title: "debugged" });
  expect(await run.results).toEqual([1]);
  const told = (await eventsOf(run)).filter(({ type }) => type !== "output");
  expect(observed.map(({ title }) => title)).toEqual(["debugged"]);
  expect(await observed[0].events).toEqual(told);
  expect(await observed[0].results).toEqual([]);
  const chain: Record<string, TaskSpec> = { t0: ["wait", 5, 1] };
  for (let i = 1; i < 1_000; i++) chain[`t${i}`] = ["wait", 5, result(`t${i - 1}`)];
  const stopped = near.start({ ...requestOf(packedGraph(chain, ["t999"])), title: "to be stopped" });
  await expect(stopped.results).rejects.toMatchObject({ name: "CancelledError" });
});
