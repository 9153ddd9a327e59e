import type { Spec } from "vega";
import type * as VegaLite from "vega-lite";
import type { NodesPlan, OverviewPlan, PanelsPlan } from "../plan/plan.js";
import { PADDING, SPACING } from "../plan/plan.js";
import type { Theme } from "../theme/theme.js";
import { graphSpec } from "./graph-spec.js";
import { nodeSpec } from "./node-spec.js";
import type { LayerPanel, PanelSpec, ViewSpec } from "./panel.js";
import { progressSpec } from "./progress-spec.js";
import { streamSpec } from "./stream-spec.js";

/**
 * The Vega-Lite specification of a plan. It holds no data: all datasets are named, rows come from
 * `datasetsOf`. Positions are pixels and colours are given, so an update never moves a scale.
 */
export function viewSpec(plan: NodesPlan | OverviewPlan, theme: Theme, description: string): ViewSpec {
  const panels =
    plan.level === "nodes"
      ? [nodeSpec(plan, theme)]
      : [graphSpec(plan, theme), ...(plan.panels ? panelSpecs(plan.panels, theme) : [])];
  return specOf(panels, theme, description);
}

/** Panels one above the other. */
export function specOf(vconcat: PanelSpec[], theme: Theme, description: string): ViewSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description,
    background: theme.ground,
    padding: PADDING,
    spacing: SPACING,
    bounds: "flush",
    vconcat,
    config: viewConfig(theme),
  };
}

/** What holds for every mark. */
export function viewConfig({ uiFont }: Theme) {
  // Rows are complete by construction; the filter for invalid numbers would cost a pass over every tile.
  // Labels of single marks would be spelled out anew with every change; the table beside the picture is what is read.
  return { font: uiFont, view: { stroke: null }, mark: { invalid: null, aria: false } } as const;
}

/** The same compiled to Vega, at exactly the planned size. */
export function compiledView(
  compile: typeof VegaLite.compile,
  plan: NodesPlan | OverviewPlan,
  theme: Theme,
  description: string,
): Spec {
  return atPlannedSize(compile(viewSpec(plan, theme, description)).spec, plan);
}

/**
 * At exactly `size`: by itself Vega would grow the picture to hold every letter, and a wider font, or a longer number,
 * would move it while the run goes on.
 */
export function atPlannedSize(spec: Spec, size: { readonly width: number; readonly height: number }): Spec {
  return { ...spec, autosize: "none", width: size.width - 2 * PADDING, height: size.height - 2 * PADDING };
}

function panelSpecs({ progress, stream, isStacked }: PanelsPlan, theme: Theme): PanelSpec[] {
  const both: LayerPanel[] = [progressSpec(progress, theme), streamSpec(stream, theme)];
  return isStacked ? both : [{ hconcat: both, spacing: SPACING, bounds: "flush" }];
}
