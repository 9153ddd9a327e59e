import { datasetsOf } from "../datasets/datasets.js";
import type { NodesPlan, OverviewPlan } from "../plan/plan.js";
import { viewSpec } from "../specs/view-spec.js";
import type { RunStore } from "../store/run-store.js";
import { trans } from "../text/translation.js";
import type { Theme } from "../theme/theme.js";

/** A Vega-Lite specification with its rows in it: for the Vega editor, a page, or another notebook. */
export function vegaLiteSpec(store: RunStore, plan: NodesPlan | OverviewPlan, theme: Theme): object {
  const spec = viewSpec(plan, theme, trans.__("Task graph of %1", store.title));
  return { ...spec, datasets: datasetsOf(store, plan, theme) };
}
