import { CARD_FONT, COUNT_FONT, ROW_FONT } from "../plan/card-sizes.js";
import type { OverviewPlan } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { boxes, CROSS, curves, type LayerPanel, panelOf, symbols, texts } from "./panel.js";

/** Cards with tiles, the edges between them, and the legend. */
export function graphSpec({ graph, hasLevels }: OverviewPlan, theme: Theme): LayerPanel {
  const map = { width: graph.width, height: graph.height, isCut: true };
  return panelOf(graph, [
    curves("edges", map),
    symbols("arrows", map, "triangle-right", 54),
    boxes("cards", map, { corner: 6, tooltip: true }),
    boxes("tiles", map, { tooltip: true }),
    ...(hasLevels ? [boxes("levels", map, { tooltip: true })] : []),
    symbols("crosses", map, CROSS, 9, 1.3),
    texts("cardNames", map, { size: CARD_FONT, font: theme.codeFont, weight: 600 }),
    texts("rowNames", map, { size: ROW_FONT, font: theme.codeFont }),
    texts("cardCounts", map, { size: COUNT_FONT, align: "right" }),
    texts("cardNotes", map, { size: 10.5 }),
    boxes("legendGround", graph),
    boxes("legend", graph),
    symbols("legendCross", graph, CROSS, 14, 1.4),
    texts("legendTexts", graph, { size: 10.5 }),
  ]);
}
