import { MessageChannel, type MessagePort } from "node:worker_threads";
import { EngineHost } from "../../../../kernel/src/dag/engine/engine-host.js";
import type { RunEvent } from "../../../../kernel/src/dag/engine/events.js";
import { RemoteEngine } from "../../../../kernel/src/dag/engine/remote-engine.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { changed, eventsOf, sharedCells } from "../../../support/engines.js";
import { packedGraph, requestOf } from "../../../support/packed-graphs.js";

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
