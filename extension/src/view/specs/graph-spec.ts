import { CARD_FONT, COUNT_FONT, ROW_FONT } from "../plan/card-sizes.js";
import type { OverviewPlan } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { boxes, CROSS, curves, type LayerPanel, type MarkSpec, type Panel, panelOf, symbols, texts } from "./panel.js";

/** Cards with tiles, the edges between them, and the legend. */
export function graphSpec(plan: OverviewPlan, theme: Theme): LayerPanel {
  const map = mapOf(plan.graph);
  return panelOf(plan.graph, [...below(map), ...tiles(plan, map), ...above(plan, map, theme)]);
}

/** The same without tiles: what seldom changes, and the counts. */
export function groundSpec(plan: OverviewPlan, theme: Theme): LayerPanel {
  const map = mapOf(plan.graph);
  return panelOf(plan.graph, [...below(map), ...above(plan, map, theme)]);
}

/**
 * The tiles alone, over the ground. Pointers do not reach what lies under a pane, so it also has the cards, unseen.
 * @param panel where tiles may be: above the legend, however the graph is enlarged
 */
export function tilesSpec(plan: OverviewPlan, panel: Panel): LayerPanel {
  const map = mapOf(panel);
  return panelOf(panel, [boxes("cards", map, { tooltip: true, isUnseen: true }), ...tiles(plan, map)]);
}

function mapOf({ width, height }: Panel): Panel {
  return { width, height, isCut: true };
}

function below(map: Panel): MarkSpec[] {
  return [
    curves("edges", map),
    symbols("arrows", map, "triangle-right", 54),
    boxes("cards", map, { corner: 6, tooltip: true }),
  ];
}

function tiles({ hasLevels }: OverviewPlan, map: Panel): MarkSpec[] {
  return [
    boxes("tiles", map, { tooltip: true }),
    ...(hasLevels ? [boxes("levels", map, { tooltip: true })] : []),
    symbols("crosses", map, CROSS, 9, 1.3),
  ];
}

function above({ graph }: OverviewPlan, map: Panel, theme: Theme): MarkSpec[] {
  return [
    texts("cardNames", map, { size: CARD_FONT, font: theme.codeFont, weight: 600 }),
    texts("rowNames", map, { size: ROW_FONT, font: theme.codeFont }),
    texts("cardCounts", map, { size: COUNT_FONT, align: "right" }),
    texts("cardNotes", map, { size: 10.5 }),
    boxes("legendGround", graph),
    boxes("legend", graph),
    symbols("legendCross", graph, CROSS, 14, 1.4),
    texts("legendTexts", graph, { size: 10.5 }),
  ];
}
