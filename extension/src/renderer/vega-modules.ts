import type { ChartOptions } from "../view/index.js";

export type VegaModules = Pick<ChartOptions, "vega" | "vegaLite">;

let modules: Promise<VegaModules> | undefined;

/** Vega is large: it is fetched when the first run is shown or soon will be, and once. */
export function loadModules(): Promise<VegaModules> {
  modules ??= Promise.all([import("vega"), import("vega-lite")]).then(([vega, vegaLite]) => ({ vega, vegaLite }));
  return modules;
}

/** Fetches it as soon as the page rests. That it cannot be had is said where a run is shown. */
export function preloadModules(): void {
  requestIdleCallback(() => {
    loadModules().catch(() => undefined);
  });
}
