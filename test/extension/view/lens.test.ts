import { datasetsOf } from "../../../extension/src/view/datasets/datasets.js";
import { type Lens, panned, stretchAt, zoomAt } from "../../../extension/src/view/lens.js";
import type { OverviewPlan } from "../../../extension/src/view/plan/plan.js";
import { planView } from "../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../extension/src/view/store/run-store.js";
import { formatsFor } from "../../../extension/src/view/text/formats.js";
import { themeFrom } from "../../../extension/src/view/theme/theme.js";
import { SimulatedRun } from "../../support/simulate-run.js";
import { largeGraph, matmulGraph } from "../../support/simulated-graphs.js";

const panel = { width: 800, height: 300 };

test("the point under the pointer stays where it is while the graph is enlarged", () => {
  const once = zoomAt(undefined, 2, { x: 200, y: 100 }, panel)!;
  expect(once).toEqual({ scale: 2, x: -200, y: -100 });
  const twice = zoomAt(once, 1.5, { x: 600, y: 50 }, panel)!;
  const graphX = (600 - once.x) / once.scale;
  expect(graphX * twice.scale + twice.x).toBeCloseTo(600);
});

test("a graph never shows less than itself, and back at its own size it is not enlarged", () => {
  const zoom = zoomAt(undefined, 3, { x: 0, y: 0 }, panel)!;
  expect(panned(zoom, 500, 500, panel)).toEqual({ scale: 3, x: 0, y: 0 });
  expect(panned(zoom, -5_000, -5_000, panel)).toEqual({ scale: 3, x: -1_600, y: -600 });
  expect(zoomAt(zoom, 1 / 3, { x: 5, y: 5 }, panel)).toBeUndefined();
  expect(zoomAt(zoom, 1_000, { x: 5, y: 5 }, panel)?.scale).toBe(12);
});

test("the time under the pointer stays while the axis is stretched, and the axis stays within the run", () => {
  expect(stretchAt(undefined, 2, 5_000, 10_000)).toEqual([2_500, 7_500]);
  expect(stretchAt([2_500, 7_500], 2, 7_500, 10_000)).toEqual([5_000, 7_500]);
  expect(stretchAt(undefined, 2, 10_000, 10_000)).toEqual([5_000, 10_000]);
  expect(stretchAt([2_500, 7_500], 0.1, 5_000, 10_000)).toBeUndefined();
});

function rowsOf(run: SimulatedRun, lens: Lens) {
  const store = RunStore.fromBundle(run.bundleAt(run.end * 0.6));
  const plan = planView(store, 960) as OverviewPlan;
  return { store, plan, data: datasetsOf(store, plan, themeFrom({}), formatsFor("en"), undefined, lens) };
}
const run = new SimulatedRun(matmulGraph(), { workers: 8 });
const plain = rowsOf(run, {});

test("marked time leaves exactly the tasks that ran then as they were, and makes the others pale", () => {
  const brush = [run.end * 0.2, run.end * 0.22] as const;
  const { data, store } = rowsOf(run, { brush });
  const ran = [...store.tasks.start.entries()]
    .filter(([task, start]) => start >= 0 && start <= brush[1] && !(store.tasks.end[task]! < brush[0]))
    .map(([task]) => task);
  const kept = data.tiles!.filter((tile, k) => tile.o === plain.data.tiles![k]!.o).map((tile) => tile.task);
  expect(ran.length).toBeGreaterThan(5);
  expect(kept).toEqual(ran);
  expect(data.brush).toHaveLength(1);
});

test("a function that is pointed at stands out in graph, bars and stream", () => {
  const group = plain.store.groups.findIndex(({ name }) => name === "load_a");
  const { data, plan, store } = rowsOf(run, { groups: new Set([group]) });
  const ofGroup = (task: unknown) => store.tasks.group[Number(task)] === group;
  for (const [k, tile] of data.tiles!.entries()) expect(tile.o === plain.data.tiles![k]!.o).toBe(ofGroup(tile.task));
  for (const [k, box] of data.stream!.entries())
    expect(box.fill === plain.data.stream![k]!.fill).toBe(ofGroup(box.task));
  const card = plan.graph.nodes.findIndex(({ groups }) => groups.includes(group));
  const track = (k: number) => data.bars!.find(({ id }) => id === `${k} track`)!.o;
  expect([track(card), track(card + 1)]).toEqual([1, 0.22]);
});

test("an enlarged graph moves its rows and leaves legend, bars and stream alone", () => {
  const { data } = rowsOf(run, { zoom: { scale: 2, x: -10, y: -20 } });
  const [before, after] = [plain.data.tiles![40]!, data.tiles![40]!];
  expect([after.x, after.x2, after.y]).toEqual([
    Number(before.x) * 2 - 10,
    Number(before.x2) * 2 - 10,
    Number(before.y) * 2 - 20,
  ]);
  expect([data.legendTexts, data.bars, data.stream]).toEqual([
    plain.data.legendTexts,
    plain.data.bars,
    plain.data.stream,
  ]);
});

test("a stretched stream shows the tasks of its time over its whole width", () => {
  const span = [run.end * 0.3, run.end * 0.4] as const;
  const { data, store, plan } = rowsOf(run, { span });
  const shown = data.stream!.map(({ task }) => Number(task));
  const { start, end } = store.tasks;
  expect(shown.every((task) => start[task]! <= span[1] && (end[task]! < 0 || end[task]! >= span[0]))).toBe(true);
  const [from, to] = plan.panels!.stream.axis;
  expect(Math.min(...data.stream!.map(({ x }) => Number(x)))).toBe(from);
  expect(Math.max(...data.stream!.map(({ x2 }) => Number(x2)))).toBeGreaterThan(to - 3);
  expect(data.now).toEqual([]);
  // The memory strip has nothing of the time after: that would stand as a spike at its end.
  const times = store.memory.t.filter((t) => t > span[0] && t <= span[1]).length;
  expect(data.memory).toHaveLength(times + 2);
  expect(data.memory!.at(-1)!.y).toBe(data.memory!.at(-2)!.y);
});

test("of a run told by sums, functions that did not run in the marked time are pale", () => {
  const large = new SimulatedRun(largeGraph(12_000), { workers: 4, bucketSize: 10 });
  const { data, store } = rowsOf(large, { brush: [large.end * 0.1, large.end * 0.2] });
  const total = store.groups.findIndex(({ name }) => name === "total");
  const first = store.sums!.buckets.first[total]!;
  const o = (bucket: number) => data.tiles!.find((tile) => tile.bucket === bucket)!.o;
  expect(Number(o(first))).toBeLessThan(Number(o(0)) / 2);
});
