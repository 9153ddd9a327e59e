import { RunTimeline } from "../../../../kernel/src/dag/observe/timeline.js";
import { type TraceEvent, traceOf } from "../../../../kernel/src/dag/observe/trace.js";
import { changes, startOf } from "../../../support/run-events.js";

test("a trace is JSON in the Trace Event Format: named rows, an event per attempt, a counter of bytes", () => {
  const timeline = new RunTimeline();
  timeline.apply(
    startOf([
      ["a", "load"],
      ["b", "load"],
    ]),
  );
  timeline.apply(changes([0, "processing", 1, 0], [1, "processing", 2, 1], [0, "queued", 3], [0, "processing", 4, 2]));
  timeline.apply({ type: "memory", run: "run-1", time: 5, bytes: 100 });
  timeline.apply(changes([0, "memory", 6.5, 2]));
  timeline.apply({ type: "sizes", run: "run-1", task: [0], bytes: [100] });
  const task = { ph: "X", name: "load", cat: "task", pid: 1 };
  expect(JSON.parse(JSON.stringify(traceOf(timeline)))).toEqual({
    traceEvents: [
      { ph: "M", name: "process_name", pid: 1, tid: 0, args: { name: "total" } },
      { ph: "M", name: "thread_name", pid: 1, tid: 0, args: { name: "worker 0" } },
      { ph: "M", name: "thread_name", pid: 1, tid: 1, args: { name: "worker 1" } },
      { ph: "M", name: "thread_name", pid: 1, tid: 2, args: { name: "worker 2" } },
      { ...task, tid: 0, ts: 1_000, dur: 2_000, args: { key: "a", state: "queued" } },
      { ...task, tid: 1, ts: 2_000, dur: 4_500, args: { key: "b", state: "processing" } },
      { ...task, tid: 2, ts: 4_000, dur: 2_500, args: { key: "a", state: "memory", bytes: 100 } },
      { ph: "C", name: "memory", pid: 1, ts: 5_000, args: { bytes: 100 } },
    ],
    displayTimeUnit: "ms",
    otherData: { run: "run-1", title: "total", startedAt: "2030-01-01T00:00:00.000Z" },
  });
});

test("every event of a trace has the fields that its phase needs", () => {
  // The table of phases in the document of the format; a viewer drops events that lack one.
  const needed: Readonly<Record<TraceEvent["ph"], readonly string[]>> = {
    M: ["name", "ph", "pid", "args"],
    X: ["name", "ph", "ts", "dur", "pid", "tid"],
    C: ["name", "ph", "ts", "pid", "args"],
  };
  const timeline = new RunTimeline();
  timeline.apply(startOf(Array.from({ length: 50 }, (_, i) => [`t${i}`, "load"] as const)));
  for (let i = 0; i < 50; i++) {
    timeline.apply(changes([i, "processing", i, i % 2], [i, "memory", i + 1, i % 2]));
    timeline.apply({ type: "memory", run: "run-1", time: i + 1, bytes: 8 * i });
  }
  const { traceEvents } = traceOf(timeline);
  const missing = traceEvents.filter((event) => needed[event.ph].some((field) => !(field in event)));
  expect([traceEvents.length, missing]).toEqual([3 + 50 + 50, []]);
  // Complete events of one row must not overlap, or the viewer nests them.
  for (const row of [0, 1]) {
    const own = traceEvents.filter((event) => event.ph === "X" && event.tid === row) as { ts: number; dur: number }[];
    for (const [i, { ts }] of own.entries())
      if (i > 0) expect(ts).toBeGreaterThanOrEqual(own[i - 1].ts + own[i - 1].dur);
  }
});
