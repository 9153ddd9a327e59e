import { describeRow } from "../../../../extension/src/view/chart/tooltip.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { formatsFor } from "../../../../extension/src/view/text/formats.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { largeGraph, matmulGraph } from "../../../support/simulated-graphs.js";

const run = new SimulatedRun(matmulGraph(), { failing: [150], keepsGoing: true });
const store = RunStore.fromBundle(run.bundleAt(run.end / 2));
const plan = planView(store, 960);

function contentOf(row: Record<string, unknown>) {
  if (plan.level === "line") throw new Error("expected a picture");
  return describeRow(row, store, plan, PAGE_THEMES.light!, formatsFor("en"));
}

test("a failed task says where and how long it ran, and what it threw", () => {
  const content = contentOf({ task: 150 })!;
  expect(content.title).toBe("describe-150");
  expect(content.lines.map(([name]) => name)).toEqual(["state", "worker", "started", "took", "RangeError"]);
  expect(content.lines[0]![1]).toBe("failed");
  expect(content.lines[4]![1]).toBe("expected a positive number, got -1");
});

test("a task that has not started says only how it stands", () => {
  expect(contentOf({ task: 777 })).toEqual({ title: "total-777", lines: [["state", "waiting"]] });
});

test("a card sums up its function", () => {
  const content = contentOf({ card: 2 })!;
  expect(content.title).toBe("describe");
  expect(content.lines.slice(0, 2)).toEqual([
    ["done", "63"],
    ["failed", "1"],
  ]);
  expect(content.lines[2]![0]).toBe("mean time");
});

test("what is neither a task nor a card has no tooltip", () => {
  expect(contentOf({ id: "now" })).toBeUndefined();
});

test("a tile of many tasks says which they are and how they stand", () => {
  const large = new SimulatedRun(largeGraph(12_000), {
    workers: 4,
    bucketSize: 10,
    failing: [4_617],
    keepsGoing: true,
  });
  const store = RunStore.fromBundle(large.bundleAt(large.end));
  const plan = planView(store, 960);
  if (plan.level !== "buckets") throw new Error("expected buckets");
  const second = store.sums!.buckets.first[1]!;
  const describe = (bucket: number) =>
    describeRow({ card: 1, bucket }, store, plan, PAGE_THEMES.light!, formatsFor("en"));
  expect(describe(second)).toEqual({
    title: "clean 1 … 10",
    lines: [
      ["done", "9"],
      ["failed", "1"],
    ],
  });
  expect(describe(second + 461)?.title).toBe("clean 4,611 … 4,615");
});
