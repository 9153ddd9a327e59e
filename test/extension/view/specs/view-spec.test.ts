import * as vegaLite from "vega-lite";
import { datasetsOf } from "../../../../extension/src/view/datasets/datasets.js";
import type { NodesPlan, OverviewPlan } from "../../../../extension/src/view/plan/plan.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { compiledView, viewSpec } from "../../../../extension/src/view/specs/view-spec.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { compileSpec, renderSpec } from "../../../support/render-spec.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { largeGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const theme = PAGE_THEMES.light!;
const report = new SimulatedRun(reportGraph(), { workers: 3, failing: [8] });
const matmul = new SimulatedRun(matmulGraph(), { failing: [150], keepsGoing: true });
const large = new SimulatedRun(largeGraph(4_200), {});
const counters = new SimulatedRun(largeGraph(4_200), { countersOnly: true });

function drawn(store: RunStore, width = 960): { plan: NodesPlan | OverviewPlan; store: RunStore } {
  const plan = planView(store, width, { isOpen: true });
  if (plan.level === "line") throw new Error("expected a plan with a picture");
  return { plan, store };
}

const at = (run: SimulatedRun, share: number) => RunStore.fromBundle(run.bundleAt(run.end * share));

const CASES = {
  "pills, mid run": drawn(at(report, 0.5)),
  "pills, failed": drawn(at(report, 1)),
  "pills, planned": drawn(RunStore.fromBundle(report.planned())),
  "tiles, mid run": drawn(at(matmul, 0.5)),
  "tiles, planned": drawn(RunStore.fromBundle(matmul.planned())),
  "tiles, narrow": drawn(at(matmul, 0.5), 600),
  "buckets, mid run": drawn(at(large, 0.5)),
  "buckets, counters only": drawn(at(counters, 0.5)),
};

describe.each(Object.entries(CASES))("%s", (_, { plan, store }) => {
  const spec = viewSpec(plan, theme, "test");
  const compiled = compileSpec(spec);
  const data = datasetsOf(store, plan, theme);

  test("compiles without a warning", () => {
    expect(compiled.warnings).toEqual([]);
  });

  test("holds no data, and names exactly the datasets that have rows", () => {
    const sources = (compiled.spec.data ?? []).filter((source) => !("source" in source));
    expect(sources.every((source) => !("values" in source) && !("url" in source))).toBe(true);
    const names = sources.map(({ name }) => name).filter((name) => !name.startsWith("source_"));
    expect(new Set(names)).toEqual(new Set(Object.keys(data)));
  });

  test("draws a picture of the planned size", async () => {
    const svg = await renderSpec(compiledView(vegaLite.compile, plan, theme, "test"), data);
    const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([Number(width), Number(height)]).toEqual([plan.width, plan.height]);
  });

  test("gives every mark a place and a colour", () => {
    const values = Object.values(data).flatMap((rows) => rows.flatMap((row) => Object.values(row)));
    expect(values.filter((value) => value === undefined || Number.isNaN(value))).toEqual([]);
  });

  test("names every row once in its dataset", () => {
    for (const [name, rows] of Object.entries(data)) {
      expect([name, new Set(rows.map(({ id }) => id)).size]).toEqual([name, rows.length]);
    }
  });
});

/** Marks of a picture with this fill. */
function marksByFill(svg: string, fill: string): number {
  return svg.split(`fill="${fill}"`).length - 1;
}

test("the marks of the picture are the tasks of the run", async () => {
  const { plan, store } = CASES["tiles, mid run"];
  const data = datasetsOf(store, plan, theme);
  const svg = await renderSpec(compiledView(vegaLite.compile, plan, theme, "test"), {
    ...empty(data),
    tiles: data.tiles!,
  });
  const boxes = svg.match(/<path [^>]*fill-opacity="[^>]*>/g) ?? [];
  expect(boxes).toHaveLength(778);
  expect(marksByFill(svg, theme.hues[0]!)).toBe(64);
  expect(marksByFill(svg, theme.hues[1]!)).toBe(64);
  expect(marksByFill(svg, theme.error)).toBe(1);
});

test("a pill of a waiting task is drawn dashed", async () => {
  const { plan, store } = CASES["pills, mid run"];
  const svg = await renderSpec(compiledView(vegaLite.compile, plan, theme, "test"), datasetsOf(store, plan, theme));
  expect(svg.split('stroke-dasharray="3,3"').length - 1).toBe(store.forms().waiting);
});

function empty(data: Record<string, unknown>): Record<string, never[]> {
  return Object.fromEntries(Object.keys(data).map((name) => [name, []]));
}
