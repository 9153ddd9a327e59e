import * as vegaLite from "vega-lite";
import { compareRuns } from "../../../../extension/src/view/compare/comparison.js";
import { planComparison } from "../../../../extension/src/view/compare/comparison-plan.js";
import { comparisonRows } from "../../../../extension/src/view/compare/comparison-rows.js";
import { comparisonSpec, compiledComparison } from "../../../../extension/src/view/compare/comparison-spec.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { formatsFor } from "../../../../extension/src/view/text/formats.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { compileSpec, renderSpec } from "../../../support/render-spec.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { manyFunctionsGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";
import { runOf } from "../../../support/two-functions.js";

const theme = PAGE_THEMES.light!;
const formats = formatsFor("en");
const at = (run: SimulatedRun, share: number) => RunStore.fromBundle(run.bundleAt(run.end * share));
const large = at(new SimulatedRun(matmulGraph(), { workers: 8 }), 1);
const halfway = at(new SimulatedRun(matmulGraph(), { workers: 4, failing: [150], keepsGoing: true }), 0.5);
const other = at(new SimulatedRun(reportGraph(), { workers: 3 }), 1);
const counters = at(new SimulatedRun(matmulGraph(), { countersOnly: true }), 1);
const many = at(new SimulatedRun(manyFunctionsGraph(40), { workers: 40 }), 1);

const CASES = {
  "two runs": [large, halfway, 960],
  "different graphs": [large, other, 960],
  "sums only": [counters, large, 960],
  "a narrow page": [large, halfway, 480],
  "many functions and workers": [many, many, 960],
} as const;

describe.each(Object.entries(CASES))("%s", (_, [a, b, width]) => {
  const plan = planComparison(a, b, width);
  const data = comparisonRows(compareRuns(a, b), plan, theme, formats);

  test("compiles without a warning, and names exactly the datasets that have rows", () => {
    const { spec, warnings } = compileSpec(comparisonSpec(plan, theme, "test"));
    expect(warnings).toEqual([]);
    const names = (spec.data ?? []).filter((source) => !("source" in source)).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(Object.keys(data)));
  });

  test.each(Object.entries(PAGE_THEMES))("draws a picture of the planned size: %s", async (_name, colours) => {
    const spec = compiledComparison(vegaLite.compile, plan, colours, "test");
    const svg = await renderSpec(spec, comparisonRows(compareRuns(a, b), plan, colours, formats));
    const [, drawn, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([Number(drawn), Number(height)]).toEqual([plan.width, plan.height]);
  });

  test("names every row once in its dataset, and gives it a place and a colour", () => {
    for (const [name, rows] of Object.entries(data)) {
      expect([name, new Set(rows.map(({ id }) => id)).size]).toEqual([name, rows.length]);
      expect(rows.flatMap(Object.values).filter((value) => value === undefined || Number.isNaN(value))).toEqual([]);
    }
  });

  test("texts of one row do not touch each other", () => {
    const { times, bar, difference, percent, tasks } = plan.differences;
    const edges = [...(times ?? []), ...bar, difference, percent, tasks ?? percent + 1];
    expect(edges).toEqual([...edges].sort((x, y) => x - y));
    expect(Math.max(...edges)).toBeLessThanOrEqual(plan.differences.width + 1);
  });
});

const rowsOf = (a: RunStore, b: RunStore) =>
  comparisonRows(compareRuns(a, b), planComparison(a, b, 960), theme, formats);

test("both streams are on one time axis: equal times are at equal places, and the shorter run ends earlier", () => {
  const rows = rowsOf(runOf([4, 100, 50]), runOf([4, 50, 25]));
  expect(rows["A ticks"]).toEqual(rows["B ticks"]);
  const end = (name: string) => Math.max(...rows[name]!.map(({ x2 }) => Number(x2)));
  const [from, to] = planComparison(runOf([4, 100, 50]), runOf([4, 50, 25]), 960).streams[0].axis;
  // A hairline is left free after each task.
  expect(end("A stream")).toBeCloseTo(to - 0.8, 5);
  // Two workers, two tasks of each function each, 2 ms to hand one over: 320 ms and 170 ms.
  expect((end("B stream") + 0.8 - from) / (to - from)).toBeCloseTo(170 / 320, 5);
});

test("both memory strips have one scale", () => {
  const [low, high] = [runOf([4, 100, 50]), runOf([8, 100, 50])];
  const rows = rowsOf(low, high);
  const height = (name: string) => Math.max(...rows[name]!.map(({ y, y2 }) => Number(y2) - Number(y)));
  expect(height("A memory") / height("B memory")).toBeCloseTo(low.peak / high.peak, 5);
});

test("a function has one hue in both runs and in its difference, wherever it stands in its graph", () => {
  const [a, b] = [runOf([2, 100, 50]), runOf([2, 100, 90])];
  const reversed = RunStore.fromBundle({
    ...b.bundle,
    groups: [...b.bundle.groups].reverse().map((group) => ({ ...group, dependencies: [] })),
    tasks: { ...b.bundle.tasks!, group: b.bundle.tasks!.group.map((group) => 2 - group) },
  });
  const rows = rowsOf(a, reversed);
  const fillsOf = (name: string, store: RunStore) =>
    new Map(rows[name]!.map(({ task, fill }) => [store.groups[store.tasks.group[Number(task)]!]!.name, fill]));
  const fills = { load: theme.hues[0], clean: theme.hues[1], total: theme.hues[2] };
  expect(Object.fromEntries(fillsOf("A stream", a))).toEqual(fills);
  expect(Object.fromEntries(fillsOf("B stream", reversed))).toEqual(fills);
  expect(rows.differenceBars!.map(({ fill }) => fill)).toEqual([theme.hues[1]]);
});

test("a bar goes to the left for less time, to the right for more, in proportion", () => {
  const rows = rowsOf(runOf([4, 100, 50]), runOf([4, 60, 130]));
  const middle = Number(rows.differenceZero![0]!.x);
  const [load, clean] = rows.differenceBars!.map(({ x, x2 }) => [Number(x) - middle, Number(x2) - middle] as const);
  expect(load![1]).toBe(0);
  expect(clean![0]).toBe(0);
  expect(-load![0] / clean![1]).toBeCloseTo(160 / 320, 5);
  expect(rows.differenceStrong!.map(({ text }) => text)).toEqual(["−0.16 s", "+0.32 s"]);
});

test("functions beyond 24 are counted in words", () => {
  const rows = rowsOf(many, many);
  expect(rows.differenceNames).toHaveLength(24);
  const names = new Set(many.groups.map(({ name }) => name)).size;
  expect(rows.differenceHeadsLeft!.map(({ text }) => text)).toContain(`and ${names - 24} more functions in the table`);
});
