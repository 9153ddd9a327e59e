import type { StreamPlan } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { boxes, dashed, hairlines, type LayerPanel, type MarkSpec, panelOf, texts } from "./panel.js";

/** One lane per worker, the memory strip below, a line for now. */
export function streamSpec(plan: StreamPlan, theme: Theme): LayerPanel {
  return panelOf(plan, [
    texts("streamTitle", plan, { size: 11.5, weight: 600 }),
    hairlines("gridLines", plan),
    boxes("stream", plan, { tooltip: true }),
    area("memory", plan, theme.ink3),
    dashed("spilled", plan, theme.ink2),
    ...(plan.rateHeight > 0 ? [area("rate", plan, theme.ink3)] : []),
    texts("laneNames", plan, { size: 10, align: "right" }),
    texts("stripTexts", plan, { size: 10.5 }),
    texts("ticks", plan, { size: 10, align: "center" }),
    hairlines("now", plan),
    boxes("brush", plan),
  ]);
}

/** A filled line of a strip: `x`, `y` over `y2`. */
function area(name: string, { width, height }: StreamPlan, ink: string): MarkSpec {
  const scale = { nice: false, zero: false };
  return {
    data: { name },
    mark: { type: "area", line: { color: ink, strokeWidth: 1, strokeJoin: "round" }, color: ink, opacity: 0.22 },
    encoding: {
      x: { field: "x", type: "quantitative", axis: null, scale: { ...scale, domain: [0, width] } },
      y: { field: "y", type: "quantitative", axis: null, scale: { ...scale, domain: [0, height], reverse: true } },
      y2: { field: "y2" },
    },
  };
}
