import { jest } from "@jest/globals";
import type { RunListMessage } from "../../../kernel/src/dashboard/messages.js";
import { asWatchMessage, RunList } from "../../../kernel/src/dashboard/run-list.js";
import { RunStore } from "../../../kernel/src/dashboard/run-store.js";
import { simulate, smallGraph } from "../../support/simulated-run.js";

function watched(pool = () => ({ workers: 4, bytes: 0, limit: 1_000 })) {
  const list = new RunList(pool, () => 7);
  const told: RunListMessage[] = [];
  const watcher = { send: (message: RunListMessage) => told.push(message) };
  return { list, told, watcher };
}

function started(run: string, failing?: number) {
  const [start, ...events] = simulate(smallGraph(), {
    run,
    title: run,
    workers: 4,
    ...(failing !== undefined && { failing }),
  });
  return { store: new RunStore(start), events };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test("a watcher hears at once how all runs stand, newest first", () => {
  const { list, told, watcher } = watched();
  list.add(started("first").store);
  list.add(started("second").store);
  list.watch(watcher);
  expect(told[0].runs.map(({ run, state, n, done, running }) => ({ run, state, n, done, running }))).toEqual([
    { run: "second", state: "running", n: 13, done: 0, running: 0 },
    { run: "first", state: "running", n: 13, done: 0, running: 0 },
  ]);
  expect(told[0].pool).toEqual({ workers: 4, running: 0, bytes: 0, limit: 1_000 });
});

test("changes are told twice a second at most, and only when there are some", () => {
  const { list, told, watcher } = watched();
  const { store, events } = started("run");
  list.add(store);
  list.watch(watcher);
  jest.advanceTimersByTime(5_000);
  expect(told.length).toBe(1);
  for (const event of events) {
    store.apply(event);
    jest.advanceTimersByTime(20);
  }
  jest.advanceTimersByTime(500);
  expect(told.length).toBeLessThanOrEqual(2 + (events.length * 20) / 500);
  expect(told.at(-1)!.runs[0]).toMatchObject({ state: "finished", done: 13, erred: 0, running: 0 });
});

test("nothing is looked at while nobody watches", () => {
  const { list, told, watcher } = watched();
  list.watch(watcher);
  list.unwatch(watcher);
  list.add(started("run").store);
  jest.advanceTimersByTime(5_000);
  expect([told.length, jest.getTimerCount()]).toEqual([1, 0]);
});

test("a task that threw is counted, those that need it are not", () => {
  const { list, told, watcher } = watched();
  const { store, events } = started("run", 8);
  for (const event of events) store.apply(event);
  list.add(store);
  list.end("run");
  list.watch(watcher);
  expect(told[0].runs[0]).toMatchObject({ state: "erred", erred: 1, running: 0 });
});

test("a run that the kernel has forgotten is not listed", () => {
  const { list, told, watcher } = watched();
  list.add(started("run").store);
  list.remove("run");
  list.watch(watcher);
  expect(told[0].runs).toEqual([]);
});

test("before there is a pool, it has no workers", () => {
  const told: RunListMessage[] = [];
  const list = new RunList(() => undefined);
  list.watch({ send: (message) => told.push(message) });
  expect(told[0].pool).toEqual({ workers: 0, running: 0, bytes: 0, limit: 0 });
  jest.clearAllTimers();
});

test.each([undefined, null, 3, "watch", {}, { kind: "subscribe", run: "a" }, { kind: ["watch"] }])(
  "%j is no wish to watch",
  (data) => {
    expect(asWatchMessage(data)).toBeUndefined();
  },
);

test("a run that begins after a quiet while is told at once, and so is its pause", () => {
  const { list, told, watcher } = watched();
  list.watch(watcher);
  jest.advanceTimersByTime(499);
  list.add(started("early").store);
  // Twice a second at most: the list was told just before.
  expect(told.length).toBe(1);
  jest.advanceTimersByTime(1_000);
  const { store } = started("later");
  list.add(store);
  expect(told.at(-1)!.runs.map(({ run }) => run)).toEqual(["later", "early"]);
  jest.advanceTimersByTime(1_000);
  store.apply({ type: "paused", run: "later", time: 1, isPaused: true });
  list.lookSoon();
  expect(told.at(-1)!.runs[0]).toMatchObject({ run: "later", isPaused: true });
});

test("a watcher that has not asked for three minutes is forgotten, one that asks every minute is not", () => {
  const { list, told, watcher } = watched();
  const crashed: RunListMessage[] = [];
  list.watch({ send: (message: RunListMessage) => crashed.push(message) });
  list.watch(watcher);
  for (let minute = 0; minute < 5; minute++) {
    jest.advanceTimersByTime(60_000);
    list.watch(watcher);
  }
  list.add(started("run").store);
  jest.advanceTimersByTime(1_000);
  expect(crashed.length).toBe(1);
  expect(told.at(-1)!.runs.map(({ run }) => run)).toEqual(["run"]);
});
