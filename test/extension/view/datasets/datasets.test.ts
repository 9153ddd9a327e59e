import { datasetsOf } from "../../../../extension/src/view/datasets/datasets.js";
import type { Datasets } from "../../../../extension/src/view/datasets/row.js";
import type { NodesPlan, OverviewPlan } from "../../../../extension/src/view/plan/plan.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { contrast } from "../../../../extension/src/view/theme/color.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { SimulatedRun, type SimulationOptions } from "../../../support/simulate-run.js";
import { largeGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const theme = PAGE_THEMES.light!;

interface Scene {
  readonly plan: NodesPlan | OverviewPlan;
  readonly store: RunStore;
  readonly data: Datasets;
}

function sceneOf(tasks: ReturnType<typeof reportGraph>, share: number, options: SimulationOptions = {}): Scene {
  const run = new SimulatedRun(tasks, options);
  const store = RunStore.fromBundle(run.bundleAt(run.end * share));
  const plan = planView(store, 960, { isOpen: true });
  if (plan.level === "line") throw new Error("expected a plan with a picture");
  return { plan, store, data: datasetsOf(store, plan, theme) };
}

test("a tile shows the form of its task by fill, opacity and outline", () => {
  const { store, data } = sceneOf(matmulGraph(), 0.5, { failing: [150], keepsGoing: true });
  const looks = new Map<string, Set<string>>();
  for (const { task, fill, o, strokeWidth } of data.tiles!) {
    const form = store.formOf(Number(task));
    const look = `${fill === theme.error ? "red" : "hue"} ${o} ${Number(strokeWidth) > 0 ? "outlined" : "plain"}`;
    looks.set(form, (looks.get(form) ?? new Set()).add(look));
  }
  expect(Object.fromEntries([...looks].map(([form, seen]) => [form, [...seen].join()]))).toEqual({
    done: "hue 1 plain",
    failed: "red 1 plain",
    running: "hue 0.6 outlined",
    queued: "hue 0.36 plain",
    waiting: "hue 0.15 plain",
    stopped: "hue 0 outlined",
  });
  expect(data.crosses).toHaveLength(1);
});

test("a function keeps its hue in tiles, bars and stream", () => {
  const { store, data } = sceneOf(matmulGraph(), 1);
  const task = Array.from(store.tasks.group).indexOf(4); // multiply
  const tile = data.tiles!.find((row) => row.task === task)!.fill;
  expect(data.stream!.find((row) => row.task === task)!.fill).toBe(tile);
  expect(data.bars!.find(({ id }) => id === "4 done")!.fill).toBe(tile);
});

test("a card with a failure is red, and the one behind it says what blocks it", () => {
  const { data } = sceneOf(matmulGraph(), 0.5, { failing: [150], keepsGoing: true });
  expect(data.cards!.filter(({ stroke }) => stroke === theme.error).map(({ id }) => id)).toEqual([2]);
  expect(data.cardNotes!.map(({ id, text }) => [id, text])).toEqual([[3, "blocked by 1 failed"]]);
});

test("a tile of many tasks fills up as far as they are done, with a red corner if one failed", () => {
  const { data, plan } = sceneOf(largeGraph(10_000), 0.5, { failing: [5_000], keepsGoing: true });
  const heights = data.levels!.filter(({ o }) => o === 1).map(({ y, y2 }) => Number(y2) - Number(y));
  const tile = (plan as OverviewPlan).graph.nodes[0]!.tile.height;
  expect(Math.max(...heights)).toBeCloseTo(tile, 6);
  expect(heights.some((height) => height > 0 && height < tile - 0.5)).toBe(true);
  expect(data.levels!.filter(({ fill }) => fill === theme.error)).toHaveLength(1);
});

test("where only counters are known the tiles show as many tasks as there are, sorted by form", () => {
  const { data } = sceneOf(largeGraph(10_000), 0.5, { countersOnly: true });
  const first = data.levels!.filter(({ id }) => String(id).startsWith("0 ")).map(({ o }) => o);
  expect(first).toEqual([...first].sort((a, b) => Number(b) - Number(a)));
  expect(data.stream).toEqual([]);
});

test("up to 2,000 started tasks have a box each in the stream, beyond they share slices of time", () => {
  const some = sceneOf(largeGraph(4_500), 0.3);
  expect(some.data.stream!.length).toBe(Array.from(some.store.tasks.start).filter((t) => t >= 0).length);
  const many = sceneOf(largeGraph(9_000), 0.9, { workers: 32, failing: [4_000], keepsGoing: true });
  expect(many.data.stream!.length).toBeLessThanOrEqual(2_000);
  expect(many.data.stream!.filter(({ fill }) => fill === theme.error)).toHaveLength(1);
});

test("boxes of the stream lie within their lanes and the axis", () => {
  for (const { plan, data } of [sceneOf(matmulGraph(), 0.5), sceneOf(largeGraph(9_000), 0.9)]) {
    const { stream } = (plan as OverviewPlan).panels!;
    for (const { x, x2, y, y2 } of data.stream!) {
      expect(Number(x)).toBeGreaterThanOrEqual(stream.axis[0]);
      expect(Number(x2)).toBeLessThanOrEqual(stream.axis[1] + 1);
      expect(Number(y)).toBeGreaterThanOrEqual(stream.lanesTop);
      expect(Number(y2)).toBeLessThanOrEqual(stream.lanesTop + stream.lanes * stream.laneHeight);
    }
  }
});

test("names and times of pills are readable on pills and on their progress, in every theme and state", () => {
  const runs = [sceneOf(reportGraph(), 0.5, { workers: 2 }), sceneOf(reportGraph(), 1, { failing: [8] })];
  for (const page of Object.values(PAGE_THEMES)) {
    for (const { store, plan } of runs) {
      const data = datasetsOf(store, plan, page);
      for (const fills of [[...data.pills!, ...data.waiting!], data.progress!]) {
        const inks = new Map([...data.names!, ...data.times!].map(({ id, color }) => [id, String(color)]));
        for (const { id, fill } of fills) expect(contrast(inks.get(id)!, String(fill))).toBeGreaterThanOrEqual(4.5);
      }
    }
  }
});

test("the progress of a pill lies inside its outline", () => {
  const { data, plan } = sceneOf(reportGraph(), 0.5, { workers: 3 });
  expect(data.progress).toHaveLength(2);
  for (const { id, x, x2, y, y2 } of data.progress!) {
    const { box } = (plan as NodesPlan).graph.nodes[Number(id)]!;
    expect([Number(x) > box.x, Number(x2) < box.x + box.width]).toEqual([true, true]);
    expect([Number(y) > box.y, Number(y2) < box.y + box.height]).toEqual([true, true]);
  }
});

test("a task that reports half its progress fills half its pill, one that reports nothing is pale all along", () => {
  const run = new SimulatedRun(reportGraph(), { workers: 2 });
  const store = RunStore.fromBundle(run.bundleAt(100));
  store.tasks.fraction[0] = 0.5;
  store.tasks.fraction[1] = 0;
  const plan = planView(store, 960);
  if (plan.level !== "nodes") throw new Error("expected pills");
  const [half, silent] = datasetsOf(store, plan, theme).progress!;
  const widthOf = ({ x, x2 }: Datasets[string][number]) => Number(x2) - Number(x);
  expect(widthOf(half!) / widthOf(silent!)).toBeCloseTo(0.5, 9);
  expect(contrast(String(silent!.fill), theme.card)).toBeLessThan(contrast(String(half!.fill), theme.card));
});

test("bars by function stand in the order of the cards, from left to right", () => {
  const { data, plan } = sceneOf(matmulGraph(), 1);
  const rows = [...data.barNames!].sort((a, b) => Number(a.y) - Number(b.y)).map(({ id }) => Number(id));
  const left = rows.map((card) => (plan as OverviewPlan).graph.nodes[card]!.box.x);
  expect(left).toEqual([...left].sort((a, b) => a - b));
});
