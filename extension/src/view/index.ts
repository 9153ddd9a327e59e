/**
 * The view of a run, without JupyterLab: what a run looks like (store, plan, theme) and the chart that
 * draws it into an element.
 *
 * ```ts
 * const store = RunStore.fromBundle(bundle);
 * const plan = planView(store, element.clientWidth);
 * if (plan.level !== "line") chart = new LiveChart(element, store, plan, { vega, vegaLite, theme: themeFrom(variables) });
 * if (store.apply(delta) === "gap") askForSnapshot(); else chart.update();
 * ```
 * @module
 */
export { type ChartOptions, LiveChart } from "./chart/live-chart.js";
export type { UpdateCounts } from "./chart/pane-view.js";
export type { TooltipContent } from "./chart/tooltip.js";
export { compareRuns } from "./compare/comparison.js";
export { ComparisonChart } from "./compare/comparison-chart.js";
export { type ComparisonText, comparisonText } from "./compare/comparison-text.js";
export { bundleOfStore } from "./export/bundle-of-store.js";
export { chromeTrace } from "./export/chrome-trace.js";
export { type Picture, pictureSvg } from "./export/picture-svg.js";
export { reportHtml } from "./export/report-html.js";
export { tasksCsv } from "./export/tasks-csv.js";
export { vegaLiteSpec } from "./export/vega-lite-spec.js";
export {
  firstFocus,
  firstTile,
  focusBox,
  focusRow,
  type GraphFocus,
  inSight,
  movedFocus,
  zoomedBox,
} from "./focus/graph-focus.js";
export { streamKey, streamText } from "./focus/stream-focus.js";
export { type Lens, zoomAt } from "./lens.js";
export { graphBox, streamBox } from "./plan/panel-boxes.js";
export type { NodesPlan, OverviewPlan, Plan } from "./plan/plan.js";
export { type PlanOptions, planView } from "./plan/plan-view.js";
export { type PastRun, PastRuns } from "./store/past-runs.js";
export { RunStore } from "./store/run-store.js";
export type { Form } from "./store/state.js";
export { doneOf } from "./text/done-of.js";
export { formatsFor } from "./text/formats.js";
export { type Summary, summary } from "./text/summary.js";
export { type TableRow, table } from "./text/table.js";
export { locale, trans, useTranslation } from "./text/translation.js";
export { type CssVariables, type Theme, themeFrom } from "./theme/theme.js";
