import { jest } from "@jest/globals";
import { type RunEvent, State } from "../../../kernel/src/dag/engine/events.js";
import { LiveRun, type Subscriber } from "../../../kernel/src/dashboard/live-run.js";
import type { DeltaMessage, KernelMessage } from "../../../kernel/src/dashboard/messages.js";
import { PastRuns } from "../../../kernel/src/dashboard/past-runs.js";
import { simulate, smallGraph } from "../../support/simulated-run.js";

const [simulated, ...events] = simulate(smallGraph(), { run: "r", title: "t", workers: 4 });

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function begin() {
  const shown: Readonly<Record<string, unknown>>[] = [];
  const live = new LiveRun({ ...simulated, time: Date.now() }, (data) => {
    shown.push(data);
  });
  return { live, shown };
}

class View implements Subscriber {
  readonly messages: KernelMessage[] = [];
  send(message: KernelMessage): void {
    this.messages.push(message);
  }
  get kinds(): string[] {
    return this.messages.map(({ kind }) => kind);
  }
  get deltas(): DeltaMessage[] {
    return this.messages.filter((message) => message.kind === "delta");
  }
}

function progress(fraction: number): RunEvent {
  return { type: "progress", run: "r", task: [0], fraction: [fraction] };
}

test("a run is shown at once: data, picture and text", () => {
  const { shown } = begin();
  expect(shown.map((data) => Object.keys(data))).toEqual([
    ["application/vnd.dagbook.run.v1+json", "image/svg+xml", "text/plain"],
  ]);
});

test("a subscriber gets a snapshot, then at most 20 deltas a second, numbered without gaps", () => {
  const { live } = begin();
  const view = new View();
  live.subscribe(view);
  live.apply(events[0]);
  live.apply({ type: "tasks", run: "r", task: [0], state: [State.processing], time: [1], worker: [0] });
  for (let ms = 0; ms < 999; ms++) {
    live.apply(progress(ms / 1_000));
    jest.advanceTimersByTime(1);
  }
  expect(view.kinds.slice(0, 2)).toEqual(["snapshot", "delta"]);
  expect(view.deltas.length).toBeGreaterThan(15);
  expect(view.deltas.length).toBeLessThanOrEqual(20);
  expect(view.deltas.map(({ seq }) => seq)).toEqual(view.deltas.map((_, nth) => nth + 1));
});

test("nothing is sent when nothing changed", () => {
  const { live } = begin();
  const view = new View();
  live.subscribe(view);
  jest.advanceTimersByTime(10_000);
  expect(view.kinds).toEqual(["snapshot"]);
});

test("who has unsubscribed gets nothing more", () => {
  const { live } = begin();
  const view = new View();
  live.subscribe(view);
  live.unsubscribe(view);
  live.apply(events[0]);
  jest.advanceTimersByTime(1_000);
  expect(view.kinds).toEqual(["snapshot"]);
});

test("a second view joins without a gap for either: the delta due goes out first", () => {
  const { live } = begin();
  const [first, second] = [new View(), new View()];
  live.subscribe(first);
  live.apply(events[0]);
  live.subscribe(second);
  jest.advanceTimersByTime(50);
  expect([first.kinds, second.kinds]).toEqual([["snapshot", "delta"], ["snapshot"]]);
  live.apply(events[1]);
  jest.advanceTimersByTime(50);
  const snapshot = second.messages[0];
  expect(snapshot.kind === "snapshot" && snapshot.bundle.seq).toBe(1);
  expect([first.deltas.map(({ seq }) => seq), second.deltas.map(({ seq }) => seq)]).toEqual([[1, 2], [2]]);
});

test("a snapshot asked for after a gap comes once", () => {
  const { live } = begin();
  const view = new View();
  live.snapshot(view);
  live.apply(events[0]);
  jest.advanceTimersByTime(1_000);
  expect(view.kinds).toEqual(["snapshot"]);
});

test("without a subscriber the output gets a picture a second, and only if something changed", () => {
  const { live, shown } = begin();
  for (let ms = 0; ms < 3_000; ms += 10) {
    live.apply(progress(ms / 3_000));
    jest.advanceTimersByTime(10);
  }
  expect(shown).toHaveLength(4);
  jest.advanceTimersByTime(5_000);
  expect(shown).toHaveLength(4);
});

test("with a subscriber the output is left alone until the end", () => {
  const { live, shown } = begin();
  live.subscribe(new View());
  live.apply(events[0]);
  jest.advanceTimersByTime(5_000);
  expect(shown).toHaveLength(1);
});

test("the end reaches every subscriber with the final bundle, and timers stop", () => {
  const { live } = begin();
  const view = new View();
  live.subscribe(view);
  for (const event of events) live.apply(event);
  const { bundle } = live.finish();
  expect(view.messages.at(-1)).toEqual({ kind: "end", run: "r", bundle });
  expect([bundle.state, bundle.t1, bundle.now, bundle.seq]).toEqual(["finished", 2_310, 2_310, 1]);
  expect(jest.getTimerCount()).toBe(0);
});

test("while it runs a run tells what the last finished run of the same graph took", () => {
  const past = new PastRuns();
  const runs = [events.length, events.length - 3, events.length].map((count) => {
    const live = new LiveRun({ ...simulated, time: Date.now() }, () => undefined, { pastRuns: past });
    const before = new View();
    live.snapshot(before);
    for (const event of events.slice(0, count)) live.apply(event);
    if (!live.hasEnded) live.apply({ type: "end", run: "r", state: "cancelled", time: 5, peak: 0 });
    return { told: before.messages[0], end: live.finish() };
  });
  const pasts = runs.map(({ told }) => (told.kind === "snapshot" ? told.bundle.past : undefined));
  const { t1, groups } = runs[0].end.bundle;
  const took = { elapsed: t1, means: groups.map(({ ms, n }) => ms / n) };
  expect(pasts).toEqual([undefined, took, took]);
  expect(runs[2].end.bundle.past).toBeUndefined();
});
