import type { Card, OverviewPlan } from "../../../../extension/src/view/plan/plan.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun, type SimulatedTask } from "../../../support/simulate-run.js";
import {
  chainGraph,
  flightsGraph,
  largeGraph,
  lineGraph,
  manyFunctionsGraph,
  matmulGraph,
  reportGraph,
} from "../../../support/simulated-graphs.js";

function storeOf(tasks: readonly SimulatedTask[], options = {}): RunStore {
  return RunStore.fromBundle(new SimulatedRun(tasks, options).bundleAt(0));
}

function overviewOf(tasks: readonly SimulatedTask[], width = 960, options = {}): OverviewPlan {
  const plan = planView(storeOf(tasks, options), width);
  if (plan.level !== "overview" && plan.level !== "buckets") throw new Error(`expected an overview, got ${plan.level}`);
  return plan;
}

const tilesOf = (cards: readonly Card[]) => cards.reduce((sum, { tileCount }) => sum + tileCount, 0);

test("the number of tasks decides what is drawn", () => {
  const levels = [lineGraph(), reportGraph(), flightsGraph(), matmulGraph(), largeGraph(5_000)].map(
    (tasks) => planView(storeOf(tasks), 960).level,
  );
  expect(levels).toEqual(["line", "nodes", "overview", "overview", "buckets"]);
});

test("a small graph shows its tasks when the reader opens it, or when it was only drawn", () => {
  expect(planView(storeOf(lineGraph()), 960, { isOpen: true }).level).toBe("nodes");
  expect(planView(RunStore.fromBundle(new SimulatedRun(lineGraph()).planned()), 960).level).toBe("nodes");
});

test("more than sixteen tasks side by side are tiles, however few they are in all", () => {
  const wide = (n: number) => Array.from({ length: n }, () => ({ name: "f", needs: [], ms: 1 }));
  expect([16, 17].map((n) => planView(storeOf(wide(n)), 960).level)).toEqual(["nodes", "overview"]);
});

test("up to 4,000 tasks have a tile each, beyond a tile is a round number of tasks", () => {
  const plans = [matmulGraph(), largeGraph(3_900), largeGraph(5_000), largeGraph(50_000)].map((tasks) =>
    overviewOf(tasks),
  );
  expect(plans.map((plan) => [plan.tasksPerTile, plan.note])).toEqual([
    [1, ""],
    [1, ""],
    [5, "1 tile = 5 tasks"],
    [25, "1 tile = 25 tasks"],
  ]);
  for (const plan of plans) expect(tilesOf(plan.graph.nodes)).toBeLessThanOrEqual(plan.hasLevels ? 2_100 : 4_000);
});

test("every tile lies within its card", () => {
  for (const tasks of [flightsGraph(), matmulGraph(), largeGraph(3_900), largeGraph(50_000)]) {
    for (const { box, tiles, tile, tileCount } of overviewOf(tasks).graph.nodes) {
      const right = tiles.x + (Math.min(tiles.columns, tileCount) - 1) * tiles.step + tile.width;
      const bottom = tiles.y + (Math.ceil(tileCount / tiles.columns) - 1) * tiles.step + tile.height;
      expect(right).toBeLessThanOrEqual(box.x + box.width);
      expect(bottom).toBeLessThanOrEqual(box.y + box.height);
    }
  }
});

test("at most 24 cards, at most 7 below each other, every function on one, and the rest is said", () => {
  const { graph, note } = overviewOf(manyFunctionsGraph(40));
  expect(graph.nodes.length).toBeLessThanOrEqual(24);
  expect(graph.nodes.flatMap(({ groups }) => groups).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, g) => g),
  );
  expect(note).toBe(`40 functions on ${graph.nodes.length} cards: click one that has several`);
  const columns = new Map<number, number>();
  for (const { box } of graph.nodes) columns.set(box.x, (columns.get(box.x) ?? 0) + 1);
  expect(Math.max(...columns.values())).toBeLessThanOrEqual(7);
});

test("thirty functions in a row share cards with their neighbours", () => {
  const chain = Array.from({ length: 30 }, (_, k) => ({ name: `f${k}`, needs: k === 0 ? [] : [k - 1], ms: 1 }));
  const tasks = chain.concat(chain.map(({ name, needs }) => ({ name, needs: needs.map((d) => d + 30), ms: 1 })));
  const third = tasks.concat(chain.map(({ name, needs }) => ({ name, needs: needs.map((d) => d + 60), ms: 1 })));
  const { graph } = overviewOf(third);
  expect(graph.nodes).toHaveLength(24);
  expect(graph.edges).toHaveLength(23);
});

