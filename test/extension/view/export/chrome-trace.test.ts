import { chromeTrace } from "../../../../extension/src/view/export/chrome-trace.js";
import { RunTimeline } from "../../../../kernel/src/dag/observe/timeline.js";
import { traceOf } from "../../../../kernel/src/dag/observe/trace.js";
import { bundleOf } from "../../../../kernel/src/dashboard/bundle.js";
import { RunStore } from "../../../../kernel/src/dashboard/run-store.js";
import { blockGraph, simulate, smallGraph } from "../../../support/simulated-run.js";
import { bundle } from "../../renderer/bundle.js";

interface Span {
  readonly ph: string;
  readonly ts?: number;
}

/** The same order for both, and no dust of binary fractions. */
function comparable(events: readonly object[]): unknown[] {
  const rounded = JSON.parse(JSON.stringify(events), (_, value: unknown) =>
    typeof value === "number" ? Math.round(value * 10) / 10 : value,
  ) as (Span & object)[];
  return rounded
    .map((event) => JSON.stringify(event, Object.keys(event).sort().concat(["key", "state", "bytes"])))
    .sort();
}

test.each([
  ["a run that failed", smallGraph(), { workers: 4, failing: 8 }],
  ["a run of 778 tasks", blockGraph(), { workers: 8 }],
])("%s has the trace that the library writes of it", (_, graph, options) => {
  const events = simulate(graph, { run: "r", title: "report", ...options });
  const timeline = new RunTimeline();
  const [started, ...later] = events;
  const store = new RunStore(started);
  timeline.apply(started);
  for (const event of later) {
    timeline.apply(event);
    store.apply(event);
  }
  const library = traceOf(timeline);
  const view = chromeTrace(bundleOf(store, { seq: 1, now: store.now, use: "saved" }));
  expect(view.otherData).toEqual(library.otherData);
  const tasks = (all: readonly object[]) => comparable(all.filter((event) => (event as Span).ph !== "C"));
  expect(tasks(view.traceEvents)).toEqual(tasks(library.traceEvents));
});

test("a task that still runs ends now, and memory is there", () => {
  const { traceEvents } = chromeTrace(bundle());
  expect(traceEvents).toContainEqual({
    ...{ ph: "X", name: "sum", cat: "task", pid: 1, tid: 1, ts: 60_000, dur: 60_000 },
    args: { key: "sum", state: "processing" },
  });
  expect(traceEvents).toContainEqual({ ph: "C", name: "memory", pid: 1, ts: 50_000, args: { bytes: 800 } });
});

test("a run whose tasks are not known has its names and its memory", () => {
  const phases = chromeTrace(bundle({ tasks: null })).traceEvents.map((event) => (event as Span).ph);
  expect(phases).toEqual(["M", "M", "M", "C"]);
});
