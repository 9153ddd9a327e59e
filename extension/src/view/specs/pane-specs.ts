import type { TopLevelSpec } from "vega-lite";
import { graphBox, mapHeight, progressBox, streamBox } from "../plan/panel-boxes.js";
import { type Box, type OverviewPlan, SPACING } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { groundSpec, tilesSpec } from "./graph-spec.js";
import type { LayerPanel } from "./panel.js";
import { progressSpec } from "./progress-spec.js";
import { streamSpec } from "./stream-spec.js";
import { viewConfig } from "./view-spec.js";

/** A part of the picture that is painted by itself. */
interface Pane {
  /** where it lies in the picture */
  readonly box: Box;
  readonly spec: TopLevelSpec;
}

/** Around a panel, so that letters which reach over its edge are not cut; what two panels share between them. */
const MARGIN = SPACING / 2;

/**
 * The panels of a plan one by one, from the bottom up. A canvas is painted anew within one rectangle around all
 * that has changed: of a picture in one piece that is nearly everything, with every drawing.
 */
export function paneSpecs(plan: OverviewPlan, theme: Theme, description: string): Pane[] {
  const graph = graphBox(plan);
  const map = { ...graph, height: mapHeight(plan) };
  const bars = progressBox(plan);
  const stream = streamBox(plan);
  return [
    paneOf(graph, { ...groundSpec(plan, theme), description }, theme),
    paneOf(map, tilesSpec(plan, map), theme, "transparent"),
    ...(plan.panels && bars && stream
      ? [
          paneOf(bars, progressSpec(plan.panels.progress, theme), theme),
          paneOf(stream, streamSpec(plan.panels.stream, theme), theme),
        ]
      : []),
  ];
}

function paneOf({ x, y, width, height }: Box, panel: LayerPanel, theme: Theme, background = theme.ground): Pane {
  return {
    box: { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN },
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...panel,
      background,
      padding: MARGIN,
      autosize: "none",
      config: viewConfig(theme),
    },
  };
}