test("the picture fills the width and no more, from 600 to 1,400 pixels", () => {
  for (const width of [600, 719, 720, 960, 1_400]) expect(overviewOf(matmulGraph(), width).width).toBe(width);
});

test("bars and stream stand below each other where the page is narrow", () => {
  expect([719, 720].map((width) => overviewOf(matmulGraph(), width).panels?.isStacked)).toEqual([true, false]);
});

test("a graph that was only drawn has no bars and no stream", () => {
  const plan = planView(RunStore.fromBundle(new SimulatedRun(matmulGraph()).planned()), 960);
  expect(plan).toMatchObject({ level: "overview", panels: undefined });
});

const pillsOf = (tasks: readonly SimulatedTask[], width: number, store = storeOf(tasks)) => {
  const plan = planView(store, width, { isOpen: true });
  if (plan.level !== "nodes") throw new Error(`expected pills, got ${plan.level}`);
  return plan;
};

test("pills give up their times before they are cut, and a long chain is as wide as it must be", () => {
  const plans = [960, 600].map((width) => pillsOf(reportGraph(), width));
  expect(plans.map(({ width, hasTimes }) => [width, hasTimes])).toEqual([
    [960, true],
    [600, false],
  ]);
  const chain = pillsOf(chainGraph(20), 960);
  expect(chain.width).toBeGreaterThan(2_500);
  expect(chain.hasTimes).toBe(true);
});

test("pills are as wide as the names of their column, and names that are cut keep their end and number", () => {
  const task = (name: string, needs: number[]) => ({ name, needs, ms: 1 });
  const wide = [0, 1, 2, 3].flatMap(() => [task("read", []), task("readFlightsOfYear-sumByAirport-mergeWeeks", [0])]);
  const { nodes } = pillsOf(wide, 960).graph;
  expect(nodes.map(({ label }) => label).slice(0, 2)).toEqual(["read 0", "readFlightsOfYear-sumByAi…t-mergeWeeks 0"]);
  expect(nodes[0]!.box.width).toBeLessThan(nodes[1]!.box.width);
  const narrow = pillsOf(wide, 400);
  expect([narrow.width, narrow.graph.nodes[3]!.label]).toEqual([400, "readFlights…Weeks 1"]);
});

test("pills of a graph that has not run have no room for times", () => {
  const tasks = [0, 0].map(() => ({ name: "readFlightsOfOneYear", needs: [], ms: 1 }));
  const planned = pillsOf(tasks, 960, RunStore.fromBundle(new SimulatedRun(tasks).planned()));
  expect(pillsOf(tasks, 960).graph.nodes[0]!.box.width - planned.graph.nodes[0]!.box.width).toBe(58);
});

test("tasks that do not need each other stand in even rows", () => {
  const alone = Array.from({ length: 8 }, () => ({ name: "uniform", needs: [], ms: 1 }));
  const { nodes } = pillsOf(alone, 960).graph;
  const rows = new Map<number, number>();
  for (const { box } of nodes) rows.set(box.y, (rows.get(box.y) ?? 0) + 1);
  expect([...rows.values()]).toEqual([4, 4]);
});

test("above 32 workers several share a lane", () => {
  const { panels } = overviewOf(matmulGraph(), 960, { workers: 100 });
  expect(panels?.stream).toMatchObject({ lanes: 25, workersPerLane: 4 });
});

test("a page narrower than 400 pixels scrolls", () => {
  expect(overviewOf(matmulGraph(), 300).width).toBeGreaterThanOrEqual(400);
});

test("the plan is the same at every moment of a run", () => {
  const run = new SimulatedRun(matmulGraph(), { failing: [420] });
  const plans = [0, 0.5, 1].map((share) => planView(RunStore.fromBundle(run.bundleAt(run.end * share)), 960));
  expect(plans[1]).toEqual(plans[0]);
  expect(plans[2]).toEqual(plans[0]);
});

test("of half a million tasks a card with room tells its counts, a narrower one the share that is done", () => {
  const { graph } = overviewOf(largeGraph(500_000), 960, { bucketSize: 500 });
  expect(graph.nodes.map(({ name, count }) => [name, count])).toEqual([
    ["load", "full"],
    ["clean", "full"],
    ["count", "share"],
    ["merge", "share"],
    ["total", "share"],
  ]);
});
