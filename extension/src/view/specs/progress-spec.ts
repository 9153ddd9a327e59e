import type { ProgressPlan } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { boxes, type LayerPanel, panelOf, texts } from "./panel.js";

/** One bar per function: name, done and failed and running and queued side by side, count, percentage. */
export function progressSpec(plan: ProgressPlan, theme: Theme): LayerPanel {
  return panelOf(plan, [
    texts("progressTitle", plan, { size: 11.5, weight: 600 }),
    boxes("bars", plan, { tooltip: true }),
    texts("barNames", plan, { size: 11, font: theme.codeFont }),
    texts("barCounts", plan, { size: 11, align: "right" }),
    texts("barPercents", plan, { size: 11, weight: 600, align: "right" }),
  ]);
}
