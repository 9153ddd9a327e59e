import type { Spec } from "vega";
import type * as VegaLite from "vega-lite";
import { boxes, hairlines, type LayerPanel, type MarkSpec, panelOf, texts, type ViewSpec } from "../specs/panel.js";
import { streamSpec } from "../specs/stream-spec.js";
import { atPlannedSize, specOf } from "../specs/view-spec.js";
import type { Theme } from "../theme/theme.js";
import type { ComparisonPlan, DifferencePlan } from "./comparison-plan.js";
import { datasetOf, RUN_NAMES, type RunName } from "./comparison-rows.js";

/**
 * The Vega-Lite specification of a comparison: both streams one above the other, then the differences. As that of a
 * run it holds no data; rows come from `comparisonRows`.
 */
export function comparisonSpec(plan: ComparisonPlan, theme: Theme, description: string): ViewSpec {
  const streams = RUN_NAMES.map((run, place) => ofRun(run, streamSpec(plan.streams[place]!, theme)));
  return specOf([...streams, differenceSpec(plan.differences, theme)], theme, description);
}

/** The same compiled to Vega, at exactly the planned size. */
export function compiledComparison(
  compile: typeof VegaLite.compile,
  plan: ComparisonPlan,
  theme: Theme,
  description: string,
): Spec {
  return atPlannedSize(compile(comparisonSpec(plan, theme, description)).spec, plan);
}

/** The panel with the datasets of one of the runs. */
function ofRun(run: RunName, panel: LayerPanel): LayerPanel {
  return { ...panel, layer: panel.layer.map((mark) => withData(mark, (name) => datasetOf(run, name))) };
}

function withData(mark: MarkSpec, rename: (name: string) => string): MarkSpec {
  const { data } = mark;
  return data && "name" in data && data.name !== undefined ? { ...mark, data: { name: rename(data.name) } } : mark;
}

function differenceSpec(plan: DifferencePlan, theme: Theme): LayerPanel {
  return panelOf(plan, [
    texts("differenceTitle", plan, { size: 11.5, weight: 600 }),
    texts("differenceHeads", plan, { size: 10, align: "right" }),
    texts("differenceHeadsLeft", plan, { size: 10 }),
    boxes("differenceTracks", plan, { tooltip: true }),
    boxes("differenceBars", plan, { tooltip: true }),
    hairlines("differenceZero", plan),
    texts("differenceNames", plan, { size: 11, font: theme.codeFont }),
    texts("differenceTexts", plan, { size: 11, align: "right" }),
    texts("differenceStrong", plan, { size: 11, weight: 600, align: "right" }),
  ]);
}
