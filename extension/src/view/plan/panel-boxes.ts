import { LEGEND_HEIGHT } from "./cards-plan.js";
import { type Box, type OverviewPlan, PADDING, SPACING } from "./plan.js";

/** Of an enlarged graph nothing is seen below this height of its panel: there the legend stands. */
export function mapHeight({ graph }: Pick<OverviewPlan, "graph">): number {
  return graph.height - LEGEND_HEIGHT + 10;
}

/** Where the graph lies in the picture, without its legend. */
export function graphBox({ graph }: OverviewPlan): Box {
  return { x: PADDING, y: PADDING, width: graph.width, height: graph.height };
}

/** Where the bars lie in the picture; undefined where there are none. */
export function progressBox({ graph, panels }: OverviewPlan): Box | undefined {
  if (!panels) return undefined;
  const { width, height } = panels.progress;
  return { x: PADDING, y: PADDING + graph.height + SPACING, width, height };
}

/** Where the stream panel lies in the picture; undefined where there is none. */
export function streamBox({ graph, panels }: OverviewPlan): Box | undefined {
  if (!panels) return undefined;
  const { progress, stream, isStacked } = panels;
  const below = PADDING + graph.height + SPACING;
  const { width, height } = stream;
  if (isStacked) return { x: PADDING, y: below + progress.height + SPACING, width, height };
  return { x: PADDING + progress.width + SPACING, y: below, width, height };
}

/** True if a point of the picture lies in `box`. */
export function isInside(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
