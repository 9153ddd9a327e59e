import { curveThrough } from "../layout/curve.js";
import { layeredLayout } from "../layout/layered-layout.js";
import { layersOf } from "../layout/layers.js";
import type { RunStore } from "../store/run-store.js";
import { codeLetters, shorten } from "./labels.js";
import { taskEdges } from "./levels.js";
import { pillGrid } from "./pill-grid.js";
import { PILL_FONT, PILL_INSET, pillWidths, TIME_WIDTH } from "./pill-widths.js";
import { type NodesPlan, PADDING, type Pill } from "./plan.js";

const LEAST_GAP = 26;
/** names are cut here also where there is room for more */
const MOST_LETTERS = 40;
/** pill height and gap by the number of pills below each other */
const DENSITY = [
  { upTo: 6, height: 32, gap: 14 },
  { upTo: 10, height: 28, gap: 10 },
  { upTo: 16, height: 24, gap: 6 },
] as const;
/** an arrow ends this far before its box */
export const ARROW_ROOM = 4;

/**
 * One pill per task, as wide as the names of its column. When the columns do not fit side by side the
 * arrows shrink to 26 px, then the pills give up their times, then long names are cut, and last the
 * picture grows wider than `width` and the page scrolls it.
 */
export function planNodes(store: RunStore, width: number): NodesPlan {
  const inner = width - 2 * PADDING;
  const edges = taskEdges(store);
  const layer = layersOf(store.n, edges);
  const labels = labelsOf(store);
  const columns: number[][] = [];
  for (const [task, k] of layer.entries()) columns[k] = [...(columns[k] ?? []), task];
  const letters = columns.map((tasks) =>
    Math.min(MOST_LETTERS, Math.max(...tasks.map((task) => labels[task]!.length))),
  );
  const timeWidth = store.state === "planned" ? 0 : TIME_WIDTH;
  const { widths, hasTimes } = pillWidths(letters, inner - 2 - LEAST_GAP * (columns.length - 1), timeWidth);
  const most = Math.max(...columns.map(({ length }) => length));
  const { height, gap } = DENSITY.find(({ upTo }) => most <= upTo) ?? DENSITY[2];
  const sizes = layer.map((k) => ({ width: widths[k]!, height }));

  const layout =
    edges.length > 0
      ? layeredLayout(sizes, edges, { width: inner - 2, gapX: [LEAST_GAP, 120], gapY: gap })
      : pillGrid(store.n, sizes[0]!, inner - 2, gap);
  const nodes = labels.map((label, task): Pill => {
    const size = sizes[task]!;
    const fitting = codeLetters(size.width - 2 * PILL_INSET - (hasTimes ? timeWidth : 0), PILL_FONT);
    const box = { x: layout.x[task]! + 1, y: layout.y[task]! + 2, ...size };
    return { task, group: store.tasks.group[task]!, label: label.cut(Math.min(fitting, MOST_LETTERS)), box };
  });
  const paths = layout.edges.map(({ from, to, via }) => {
    const [a, b] = [nodes[from]!.box, nodes[to]!.box];
    const start = { x: a.x + a.width, y: a.y + a.height / 2 };
    const end = { x: b.x - ARROW_ROOM, y: b.y + b.height / 2 };
    const points = curveThrough([start, ...via.map(({ x, y }) => ({ x: x + 1, y: y + 2 })), end]);
    return { from, to, weight: 1, points };
  });
  const graph = {
    width: Math.max(inner, layout.width + 2),
    height: layout.height + 4,
    nodes,
    edges: paths,
    crossings: layout.crossings,
  };
  return { level: "nodes", width: graph.width + 2 * PADDING, height: graph.height + 2 * PADDING, graph, hasTimes };
}

/** "read 0", "read 1", ... and plain "merge" for a function with one task. A name that is cut keeps its number. */
function labelsOf(store: RunStore) {
  const seen = new Map<number, number>();
  return Array.from(store.tasks.group, (g) => {
    const group = store.groups[g]!;
    const number = seen.get(g) ?? 0;
    seen.set(g, number + 1);
    const end = group.n > 1 ? ` ${number}` : "";
    return {
      length: group.name.length + end.length,
      cut: (letters: number) => shorten(group.name, letters - end.length) + end,
    };
  });
}
