import * as vega from "vega";
import * as vegaLite from "vega-lite";
import { LiveChart } from "../../../../extension/src/view/chart/live-chart.js";
import { pictureSvg } from "../../../../extension/src/view/export/picture-svg.js";
import { vegaLiteSpec } from "../../../../extension/src/view/export/vega-lite-spec.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import type { ViewSpec } from "../../../../extension/src/view/specs/panel.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { PAGE_THEMES } from "../../../support/page-themes.js";
import { compileSpec, renderSpec } from "../../../support/render-spec.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { lineGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const theme = PAGE_THEMES.dark!;

function shown(run: SimulatedRun) {
  const store = RunStore.fromBundle(run.bundleAt(run.end));
  const plan = planView(store, 1100, { isOpen: true });
  if (plan.level === "line") throw new Error("expected a plan with a picture");
  return { store, plan };
}

const CASES = [
  ["five tasks", new SimulatedRun(lineGraph(), { workers: 2 })],
  ["pills", new SimulatedRun(reportGraph(), { workers: 3, failing: [8] })],
  ["tiles", new SimulatedRun(matmulGraph(5), { workers: 4 })],
] as const;

test.each(CASES)("the exported specification needs nothing else to be the picture: %s", async (_, run) => {
  const { store, plan } = shown(run);
  const spec = JSON.parse(JSON.stringify(vegaLiteSpec(store, plan, theme))) as ViewSpec;
  const compiled = compileSpec(spec);
  expect(compiled.warnings).toEqual([]);
  const svg = await renderSpec(compiled.spec, {});
  const marks = (text: string) => text.match(/<(path|text|rect)\b/g)!.length;
  const chart = new LiveChart(undefined, store, plan, { vega, vegaLite, theme });
  expect(marks(svg)).toBe(marks(await chart.toSVG()));
  chart.finalize();
});

test("the saved picture has the header above the chart, and says what it shows", async () => {
  const { store, plan } = shown(CASES[1][1]);
  const chart = new LiveChart(undefined, store, plan, { vega, vegaLite, theme });
  const picture = pictureSvg(store, theme, { svg: await chart.toSVG(), width: plan.width, height: plan.height });
  expect(picture).toMatchObject({ width: 1100, height: plan.height + 64 });
  expect(picture.svg).toMatch(/<title>[^<]*: failed · \d+ of 13 tasks · \d+ not run<\/title>/);
  expect(picture.svg).toMatch(/<desc>[^<]*1 failed[^<]*3 workers[^<]*<\/desc>/);
  expect(picture.svg).toContain(`fill="${theme.ground}"`);
  chart.finalize();
});

test("a hostile title is text in the picture", () => {
  const run = new SimulatedRun(lineGraph(), { title: '</title><script>x("&")</script>\u0000' });
  const { store } = shown(run);
  const { svg } = pictureSvg(store, theme, { svg: "<svg/>", width: 1100, height: 10 });
  expect(svg).not.toContain("<script");
  expect(svg).not.toContain("\u0000");
  expect(svg).toContain("&lt;/title&gt;&lt;script&gt;x(&quot;&amp;&quot;)");
});
