import type { Lens } from "../lens.js";
import type { NodesPlan, OverviewPlan } from "../plan/plan.js";
import type { RunStore } from "../store/run-store.js";
import { type Formats, formatsFor } from "../text/formats.js";
import type { Theme } from "../theme/theme.js";
import { cardRows } from "./card-rows.js";
import { huesOfGroups } from "./hues-of-groups.js";
import { legendRows } from "./legend-rows.js";
import { nodeRows } from "./node-rows.js";
import { progressRows } from "./progress-rows.js";
import type { Datasets, RowMemo, Scene } from "./row.js";
import { streamPanelRows } from "./stream-panel-rows.js";
import { tileRows } from "./tile-rows.js";
import { zoomRows } from "./zoom-rows.js";

/**
 * All rows of a picture as the run stands now. Fresh objects each time, since Vega keeps the ones it is
 * given; with a `memo` tasks that look as they did are the same objects again.
 */
export function datasetsOf(
  store: RunStore,
  plan: NodesPlan | OverviewPlan,
  theme: Theme,
  formats: Formats = formatsFor(),
  memo?: RowMemo,
  lens: Lens = {},
): Datasets {
  const scene: Scene = { store, theme, formats, hues: huesOfGroups(store, theme), ...(memo && { memo }), lens };
  if (plan.level === "nodes") return nodeRows(plan, scene);
  const { tiles, levels, crosses } = tileRows(plan, scene);
  const graph = { ...cardRows(plan, scene), tiles, ...(plan.hasLevels && { levels }), crosses };
  return {
    ...zoomRows(graph, lens.zoom),
    ...legendRows(plan, scene),
    ...(plan.panels && {
      ...progressRows(plan.graph.nodes, plan.panels, scene),
      ...streamPanelRows(plan.panels, scene),
    }),
  };
}
