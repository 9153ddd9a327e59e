import * as vega from "vega";
import * as vegaLite from "vega-lite";
import { LiveChart } from "../../../../extension/src/view/chart/live-chart.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { largeGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const theme = PAGE_THEMES.light!;

function chartOf(store: RunStore, width = 960, more = {}): LiveChart {
  const plan = planView(store, width, { isOpen: true });
  if (plan.level === "line") throw new Error("expected a plan with a picture");
  return new LiveChart(undefined, store, plan, { vega, vegaLite, theme, ...more });
}

/** Marks as a set: an update appends what a fresh picture draws in order. */
function marksOf(svg: string): string[] {
  return svg
    .replace(/clip\d+|gradient_\d+/g, "")
    .split("<")
    .sort();
}

test.each([
  ["pills", new SimulatedRun(reportGraph(), { workers: 3, failing: [8] }), 1],
  ["tiles", new SimulatedRun(matmulGraph(5), { failing: [180], keepsGoing: true }), 1],
  ["buckets", new SimulatedRun(largeGraph(4_200)), 0.4],
])("%s after many updates are those of a fresh picture", async (_, run, until) => {
  const store = RunStore.fromBundle(run.bundleAt(0));
  const chart = chartOf(store);
  for (let step = 1; step <= 8; step++) {
    store.apply(run.delta((run.end * until * (step - 1)) / 8, (run.end * until * step) / 8, step));
    chart.update();
    await chart.ready();
  }
  const end = run.bundleAt(run.end * until);
  store.replace({ ...end, memory: { t: store.memory.t, bytes: store.memory.bytes }, peak: store.peak });
  chart.update();
  await chart.ready();
  const fresh = chartOf(store);
  await fresh.ready();
  expect(marksOf(await chart.toSVG())).toEqual(marksOf(await fresh.toSVG()));
});

test("an update touches only what changed", async () => {
  const run = new SimulatedRun(matmulGraph());
  const store = RunStore.fromBundle(run.bundleAt(run.end / 2));
  const chart = chartOf(store);
  await chart.ready();
  expect(chart.update()).toEqual({ inserted: 0, removed: 0, modified: 0 });
  const task = Array.from(store.tasks.state).indexOf(2);
  store.apply({
    kind: "delta",
    run: "run-1",
    seq: 1,
    now: store.elapsed,
    i: [task],
    s: [3],
    a: [store.tasks.start[task]!],
    b: [store.elapsed],
    w: [store.tasks.worker[task]!],
    pi: [],
    pf: [],
    memory: { t: [], bytes: [] },
    errors: [],
  });
  // its tile, its box in the stream, the count of its card, and bar, count and percentage of its function
  const { inserted, removed, modified } = chart.update();
  expect([inserted, removed]).toEqual([0, 0]);
  expect(modified).toBeGreaterThanOrEqual(5);
  expect(modified).toBeLessThanOrEqual(8);
});

test("a flush of 1,000 changes among 4,000 tiles touches rows in proportion", () => {
  const run = new SimulatedRun(largeGraph(4_000), { workers: 64 });
  const store = RunStore.fromBundle(run.bundleAt(0));
  const chart = chartOf(store);
  const delta = run.delta(0, run.end / 4, 1);
  store.apply(delta);
  const { inserted, removed, modified } = chart.update();
  expect(delta.i.length).toBeGreaterThan(900);
  // a tile each, a box of the stream for those that started, and some 260 bars, texts and ticks
  expect(inserted + removed + modified).toBeLessThanOrEqual(2 * delta.i.length + 260);
});

test("a stream never has more than 2,000 boxes and the graph never more than 4,300 tiles and levels", async () => {
  const run = new SimulatedRun(largeGraph(9_000), { workers: 32 });
  const chart = chartOf(RunStore.fromBundle(run.bundleAt(run.end * 0.7)));
  await chart.ready();
  const svg = await chart.toSVG();
  expect((svg.match(/<path /g) ?? []).length).toBeLessThan(2_000 + 4_300 + 400);
});

test("another theme draws the same picture in other colours", async () => {
  const run = new SimulatedRun(reportGraph(), { workers: 3 });
  const chart = chartOf(RunStore.fromBundle(run.bundleAt(run.end / 2)));
  chart.setTheme(PAGE_THEMES.dark!);
  await chart.ready();
  const svg = await chart.toSVG();
  expect(svg).toContain(`fill="${PAGE_THEMES.dark!.hues[0]}"`);
  expect(svg).toContain(`fill="${PAGE_THEMES.dark!.ground}"`);
  expect(chart.update()).toEqual({ inserted: 0, removed: 0, modified: 0 });
});

test("another width plans again and goes on updating", async () => {
  const run = new SimulatedRun(matmulGraph(4));
  const store = RunStore.fromBundle(run.bundleAt(0));
  const chart = chartOf(store);
  chart.resize(600);
  store.apply(run.delta(0, run.end / 2, 1));
  expect(chart.update().modified).toBeGreaterThan(50);
  await chart.ready();
  expect(await chart.toSVG()).toContain('width="600"');
});
