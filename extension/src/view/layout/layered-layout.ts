import { acyclic, type Edge, neighbours, type Point } from "./graph.js";
import { layersOf } from "./layers.js";
import { orderLayers } from "./order.js";
import { placeVertically } from "./place.js";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  /** width to fill; the result is wider if the nodes at their smallest gaps do not fit */
  readonly width: number;
  /** room between layers, from the least that edges need to the most that looks connected */
  readonly gapX: readonly [least: number, most: number];
  readonly gapY: number;
}

/** Where everything goes: boxes by their left top corner, edges by the points they pass. */
export interface Layout {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly width: number;
  readonly height: number;
  /** the edges that were laid out, in order (without loops, doubles and those that close a cycle) */
  readonly edges: readonly RoutedEdge[];
  readonly crossings: number;
}

export interface RoutedEdge extends Edge {
  /** points between the two boxes where the edge passes other layers; empty for neighbours */
  readonly via: readonly Point[];
}

/** Height that a long edge keeps free where it passes a layer. */
const LANE = 8;
/** With more segments than this the edges are a smear with or without lanes, which then only cost time. */
const MOST_SEGMENTS = 2_000;

/**
 * Lays out a graph from left to right: layers by longest path, few crossings, boxes level with their
 * neighbours; long edges keep a lane of their own through the layers they pass. Gaps between layers
 * shrink before the picture grows wider than `width`. Same input, same result.
 */
export function layeredLayout(sizes: readonly Size[], all: readonly Edge[], options: LayoutOptions): Layout {
  const edges = acyclic(sizes.length, all);
  const layer = layersOf(sizes.length, edges);
  const { chains, segments, layerOfAll } = withLanes(layer, edges);
  const order = orderLayers(layerOfAll, segments);
  const heights = layerOfAll.map((_, node) => sizes[node]?.height ?? LANE);
  const middle = placeVertically(order.layers, neighbours(layerOfAll.length, segments), heights, options.gapY);

  const widths = order.layers.map((nodes) => Math.max(0, ...nodes.map((node) => sizes[node]?.width ?? 0)));
  const boxes = widths.reduce((sum, width) => sum + width, 0);
  const gaps = Math.max(1, widths.length - 1);
  const gap = clamp((options.width - boxes) / gaps, options.gapX[0], options.gapX[1]);
  const left = widths.map((_, k) => widths.slice(0, k).reduce((sum, width) => sum + width + gap, 0));

  const routed = edges.map((edge, e) => ({
    ...edge,
    via: chains[e]!.flatMap((lane) => {
      const k = layerOfAll[lane]!;
      return [
        { x: left[k]!, y: middle[lane]! },
        { x: left[k]! + widths[k]!, y: middle[lane]! },
      ];
    }),
  }));
  return {
    x: sizes.map((_, node) => Math.round(left[layer[node]!]!)),
    y: sizes.map((size, node) => Math.round(middle[node]!) - size.height / 2),
    width: Math.ceil(boxes + gap * (widths.length - 1)),
    height: Math.ceil(Math.max(0, ...middle.map((y, node) => y + heights[node]! / 2))),
    edges: routed,
    crossings: order.crossings,
  };
}

/** Cuts edges that pass over layers into segments, with one lane (an extra node) in each layer passed. */
function withLanes(layer: readonly number[], edges: readonly Edge[]) {
  const spans = edges.reduce((sum, { from, to }) => sum + layer[to]! - layer[from]!, 0);
  if (spans > MOST_SEGMENTS) return { chains: edges.map((): number[] => []), segments: edges, layerOfAll: layer };
  const layerOfAll = [...layer];
  const segments: Edge[] = [];
  const chains = edges.map(({ from, to }) => {
    const chain: number[] = [];
    let last = from;
    for (let k = layer[from]! + 1; k < layer[to]!; k++) {
      const lane = layerOfAll.push(k) - 1;
      segments.push({ from: last, to: lane });
      chain.push(lane);
      last = lane;
    }
    segments.push({ from: last, to });
    return chain;
  });
  return { chains, segments, layerOfAll };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
