import { PILL_FONT } from "../plan/pill-widths.js";
import type { NodesPlan } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { boxes, curves, type LayerPanel, panelOf, symbols, texts } from "./panel.js";

/** One pill per task: edges, pill, its progress, dashed outline until it is ready, name and time. */
export function nodeSpec({ graph }: NodesPlan, theme: Theme): LayerPanel {
  const { codeFont: font } = theme;
  return panelOf(graph, [
    curves("edges", graph),
    symbols("arrows", graph, "triangle-right", 42),
    boxes("pills", graph, { corner: 6, tooltip: true }),
    boxes("waiting", graph, { corner: 6, dash: [3, 3], tooltip: true }),
    boxes("progress", graph, { corner: 5 }),
    texts("names", graph, { size: PILL_FONT, font }),
    texts("times", graph, { size: 11, align: "right" }),
  ]);
}
