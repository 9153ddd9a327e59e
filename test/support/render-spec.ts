import * as vega from "vega";
import * as vegaLite from "vega-lite";
import type { Datasets } from "../../extension/src/view/datasets/row.js";
import type { ViewSpec } from "../../extension/src/view/specs/panel.js";

/** Compiles by Vega-Lite; `warnings` holds what it complained about. */
export function compileSpec(spec: ViewSpec): { spec: vega.Spec; warnings: string[] } {
  const warnings: string[] = [];
  const keep = (...parts: unknown[]) => {
    warnings.push(parts.join(" "));
    return logger;
  };
  const logger: vega.LoggerInterface = {
    level: () => logger,
    error: keep,
    warn: keep,
    info: () => logger,
    debug: () => logger,
  };
  return { spec: vegaLite.compile(spec, { logger }).spec, warnings };
}

/** The picture of a compiled specification with its data, without a page. */
export async function renderSpec(spec: vega.Spec, data: Datasets): Promise<string> {
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  for (const [name, rows] of Object.entries(data)) view.change(name, vega.changeset().insert(rows));
  await view.runAsync();
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}
