import { CARD_FONT, COUNT_FONT } from "../plan/card-sizes.js";
import type { OverviewPlan } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { boxes, CROSS, curves, type LayerPanel, panelOf, symbols, texts } from "./panel.js";

/** Cards with tiles, the edges between them, and the legend. */
export function graphSpec({ graph, hasLevels }: OverviewPlan, theme: Theme): LayerPanel {
  return panelOf(graph, [
    curves("edges", graph),
    symbols("arrows", graph, "triangle-right", 54),
    boxes("cards", graph, { corner: 6, tooltip: true }),
    boxes("tiles", graph, { tooltip: true }),
    ...(hasLevels ? [boxes("levels", graph)] : []),
    symbols("crosses", graph, CROSS, 9, 1.3),
    texts("cardNames", graph, { size: CARD_FONT, font: theme.codeFont, weight: 600 }),
    texts("cardCounts", graph, { size: COUNT_FONT, align: "right" }),
    texts("cardNotes", graph, { size: 10.5 }),
    boxes("legend", graph),
    symbols("legendCross", graph, CROSS, 14, 1.4),
    texts("legendTexts", graph, { size: 10.5 }),
  ]);
}
