import { curveThrough } from "../layout/curve.js";
import type { Edge, Point } from "../layout/graph.js";
import { type Layout, layeredLayout } from "../layout/layered-layout.js";
import { layersOf } from "../layout/layers.js";
import type { RunStore } from "../store/run-store.js";
import { CARD_HEAD, CARD_INSET, type CardContent, type CardSize, SCALES, sizeOf, tasksPerTile } from "./card-sizes.js";
import { ARROW_ROOM } from "./nodes-plan.js";
import type { Box, Card, GraphPlan } from "./plan.js";
import { shareCards } from "./share-cards.js";

const MOST_CARDS = 24;
/** more cards below each other would be higher than a screen */
const MOST_IN_LAYER = 7;
/** below a card: "blocked by 1 failed" */
const GAP_Y = 20;
export const LEGEND_HEIGHT = 32;
const PORT_GAP = 12;
/** between columns that do not fit otherwise: an arrow is still seen */
const LEAST_GAP = 16;

/** The graph of cards, and how many tasks a tile stands for. */
export function planCards(
  store: RunStore,
  width: number,
  opened: ReadonlySet<number>,
): { graph: GraphPlan<Card>; tasksPerTile: number } {
  const shared = shareCards(store, MOST_CARDS, MOST_IN_LAYER, opened);
  const contents = shared.cards.map((groups) => ({
    groups,
    name: store.groups[groups[0]!]!.name,
    more: groups.length - 1,
    n: groups.reduce((sum, g) => sum + store.groups[g]!.n, 0),
    names: groups.map((g) => store.groups[g]!.name),
    counts: groups.map((g) => store.groups[g]!.n),
  }));
  const perTile = store.sums?.buckets.size ?? tasksPerTile(store.groups.map(({ n }) => n));
  const sizes = fitSizes(contents, shared.edges, perTile, width);
  const layout = layeredLayout(sizes, shared.edges, { width, gapX: [LEAST_GAP, 150], gapY: GAP_Y });
  const nodes = contents.map((content, k): Card => {
    const size = sizes[k]!;
    const box = { x: layout.x[k]!, y: layout.y[k]! + 1, width: size.width, height: size.height };
    const tiles = { x: box.x + CARD_INSET, y: box.y + CARD_HEAD, columns: size.columns, step: size.step };
    return {
      ...content,
      label: size.name,
      count: size.count,
      box,
      tiles,
      tile: size.tile,
      tileCount: size.tileCount,
      rows: size.rows.map(({ label, x, y }) => ({ label, x: box.x + x, y: box.y + y })),
    };
  });
  const weight = new Map(shared.edges.map((edge) => [`${edge.from} ${edge.to}`, edge.weight]));
  const ends = portsOf(nodes, layout);
  const edges = layout.edges.map(({ from, to, via }, e) => ({
    from,
    to,
    weight: weight.get(`${from} ${to}`) ?? 1,
    points: curveThrough([ends[e]!.start, ...via, ends[e]!.end]),
  }));
  const graph = {
    width: Math.max(width, layout.width),
    height: layout.height + 2 + (hasLegend(store, perTile, contents.length) ? LEGEND_HEIGHT : 0),
    nodes,
    edges,
    crossings: layout.crossings,
  };
  return { graph, tasksPerTile: perTile };
}

/** A graph that has not run has no states to explain, but may have a note. */
function hasLegend(store: RunStore, perTile: number, cards: number): boolean {
  return store.state !== "planned" || perTile > 1 || cards < store.groups.length;
}

/** The roomiest sizes that fit: into the width with airy gaps, then with tight ones, then into more height. */
function fitSizes(
  contents: readonly CardContent[],
  edges: readonly Edge[],
  perTile: number,
  width: number,
): CardSize[] {
  const layerOf = layersOf(contents.length, edges);
  const layers = Array.from({ length: Math.max(...layerOf) + 1 }, (_, k) =>
    [...contents.keys()].filter((card) => layerOf[card] === k),
  );
  const sized = SCALES.map((scale) => contents.map((content) => sizeOf(content, perTile, scale)));
  for (const [gap, height] of [
    [44, 250],
    [30, 250],
    [30, 360],
    [30, 440],
    [30, Number.POSITIVE_INFINITY],
  ] as const) {
    const fitting = sized.find((sizes) => {
      const wide = layers.reduce((sum, cards) => sum + Math.max(...cards.map((card) => sizes[card]!.width)), 0);
      const tall = layers.map((cards) => cards.reduce((sum, card) => sum + sizes[card]!.height + GAP_Y, -GAP_Y));
      return wide + gap * (layers.length - 1) <= width && Math.max(...tall) <= height;
    });
    if (fitting) return fitting;
  }
  return sized.at(-1)!;
}

/**
 * Where edges leave and reach their cards: at the side of the tile block, one below the other in the
 * order of what they lead to, so that edges of one card do not cross at its side.
 */
function portsOf(cards: readonly Card[], layout: Layout): { start: Point; end: Point }[] {
  const middle = ({ y, height }: Box) => y + height / 2;
  const ends = layout.edges.map(({ from, to }) => {
    const [a, b] = [cards[from]!.box, cards[to]!.box];
    return { start: { x: a.x + a.width, y: middle(a) }, end: { x: b.x - ARROW_ROOM, y: middle(b) } };
  });
  for (const [k, card] of cards.entries()) {
    for (const side of ["start", "end"] as const) {
      const towards = (e: number) => {
        const { from, to, via } = layout.edges[e]!;
        return side === "start" ? (via[0]?.y ?? middle(cards[to]!.box)) : (via.at(-1)?.y ?? middle(cards[from]!.box));
      };
      const mine = [...layout.edges.keys()].filter((e) => layout.edges[e]![side === "start" ? "from" : "to"] === k);
      mine.sort((a, b) => towards(a) - towards(b) || a - b);
      const top = card.tiles.y;
      const bottom = card.box.y + card.box.height - CARD_INSET;
      const gap = Math.min(PORT_GAP, Math.max(bottom - top, 16) / Math.max(1, mine.length));
      for (const [place, e] of mine.entries()) {
        const y = (top + bottom) / 2 + (place - (mine.length - 1) / 2) * gap;
        ends[e]![side] = { ...ends[e]![side], y };
      }
    }
  }
  return ends;
}
