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
export { type ChartOptions, LiveChart, type UpdateCounts } from "./chart/live-chart.js";
export type { TooltipContent } from "./chart/tooltip.js";
export type { NodesPlan, OverviewPlan, Plan } from "./plan/plan.js";
export { type PlanOptions, planView } from "./plan/plan-view.js";
export { RunStore } from "./store/run-store.js";
export type { Form } from "./store/state.js";
export { formatsFor } from "./text/formats.js";
export { type Summary, summary } from "./text/summary.js";
export { type TableRow, table } from "./text/table.js";
export { type CssVariables, type Theme, themeFrom } from "./theme/theme.js";
