import { setImmediate, setTimeout } from "node:timers/promises";
import { jest } from "@jest/globals";
import type { Run, RunRequest } from "../../../kernel/src/dag/engine/engine.js";
import { bundleOfGraph } from "../../../kernel/src/dashboard/bundle-of-graph.js";
import { RUN_MIME_TYPE, type RunBundle } from "../../../kernel/src/dashboard/messages.js";
import { begin, eventsOf, type FakeComm, FakeRun } from "../../support/played-dashboard.js";
import { simulate, smallGraph } from "../../support/simulated-run.js";

test("a run has one display in its cell and one final update with data, SVG, PNG and text", async () => {
  const { dashboard, published, observe } = begin();
  const run = observe("a");
  run.finish();
  await run.send(eventsOf("a"), true);
  await dashboard.settled("cell-1");
  expect(published.map(({ msgType, content, cell }) => [msgType, content.transient.display_id, cell])).toEqual([
    ["display_data", "dagbook-a", "cell-1"],
    ["update_display_data", "dagbook-a", "cell-1"],
  ]);
  const { data } = published[1].content;
  expect(Object.keys(data)).toEqual([RUN_MIME_TYPE, "image/svg+xml", "text/plain", "image/png"]);
  expect((data[RUN_MIME_TYPE] as RunBundle).state).toBe("finished");
  expect(Buffer.from(String(data["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
});

test("the runs of a loop share an output from the 21st on, which shows the newest", async () => {
  const { dashboard, published, observe } = begin();
  const runs = Array.from({ length: 23 }, (_, nth) => observe(`run-${nth}`));
  for (const [nth, run] of runs.entries()) {
    run.finish();
    await run.send(eventsOf(`run-${nth}`), true);
  }
  await dashboard.settled("cell-1");
  const displays = published.filter(({ msgType }) => msgType === "display_data");
  expect(displays.map(({ content }) => content.transient.display_id)).toEqual(
    Array.from({ length: 21 }, (_, nth) => `dagbook-run-${nth}`),
  );
  const shared = published.filter(({ content }) => content.transient.display_id === "dagbook-run-20");
  const shown = shared.map(({ content }) => content.data[RUN_MIME_TYPE] as RunBundle);
  expect(shown.map(({ run, state }) => [run, state])).toEqual([
    ["run-22", "running"],
    ["run-22", "finished"],
  ]);
});

test("each cell has outputs of its own for its first runs", async () => {
  const { dashboard, published } = begin();
  for (let nth = 0; nth < 40; nth++) {
    const run = new FakeRun(`run-${nth}`);
    dashboard.observe(run, { progress: true, cell: `cell-${nth % 2}` } as RunRequest);
    await run.send(eventsOf(run.id).slice(0, 1));
  }
  expect(new Set(published.map(({ content }) => content.transient.display_id)).size).toBe(40);
});

test("a run without progress leaves no trace", async () => {
  const { published, connect, observe } = begin();
  await observe("a", false).send(eventsOf("a"), true);
  const comm = connect();
  comm.onMessage?.({ kind: "subscribe", run: "a" });
  expect(published).toEqual([]);
  expect(comm.sent).toEqual([{ kind: "unknown", run: "a" }]);
});

test("several comms follow several runs, each what it asked for", async () => {
  const { connect, observe } = begin();
  const [a, b] = [observe("a"), observe("b")];
  await a.send(eventsOf("a").slice(0, 3));
  await b.send(eventsOf("b").slice(0, 3));
  const [one, both] = [connect(), connect()];
  one.onMessage?.({ kind: "subscribe", run: "a" });
  both.onMessage?.({ kind: "subscribe", run: "a" });
  both.onMessage?.({ kind: "subscribe", run: "b" });
  await a.send(eventsOf("a").slice(3), true);
  await b.send(eventsOf("b").slice(3), true);
  const heard = ({ sent }: FakeComm) => sent.filter(({ kind }) => kind === "end").map(({ run }) => run);
  expect([heard(one), heard(both)]).toEqual([["a"], ["a", "b"]]);
});

test("a comm can be opened with its first message", async () => {
  const { connect, observe } = begin();
  await observe("a").send(eventsOf("a").slice(0, 1));
  expect(connect({ kind: "subscribe", run: "a" }).sent.map(({ kind }) => kind)).toEqual(["snapshot"]);
});

test("cancel reaches the run, and only that run", async () => {
  const { connect, observe } = begin();
  const [a, b] = [observe("a"), observe("b")];
  connect().onMessage?.({ kind: "cancel", run: "b" });
  expect([a.cancelled, b.cancelled]).toEqual([[], ["cancelled in the view"]]);
});

test("malformed messages are dropped", async () => {
  const { connect, observe } = begin();
  const run = observe("a");
  await run.send(eventsOf("a").slice(0, 1));
  const comm = connect("nonsense");
  for (const data of [null, 1, {}, { kind: "cancel" }, { kind: "constructor", run: "a" }]) comm.onMessage?.(data);
  expect([comm.sent, run.cancelled]).toEqual([[], []]);
});

test("a closed comm gets nothing more", async () => {
  const { connect, observe } = begin();
  const run = observe("a");
  await run.send(eventsOf("a").slice(0, 1));
  const comm = connect({ kind: "subscribe", run: "a" });
  comm.onClose?.();
  await run.send(eventsOf("a").slice(1), true);
  expect(comm.sent.map(({ kind }) => kind)).toEqual(["snapshot"]);
});

test("the last 20 runs answer late subscribers with their end and its pictures; older ones are unknown", async () => {
  const { dashboard, published, connect, observe } = begin();
  for (let nth = 0; nth < 21; nth++) {
    const run = observe(`run-${nth}`);
    run.finish();
    await run.send(eventsOf(`run-${nth}`), true);
  }
  const comm = connect();
  for (const run of ["run-0", "run-1", "run-20"]) comm.onMessage?.({ kind: "subscribe", run });
  await dashboard.settled("cell-1");
  expect(comm.sent.map(({ kind, run, bundle }) => [kind, run, bundle?.state])).toEqual([
    ["unknown", "run-0", undefined],
    ["end", "run-1", "finished"],
    ["end", "run-20", "finished"],
  ]);
  const { [RUN_MIME_TYPE]: _, ...pictures } = published.at(-1)!.content.data;
  expect(comm.sent.at(-1)?.display).toEqual(pictures);
});

test("a run whose engine went away ends as cancelled", async () => {
  const { connect, observe } = begin();
  const run = observe("a");
  await run.send(eventsOf("a").slice(0, 5));
  const comm = connect({ kind: "subscribe", run: "a" });
  await run.send([], true);
  expect(comm.sent.at(-1)?.bundle?.state).toBe("cancelled");
});

test("events that cannot be read end the view with a line in the log, not the kernel", async () => {
  const { log, dashboard } = begin();
  const run = new FakeRun("a");
  const broken: Run = {
    id: "a",
    results: run.results,
    cancel: () => {},
    pause: () => {},
    resume: () => {},
    events: { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("the port is closed")) }) },
  };
  dashboard.observe(broken, { progress: true } as RunRequest);
  await setImmediate();
  expect(log).toEqual(["the view of run a stopped: Error: the port is closed"]);
});

test("idle does not wait for runs that go on", async () => {
  const { dashboard, observe } = begin();
  await observe("a").send(eventsOf("a").slice(0, 5));
  await expect(dashboard.settled("cell-1")).resolves.toBeUndefined();
});

test("a graph that has not run is shown as planned", () => {
  const [started] = simulate(smallGraph(), { run: "a", title: "report", workers: 4 });
  const data = bundleOfGraph(started);
  expect(data[RUN_MIME_TYPE]).toMatchObject({ state: "planned", n: 13, t1: null, now: 0 });
  expect(data["text/plain"]).toMatch(/^report · not run yet · 13 tasks\n/);
});

test("a view that watches hears of runs until it closes its comm", async () => {
  const { connect, observe } = begin();
  const run = observe("a");
  await run.send(eventsOf("a").slice(0, 3));
  const comm = connect({ kind: "watch" });
  expect(comm.sent).toMatchObject([{ kind: "runs", runs: [{ run: "a", title: "report", state: "running", n: 13 }] }]);
  comm.onClose?.();
  run.finish();
  await run.send(eventsOf("a").slice(3), true);
  expect(comm.sent.length).toBe(1);
  const late = connect({ kind: "watch" });
  expect(late.sent).toMatchObject([{ kind: "runs", runs: [{ run: "a", state: "finished", done: 13 }] }]);
  late.onClose?.();
});

test("where no view is, the picture of a run that is paused says so, and no longer when it goes on", async () => {
  const { published, observe } = begin();
  const run = observe("a");
  await run.send(eventsOf("a").slice(0, 5));
  const words = async (isPaused: boolean) => {
    await run.send([{ type: "paused", run: "a", time: 5, isPaused }]);
    const before = published.length;
    while (published.length === before) await setTimeout(50);
    return published.at(-1)!.content.data;
  };
  const paused = await words(true);
  expect(paused["text/plain"]).toMatch(/^report · paused · /);
  expect(paused["image/svg+xml"]).toMatch(/>paused · /);
  expect((await words(false))["text/plain"]).toMatch(/^report · running · /);
});

test("a run whose PNG takes too long is over in its cell before the cell is idle, and gets its PNG later", async () => {
  const { dashboard, published, observe } = begin();
  const run = observe("a");
  run.finish();
  await run.send(eventsOf("a"), true);
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] });
  const settled = dashboard.settled("cell-1");
  jest.advanceTimersByTime(1_000);
  jest.useRealTimers();
  await settled;
  const { data } = published.at(-1)!.content;
  expect((data[RUN_MIME_TYPE] as RunBundle).state).toBe("finished");
  expect(Object.keys(data)).not.toContain("image/png");
  await dashboard.settled("cell-1");
  expect(Object.keys(published.at(-1)!.content.data)).toContain("image/png");
});
