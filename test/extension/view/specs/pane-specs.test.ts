import * as vega from "vega";
import * as vegaLite from "vega-lite";
import { PaneView } from "../../../../extension/src/view/chart/pane-view.js";
import { datasetsOf } from "../../../../extension/src/view/datasets/datasets.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { paneSpecs } from "../../../../extension/src/view/specs/pane-specs.js";
import { compiledView } from "../../../../extension/src/view/specs/view-spec.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { renderSpec } from "../../../support/render-spec.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { largeGraph, matmulGraph } from "../../../support/simulated-graphs.js";

const theme = PAGE_THEMES.light!;

function drawn(run: SimulatedRun, share: number, width = 960) {
  const store = RunStore.fromBundle(share < 0 ? run.planned() : run.bundleAt(run.end * share));
  const plan = planView(store, width);
  if (plan.level !== "overview" && plan.level !== "buckets") throw new Error("expected cards");
  const data = datasetsOf(store, plan, theme);
  return { plan, data, panes: paneSpecs(plan, theme, "what it is") };
}

const CASES = {
  tiles: drawn(new SimulatedRun(matmulGraph(), { failing: [150], keepsGoing: true }), 0.5),
  "tiles, narrow": drawn(new SimulatedRun(matmulGraph()), 0.5, 600),
  "tiles, planned": drawn(new SimulatedRun(matmulGraph()), -1),
  buckets: drawn(new SimulatedRun(largeGraph(9_000)), 0.5),
};

/** Marks by how they look, without their places. */
function marksOf(svg: string): string[] {
  return (svg.match(/<(path|text|line)[^>]*>/g) ?? [])
    .filter((mark) => !/class="(back|fore)ground"|fill-opacity="0"/.test(mark))
    .map((mark) => mark.replace(/transform="[^"]*"|x2="[^"]*"|y2="[^"]*"| d="[^"]*"/g, ""))
    .sort();
}

describe.each(Object.entries(CASES))("%s", (_, { plan, data, panes }) => {
  test("the panes together show what the whole picture shows", async () => {
    const views = panes.map(({ spec }) => new PaneView(vega, vegaLite.compile(spec).spec, { renderer: "none" }));
    for (const view of views) view.update(data);
    const svgs = await Promise.all(views.map(({ view }) => view.toSVG()));
    const whole = await renderSpec(compiledView(vegaLite.compile, plan, theme, "what it is"), data);
    expect(svgs.flatMap(marksOf).sort()).toEqual(marksOf(whole));
  });

  test("each pane is as large as its place, all lie within the picture, and none hides another's panel", () => {
    const sizes = panes.map(({ spec }) => new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none" }));
    for (const [k, { box }] of panes.entries()) {
      const { left, right, top, bottom } = { left: 0, right: 0, top: 0, bottom: 0, ...Object(sizes[k]!.padding()) };
      expect([sizes[k]!.width() + left + right, sizes[k]!.height() + top + bottom]).toEqual([box.width, box.height]);
      expect(box.x >= 0 && box.y >= 0).toBe(true);
      expect(box.x + box.width <= plan.width && box.y + box.height <= plan.height).toBe(true);
    }
    const [ground, tiles, ...others] = panes.map(({ box }) => box);
    expect([tiles!.x, tiles!.y, tiles!.width]).toEqual([ground!.x, ground!.y, ground!.width]);
    for (const [k, a] of [ground!, ...others].entries()) {
      for (const b of [ground!, ...others].slice(k + 1)) {
        expect(a.x + a.width <= b.x || a.y + a.height <= b.y).toBe(true);
      }
    }
  });
});
