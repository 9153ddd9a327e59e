import { curveThrough } from "../layout/curve.js";
import { layeredLayout } from "../layout/layered-layout.js";
import { layersOf } from "../layout/layers.js";
import type { RunStore } from "../store/run-store.js";
import { codeLetters, codeWidth, shorten } from "./labels.js";
import { taskEdges } from "./levels.js";
import { type NodesPlan, PADDING, type Pill } from "./plan.js";

export const PILL_FONT = 11.5;
/** inside a pill: left and right of the text, and room for its time and the gap before it */
export const PILL_INSET = 10;
const TIME_WIDTH = 58;
const NARROWEST_PILL = 124;
const WIDEST_PILL = 190;
const LEAST_GAP = 26;
/** pill height and gap by the number of pills below each other */
const DENSITY = [
  { upTo: 6, height: 32, gap: 14 },
  { upTo: 10, height: 28, gap: 10 },
  { upTo: 16, height: 24, gap: 6 },
] as const;
/** an arrow ends this far before its box */
export const ARROW_ROOM = 4;

/**
 * One pill per task. When the layers do not fit side by side the arrows shrink to 26 px, then the pills
 * give up their times, and last the picture grows wider than `width` and the page scrolls it.
 */
export function planNodes(store: RunStore, width: number): NodesPlan {
  const inner = width - 2 * PADDING;
  const edges = taskEdges(store);
  const layer = layersOf(store.n, edges);
  const counts = new Map<number, number>();
  for (const k of layer) counts.set(k, (counts.get(k) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const density = DENSITY.find(({ upTo }) => most <= upTo) ?? DENSITY[2];
  const labels = labelsOf(store);
  const fitting = Math.floor((inner - 2 - LEAST_GAP * (counts.size - 1)) / counts.size);
  const { width: pillWidth, hasTimes } = pillWidths(Math.max(...labels.map(({ length }) => length)), fitting);
  const pill = { width: pillWidth, height: density.height };
  const letters = codeLetters(pill.width - 2 * PILL_INSET - (hasTimes ? TIME_WIDTH : 0), PILL_FONT);

  const layout = layeredLayout(
    labels.map(() => pill),
    edges,
    { width: inner - 2, gapX: [LEAST_GAP, 120], gapY: density.gap },
  );
  const nodes = labels.map((label, task): Pill => {
    const box = { x: layout.x[task]! + 1, y: layout.y[task]! + 2, ...pill };
    return { task, group: store.tasks.group[task]!, label: shorten(label, letters), box };
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

/** Pills that fit beside each other: with room for name and time, or for names alone; else the picture is scrolled. */
function pillWidths(longest: number, fitting: number): { width: number; hasTimes: boolean } {
  const bare = Math.ceil(codeWidth("x".repeat(longest), PILL_FONT)) + 2 * PILL_INSET;
  const full = Math.min(WIDEST_PILL, Math.max(NARROWEST_PILL, bare + TIME_WIDTH));
  if (fitting >= full || fitting < bare) return { width: full, hasTimes: true };
  return { width: fitting, hasTimes: false };
}

/** "read 0", "read 1", ... and plain "merge" for a function with one task. */
function labelsOf(store: RunStore): string[] {
  const seen = new Map<number, number>();
  return Array.from(store.tasks.group, (g) => {
    const group = store.groups[g]!;
    const number = seen.get(g) ?? 0;
    seen.set(g, number + 1);
    return group.n > 1 ? `${group.name} ${number}` : group.name;
  });
}
