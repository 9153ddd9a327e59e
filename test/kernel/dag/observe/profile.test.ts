import { inspect } from "node:util";
import type { RunEvent } from "../../../../kernel/src/dag/engine/events.js";
import { RunProfile } from "../../../../kernel/src/dag/observe/profile.js";
import { RunTimeline } from "../../../../kernel/src/dag/observe/timeline.js";
import { displaySymbol } from "../../../../kernel/src/symbols.js";
import { changes, startOf } from "../../../support/run-events.js";

function timelineOf(events: readonly RunEvent[]): RunTimeline {
  const timeline = new RunTimeline();
  for (const event of events) timeline.apply(event);
  return timeline;
}

//     sum
//    /   \
//   a     b      b fails once and runs again
const start = startOf([
  ["a", "load"],
  ["b", "load"],
  ["sum", "add", 0, 1],
]);
const [first, second, last] = [
  { key: "a", group: "load" },
  { key: "b", group: "load" },
  { key: "sum", group: "add" },
];
const begun: readonly RunEvent[] = [
  start,
  changes([0, "queued", 0], [1, "queued", 0], [0, "processing", 2, 0], [1, "processing", 4, 1]),
  changes([1, "queued", 5], [1, "processing", 6, 0], [0, "memory", 12, 0]),
  { type: "sizes", run: "run-1", task: [0], bytes: [2_048] },
];
const events: readonly RunEvent[] = [
  ...begun,
  { type: "memory", run: "run-1", time: 13, bytes: 2_048 },
  changes([1, "memory", 26, 0], [2, "queued", 26], [2, "processing", 30, 1], [2, "memory", 38, 1]),
  { type: "sizes", run: "run-1", task: [1], bytes: [512] },
  changes([0, "released", 38], [1, "released", 38]),
  { type: "end", run: "run-1", state: "finished", time: 40, peak: 4_096 },
];

test("a profile tells the times of tasks, functions and workers", () => {
  const { title, state, ms, size, peak, functions, workers, tasks, criticalPath, parallelism } = new RunProfile(
    timelineOf(events),
  );
  expect({ title, state, ms, size, peak, parallelism }).toEqual({
    title: "total",
    state: "finished",
    ms: 40,
    size: 3,
    peak: 4_096,
    parallelism: 39 / 40,
  });
  expect(tasks).toEqual([
    { ...first, state: "released", worker: 0, start: 2, end: 12, ms: 10, wait: 2, attempts: 1, bytes: 2_048 },
    { ...second, state: "released", worker: 0, start: 6, end: 26, ms: 20, wait: 6, attempts: 2, bytes: 512 },
    { ...last, state: "memory", worker: 1, start: 30, end: 38, ms: 8, wait: 4, attempts: 1, bytes: undefined },
  ]);
  expect(functions).toEqual([
    { name: "load", count: 3, total: 31, mean: 31 / 3, max: 20, bytes: 2_560 },
    { name: "add", count: 1, total: 8, mean: 8, max: 8, bytes: 0 },
  ]);
  expect(workers).toEqual([
    { worker: 0, count: 2, busy: 30, idle: 10 },
    { worker: 1, count: 2, busy: 9, idle: 31 },
  ]);
  expect(criticalPath).toEqual({ keys: ["b", "sum"], ms: 28 });
});

test("a profile of a run that goes on counts running tasks up to its last event", () => {
  const { state, ms, tasks, criticalPath } = new RunProfile(timelineOf(begun));
  expect({ state, ms, criticalPath }).toEqual({
    state: "running",
    ms: 12,
    criticalPath: { keys: ["a"], ms: 10 },
  });
  expect(tasks.slice(1)).toEqual([
    {
      ...second,
      state: "processing",
      worker: 0,
      start: 6,
      end: undefined,
      ms: 6,
      wait: 6,
      attempts: 2,
      bytes: undefined,
    },
    {
      ...last,
      state: "waiting",
      worker: undefined,
      start: undefined,
      end: undefined,
      ms: 0,
      wait: undefined,
      attempts: 0,
      bytes: undefined,
    },
  ]);
});

test("a profile shows itself as a table, in a cell and as text", () => {
  const profile = new RunProfile(timelineOf(events));
  const text = [
    "total: finished, 3 tasks in 40 ms; 0.97 running on average; critical path 28 ms (2 tasks); peak memory 4.00 KiB",
    "",
    "function  runs  total ms  mean ms  max ms   results",
    "load         3        31     10.3      20  2.50 KiB",
    "add          1         8        8       8",
    "",
    "worker  runs  busy ms  idle ms",
    "0          2       30       10",
    "1          2        9       31",
  ].join("\n");
  expect([String(profile), inspect(profile)]).toEqual([text, text]);
  const shown = profile[displaySymbol]();
  expect(shown["text/plain"]).toBe(text);
  expect(shown["text/html"]).toContain(
    "<tr><th>load</th><td>3</td><td>31</td><td>10.3</td><td>20</td><td>2.50 KiB</td></tr>",
  );
});

test("a profile tells what was on disk, if anything was", () => {
  const whole = [
    ...events.slice(0, -1),
    { type: "end", run: "run-1", state: "finished", time: 40, peak: 4_096, spilled: 1_024 },
  ];
  const profile = new RunProfile(timelineOf(whole as readonly RunEvent[]));
  expect(profile.spilled).toBe(1_024);
  expect(profile.toString()).toContain("peak memory 4.00 KiB; at most 1.00 KiB on disk\n");
  expect(new RunProfile(timelineOf(events)).spilled).toBe(0);
});

test("names in the table of a profile are no markup, and many functions are summed up", () => {
  const tasks = Array.from({ length: 25 }, (_, i) => [`t${i}`, `<b>${i}`] as const);
  const ran = tasks.map((_, i) => changes([i, "processing", 0, 0], [i, "memory", 25 - i, 0]));
  const profile = new RunProfile(timelineOf([startOf(tasks), ...ran]));
  const html = String(profile[displaySymbol]()["text/html"]);
  expect([html.includes("<b>"), html.includes("&#60;b&#62;0")]).toEqual([false, true]);
  expect(String(profile)).toContain("5 more       5        15        3       5\n");
});
