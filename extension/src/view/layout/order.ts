import { crossings } from "./crossings.js";
import { type Edge, type Neighbours, neighbours } from "./graph.js";

const SWEEPS = 12;

/** Nodes of each layer from top to bottom, and the edge crossings that are left. */
export interface Order {
  readonly layers: readonly (readonly number[])[];
  readonly crossings: number;
}

/**
 * Orders the nodes inside their layers for few crossings: barycentre sweeps in both directions, each
 * followed by swaps of neighbours; the best order found is kept (Sugiyama et al. 1981).
 * @param edges between neighbouring layers only
 */
export function orderLayers(layer: readonly number[], edges: readonly Edge[]): Order {
  const near = neighbours(layer.length, edges);
  const layers = startOrder(layer, near);
  const place = new Array<number>(layer.length).fill(0);
  for (const nodes of layers) setPlaces(nodes, place);
  const between = edgesByLayer(layer, edges, layers.length);
  const total = () => between.reduce((sum, some) => sum + crossings(some, place), 0);
  let best: Order = { layers: layers.map((nodes) => [...nodes]), crossings: total() };
  for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep++) {
    const forward = sweep % 2 === 0;
    const sequence = forward ? layers : [...layers].reverse();
    for (const nodes of sequence) {
      sortByBarycentre(nodes, forward ? near.before : near.after, place);
      swapNeighbours(nodes, near, place);
    }
    const count = total();
    if (count < best.crossings) best = { layers: layers.map((nodes) => [...nodes]), crossings: count };
  }
  return best;
}

/** Depth first from the last nodes, so families stand together. */
function startOrder(layer: readonly number[], near: Neighbours): number[][] {
  const layers: number[][] = Array.from({ length: Math.max(-1, ...layer) + 1 }, () => []);
  const seen = new Uint8Array(layer.length);
  for (let root = 0; root < layer.length; root++) {
    if (near.after[root]!.length > 0) continue;
    const stack = [root];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen[node]) continue;
      seen[node] = 1;
      layers[layer[node]!]!.push(node);
      stack.push(...[...near.before[node]!].reverse());
    }
  }
  return layers;
}

function edgesByLayer(layer: readonly number[], edges: readonly Edge[], count: number): Edge[][] {
  const between: Edge[][] = Array.from({ length: count }, () => []);
  for (const edge of edges) between[layer[edge.from]!]!.push(edge);
  return between;
}

function setPlaces(nodes: readonly number[], place: number[]): void {
  for (const [k, node] of nodes.entries()) place[node] = k;
}

function sortByBarycentre(nodes: number[], near: readonly (readonly number[])[], place: number[]): void {
  const want = new Map(nodes.map((node) => [node, mean(near[node]!.map((other) => place[other]!)) ?? place[node]!]));
  nodes.sort((a, b) => want.get(a)! - want.get(b)! || place[a]! - place[b]!);
  setPlaces(nodes, place);
}

function swapNeighbours(nodes: number[], near: Neighbours, place: number[]): void {
  for (let improved = true; improved; ) {
    improved = false;
    for (let k = 0; k + 1 < nodes.length; k++) {
      const [a, b] = [nodes[k]!, nodes[k + 1]!];
      const now = pairCrossings(a, b, near.before, place) + pairCrossings(a, b, near.after, place);
      const swapped = pairCrossings(b, a, near.before, place) + pairCrossings(b, a, near.after, place);
      if (swapped >= now) continue;
      [nodes[k], nodes[k + 1]] = [b, a];
      [place[a], place[b]] = [k + 1, k];
      improved = true;
    }
  }
}

/** Crossings of the edges of `upper` with those of `lower` on one side, if `upper` stands above. */
function pairCrossings(upper: number, lower: number, near: readonly (readonly number[])[], place: readonly number[]) {
  let count = 0;
  for (const a of near[upper]!) for (const b of near[lower]!) if (place[a]! > place[b]!) count++;
  return count;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
