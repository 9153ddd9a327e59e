/**
 * The static picture of a run: for viewers without our extension. Written from the sums by function, so
 * that it stays small whatever the number of tasks.
 * @module
 */
import type { RunBundle } from "../messages.js";
import { textOf } from "../text.js";
import { figures, standing, totalsOf } from "../totals.js";
import { bars } from "./bars.js";
import { cards, type Drawing } from "./cards.js";
import { fitted, ink, SANS } from "./ink.js";
import { element, escaped, label, rect } from "./markup.js";
import { stateBar } from "./state-bar.js";
import { stream } from "./stream.js";

const WIDTH = 960;
const PADDING = 22;
const TITLE_WIDTH = 300;
const MOST_FAILURES = 3;
/** as many as the extension shows as one line */
const FEW_TASKS = 5;
const NOTHING: Drawing = { markup: "", height: 0 };

/** @returns an SVG document of at most 40 KB */
export function svgOf(bundle: RunBundle): string {
  const [left, right] = [PADDING, WIDTH - PADDING];
  const graphTop = bundle.state === "planned" ? 56 : 74;
  const graph = cards(bundle, left, right, graphTop);
  const belowTop = graphTop + graph.height + (graph.height > 0 ? 30 : 6);
  const middle = WIDTH / 2;
  // Of a few tasks the header says all; of a graph that has not run its cards do.
  const isDrawn = bundle.n <= FEW_TASKS || (bundle.state === "planned" && graph.height > 0);
  const lanes = isDrawn ? NOTHING : stream(bundle, middle + 16, right, belowTop);
  const progress = isDrawn ? NOTHING : bars(bundle, left, lanes.height > 0 ? middle - 16 : right, belowTop);
  const bottom = isDrawn ? graphTop + (graph.height || -14) : belowTop + Math.max(lanes.height, progress.height);
  const failed = failures(bundle, left, bottom + 26);
  const height = Math.ceil(bottom + failed.height + 20);
  const ground = rect(0.5, 0.5, WIDTH - 1, height - 1, { rx: 8, fill: ink.ground, stroke: ink.line });
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "img",
      "font-family": SANS,
      "font-size": 11,
    },
    element("title", {}, escaped(`${bundle.title}: ${standing(bundle).join(", ")}`)),
    element("desc", {}, escaped(textOf(bundle))),
    ground,
    header(bundle, left, right),
    graph.markup,
    progress.markup,
    lanes.markup,
    failed.markup,
  );
}

/** The first failures in words. */
function failures({ errors }: RunBundle, left: number, top: number): Drawing {
  const shown = errors.slice(0, MOST_FAILURES);
  const lines = shown.map(({ key, name, message }, nth) =>
    label(left, top + nth * 16, fitted(`${key}: ${name}: ${message}`, WIDTH - 2 * PADDING, 6.6), { fill: ink.failed }),
  );
  return { markup: lines.join(""), height: shown.length > 0 ? 10 + shown.length * 16 : 0 };
}

function header(bundle: RunBundle, left: number, right: number): string {
  const totals = totalsOf(bundle);
  const parts = [
    element(
      "tspan",
      { "font-size": 15, "font-weight": 600, fill: ink.text },
      escaped(fitted(bundle.title, TITLE_WIDTH, 8.6)),
    ),
    element("tspan", { dx: 12, fill: ink.text2 }, escaped(standing(bundle).join(" · "))),
  ];
  if (totals.failed > 0) {
    parts.push(element("tspan", { dx: 12, "font-weight": 600, fill: ink.failed }, `${totals.failed} failed`));
  }
  return [
    element("text", { x: left, y: 34, "font-size": 12 }, ...parts),
    label(right, 34, figures(bundle).join(" · "), { fill: ink.text2, "font-size": 12, "text-anchor": "end" }),
    bundle.state === "planned" ? "" : stateBar({ x: left, y: 46, width: right - left, height: 8 }, totals),
  ].join("");
}
