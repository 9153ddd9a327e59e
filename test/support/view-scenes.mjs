// What render-views.mjs draws, and the colours JupyterLab 4.6 gives a page.

const fonts = {
  "--jp-ui-font-family": 'system-ui, -apple-system, "Segoe UI", helvetica, arial, sans-serif',
  "--jp-code-font-family": 'menlo, consolas, "DejaVu Sans Mono", monospace',
};

const ink = (rgb) => ({
  "--jp-ui-font-color1": `rgba(${rgb}, .87)`,
  "--jp-ui-font-color2": `rgba(${rgb}, .54)`,
  "--jp-ui-font-color3": `rgba(${rgb}, .38)`,
});

export const THEMES = {
  light: {
    ...fonts,
    ...ink("0, 0, 0"),
    "--jp-layout-color1": "white",
    "--jp-border-color2": "#e0e0e0",
    "--jp-error-color1": "#d32f2f",
  },
  dark: {
    ...fonts,
    ...ink("255, 255, 255"),
    "--jp-layout-color1": "#212121",
    "--jp-border-color2": "#424242",
    "--jp-error-color1": "#f44336",
  },
  contrast: {
    ...fonts,
    "--jp-ui-font-color1": "#fff",
    "--jp-ui-font-color2": "#fff",
    "--jp-ui-font-color3": "#fff",
    "--jp-layout-color1": "#111",
    "--jp-border-color2": "#e0e0e0",
    "--jp-error-color1": "#f44336",
  },
};

/** graph: name and arguments of a simulated graph; at: share of the run's time; -1 is a graph that has not run */
export const VIEWS = {
  "small-planned": { graph: ["reportGraph"], at: -1, title: "report" },
  "small-waiting": { graph: ["reportGraph"], at: 0.001, workers: 2, title: "report" },
  "small-mid": { graph: ["reportGraph"], at: 0.5, workers: 3, title: "report", themes: ["light", "dark", "contrast"] },
  "small-finished": { graph: ["reportGraph"], at: 1, workers: 4, title: "report" },
  "small-failed": { graph: ["reportGraph"], at: 1, workers: 3, failing: [8], title: "report" },
  "small-narrow": { graph: ["reportGraph"], at: 0.5, workers: 3, width: 600, title: "report", themes: ["light"] },
  "flights-mid": { graph: ["flightsGraph"], at: 0.5, workers: 4, title: "delays" },
  "chain-mid": { graph: ["chainGraph", 20], at: 0.4, workers: 2, title: "steps", themes: ["light"] },
  "line-open": { graph: ["lineGraph"], at: 0.5, workers: 2, title: "add", themes: ["light"] },
  "overview-planned": { graph: ["matmulGraph"], at: -1, title: "norm" },
  "overview-start": { graph: ["matmulGraph"], at: 0.03, title: "norm" },
  "overview-mid": {
    graph: ["matmulGraph"],
    at: 0.575,
    failing: [150],
    keepsGoing: true,
    title: "norm",
    themes: ["light", "dark", "contrast"],
  },
  "overview-finished": { graph: ["matmulGraph"], at: 1, title: "norm" },
  "overview-failed": { graph: ["matmulGraph"], at: 1, failing: [420], title: "norm" },
  "overview-narrow": { graph: ["matmulGraph"], at: 0.575, width: 600, title: "norm" },
  "overview-wide": { graph: ["matmulGraph"], at: 0.575, width: 1400, workers: 16, title: "norm", themes: ["light"] },
  "overview-3920": { graph: ["matmulGraph", 14], at: 0.5, workers: 32, title: "norm", themes: ["light"] },
  "buckets-mid": {
    graph: ["largeGraph", 50000],
    at: 0.5,
    workers: 8,
    failing: [20100],
    keepsGoing: true,
    title: "total",
  },
  "buckets-counters": {
    graph: ["largeGraph", 50000],
    at: 0.5,
    workers: 8,
    countersOnly: true,
    title: "total",
    themes: ["light"],
  },
  "buckets-sums": {
    graph: ["largeGraph", 50000],
    at: 0.5,
    workers: 8,
    failing: [20100],
    keepsGoing: true,
    bucketSize: 25,
    title: "total",
    themes: ["light"],
  },
  "vast-mid": {
    graph: ["largeGraph", 500000],
    at: 0.62,
    workers: 48,
    failing: [120100],
    keepsGoing: true,
    bucketSize: 500,
    title: "total",
  },
  "functions-40": { graph: ["manyFunctionsGraph", 40], at: 0.5, workers: 4, title: "many", themes: ["light"] },
  "compare-policies": {
    runs: [
      { graph: ["matmulGraph"], title: "norm" },
      { graph: ["matmulGraph"], title: "norm", slower: { multiply: 0.8, load_a: 1.4, describe: 1.1 } },
    ],
    themes: ["light", "dark", "contrast"],
  },
  "compare-live": {
    runs: [
      { graph: ["matmulGraph"], title: "norm", workers: 4 },
      { graph: ["matmulGraph"], title: "norm", workers: 8, at: 0.6 },
    ],
  },
  "compare-graphs": {
    runs: [
      { graph: ["reportGraph"], title: "report", workers: 3 },
      { graph: ["flightsGraph"], title: "delays", workers: 2, failing: [3] },
    ],
    themes: ["light"],
  },
  "compare-narrow": {
    runs: [
      { graph: ["matmulGraph"], title: "norm" },
      { graph: ["matmulGraph"], title: "norm", slower: { load_b: 2 } },
    ],
    width: 480,
    themes: ["light"],
  },
  "compare-sums": {
    runs: [
      { graph: ["largeGraph", 50000], title: "total", bucketSize: 25 },
      { graph: ["largeGraph", 50000], title: "total", bucketSize: 25, workers: 16, slower: { load: 1.3 } },
    ],
    themes: ["light"],
  },
};
