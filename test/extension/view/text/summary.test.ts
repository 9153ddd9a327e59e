import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { summary } from "../../../../extension/src/view/text/summary.js";
import { table } from "../../../../extension/src/view/text/table.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const run = new SimulatedRun(matmulGraph(), { title: "norm", failing: [150], keepsGoing: true });

test("a running run is summed up in words", () => {
  const text = summary(RunStore.fromBundle(run.bundleAt(run.end / 2)), "en");
  expect(text).toMatchObject({
    title: "norm",
    stateText: "running",
    doneText: "425 of 778 tasks",
    runningText: "8 running",
    failedText: "1 failed",
    stoppedText: "1 not run",
    elapsedText: "8.6 s elapsed",
    workersText: "8 workers",
    peakText: "peak memory 3.09 GiB",
  });
  expect(text.etaText).toMatch(/^about \d+ s left$/);
  expect(text.parts.map(({ form }) => form)).toEqual(["done", "failed", "running", "queued", "stopped"]);
  expect(text.parts[0]!.share).toBe(425 / 778);
});

test("an ended run says how long it took and nothing about the rest", () => {
  const ended = new SimulatedRun(reportGraph(), { workers: 1 });
  expect(summary(RunStore.fromBundle(ended.bundleAt(ended.end)), "en")).toMatchObject({
    stateText: "finished",
    doneText: "13 tasks",
    runningText: "",
    failedText: "",
    stoppedText: "",
    elapsedText: `${(ended.end / 1000).toFixed(2)} s`,
    etaText: "",
    workersText: "1 worker",
    peakText: "",
    fraction: 1,
  });
});

test("a run that takes under two seconds does not say when it ends, a longer one does", () => {
  const store = RunStore.fromBundle(new SimulatedRun(reportGraph(), { workers: 4 }).bundleAt(50));
  const means = store.groups.map(() => 100);
  expect(summary(store, "en", { elapsed: 1_500, means }).etaText).toBe("");
  expect(summary(store, "en", { elapsed: 60_000, means }).etaText).toMatch(/^about \d+ (s|min) left$/);
});

test("a graph that was only drawn has no times and no workers", () => {
  const text = summary(RunStore.fromBundle(run.planned()), "en");
  expect(text).toMatchObject({ stateText: "not run yet", doneText: "778 tasks", elapsedText: "", workersText: "" });
});

test("numbers follow the language", () => {
  const large = { ...run.bundleAt(0), n: 12_345 };
  expect(summary(RunStore.fromBundle(large), "de").doneText).toContain("12.345");
});

test("the table has a row per function with the same numbers", () => {
  const rows = table(RunStore.fromBundle(run.bundleAt(run.end / 2)), "en");
  expect(rows.map(({ name }) => name)).toEqual([
    "load_a",
    "load_b",
    "describe",
    "report",
    "multiply",
    "sum_block",
    "row_norm",
    "total",
  ]);
  expect(rows[2]).toMatchObject({ tasks: "64", done: "63", failed: "1", left: "0", note: "" });
  expect(rows[3]).toMatchObject({ tasks: "1", done: "0", failed: "0", left: "1", note: "blocked by 1 failed" });
});
