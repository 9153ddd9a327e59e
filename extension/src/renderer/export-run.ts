import { Notification } from "@jupyterlab/apputils";
import {
  bundleOfStore,
  chromeTrace,
  LiveChart,
  type Picture,
  pictureSvg,
  planView,
  type RunStore,
  reportHtml,
  type Theme,
  tasksCsv,
  themeFrom,
  trans,
  vegaLiteSpec,
} from "../view/index.js";
import { readVariables } from "./page-theme.js";
import { loadModules } from "./vega-modules.js";

/** What a run can be saved as. */
export const EXPORT_FORMATS = ["png", "svg", "html", "csv", "vega-lite", "trace"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** As the picture of a page this wide. */
const WIDTH = 1100;
/** Pixels of a PNG for each of the picture: sharp on dense screens and in print. */
const PNG_SCALE = 2;
const NAME_LENGTH = 60;

const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  png: ".png",
  svg: ".svg",
  html: ".html",
  csv: ".csv",
  "vega-lite": ".vl.json",
  trace: ".trace.json",
};

const LABELS: Readonly<Record<ExportFormat, () => string>> = {
  png: () => trans.__("Picture (PNG)"),
  svg: () => trans.__("Picture (SVG)"),
  html: () => trans.__("Report (HTML)"),
  csv: () => trans.__("Tasks (CSV)"),
  "vega-lite": () => trans.__("Vega-Lite specification"),
  trace: () => trans.__("Chrome trace"),
};

/** What menus call a format. */
export function exportLabel(format: ExportFormat): string {
  return LABELS[format]();
}

/**
 * Makes the file of a run and hands it to the browser as a download; says so if that fails. Pictures have the colours
 * of the page.
 */
export async function exportRun(store: RunStore, format: ExportFormat): Promise<void> {
  try {
    download(await contentOf(store, format), fileName(store.title, format));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    Notification.error(trans.__("%1 could not be exported: %2", store.title, reason));
  }
}

function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(content);
  link.click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function contentOf(store: RunStore, format: ExportFormat): Promise<Blob> {
  const theme = themeFrom(readVariables(document.body));
  switch (format) {
    case "csv":
      return new Blob([tasksCsv(bundleOfStore(store))], { type: "text/csv" });
    case "trace":
      return json(chromeTrace(bundleOfStore(store)));
    case "vega-lite":
      return json(vegaLiteSpec(store, planOf(store), theme));
    case "svg":
      return new Blob([(await pictureOf(store, theme)).svg], { type: "image/svg+xml" });
    case "html":
      // A report is paper: light, whatever the page is.
      return new Blob([reportHtml(store, (await chartOf(store, themeFrom({}))).svg)], { type: "text/html" });
    case "png":
      return pngOf(await pictureOf(store, theme));
  }
}

function json(content: object): Blob {
  return new Blob([JSON.stringify(content)], { type: "application/json" });
}

function planOf(store: RunStore) {
  const plan = planView(store, WIDTH, { isOpen: true });
  if (plan.level === "line") throw new Error(trans.__("A run without tasks has no picture"));
  return plan;
}

async function chartOf(store: RunStore, theme: Theme): Promise<Picture> {
  const plan = planOf(store);
  const chart = new LiveChart(undefined, store, plan, { ...(await loadModules()), theme });
  const svg = await chart.toSVG();
  chart.finalize();
  return { svg, width: plan.width, height: plan.height };
}

async function pictureOf(store: RunStore, theme: Theme): Promise<Picture> {
  return pictureSvg(store, theme, await chartOf(store, theme));
}

async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error(trans.__("The browser could not write a PNG of this size"));
  return blob;
}

/** Letters, digits, dots, hyphens and underscores of any script: a title may hold anything. */
function fileName(title: string, format: ExportFormat): string {
  const name = title
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, NAME_LENGTH);
  return `${name || "run"}${ENDINGS[format]}`;
}
