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
 * followed by swaps of neighbours (Sugiyama et al. 1981). Where a sweep ends depends on where it starts,
 * so several orders are tried and the best found is kept; of equals the one that began as the nodes are numbered.
 * @param edges between neighbouring layers only
 */
export function orderLayers(layer: readonly number[], edges: readonly Edge[]): Order {
  const near = neighbours(layer.length, edges);
  const between = edgesByLayer(layer, edges);
  const starts = [inOrder(layer), walk(layer, near.after, near.before), walk(layer, near.before, near.after)];
  let best: Order | undefined;
  for (const start of starts) {
    for (const first of [0, 1]) {
      const order = improve(start, near, between, first);
      if (best === undefined || order.crossings < best.crossings) best = order;
      if (best.crossings === 0) return best;
    }
  }
  return best!;
}

/** Sweeps from one order; those with an even number go forwards. */
function improve(
  start: readonly (readonly number[])[],
  near: Neighbours,
  between: readonly (readonly Edge[])[],
  first: number,
): Order {
  const layers = start.map((nodes) => [...nodes]);
  const place = new Array<number>(near.after.length).fill(0);
  for (const nodes of layers) setPlaces(nodes, place);
  const total = () => between.reduce((sum, some) => sum + crossings(some, place), 0);
  let best: Order = { layers: start, crossings: total() };
  for (let sweep = first; sweep < first + SWEEPS && best.crossings > 0; sweep++) {
    const forward = sweep % 2 === 0;
    for (const nodes of forward ? layers : [...layers].reverse()) {
      sortByBarycentre(nodes, forward ? near.before : near.after, place);
      swapNeighbours(nodes, near, place, sweep % 4 > 1);
    }
    const count = total();
    if (count < best.crossings) best = { layers: layers.map((nodes) => [...nodes]), crossings: count };
  }
  return best;
}

/** Depth first from the nodes at one end, so that families stand together. */
function walk(layer: readonly number[], outer: Neighbours["after"], inner: Neighbours["after"]): number[][] {
  const layers: number[][] = Array.from({ length: Math.max(-1, ...layer) + 1 }, () => []);
  const seen = new Uint8Array(layer.length);
  for (let root = 0; root < layer.length; root++) {
    if (outer[root]!.length > 0) continue;
    const stack = [root];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen[node]) continue;
      seen[node] = 1;
      layers[layer[node]!]!.push(node);
      stack.push(...[...inner[node]!].reverse());
    }
  }
  return layers;
}

function inOrder(layer: readonly number[]): number[][] {
  const layers: number[][] = Array.from({ length: Math.max(-1, ...layer) + 1 }, () => []);
  for (const [node, k] of layer.entries()) layers[k]!.push(node);
  return layers;
}

function edgesByLayer(layer: readonly number[], edges: readonly Edge[]): Edge[][] {
  const between: Edge[][] = layer.map(() => []);
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

/**
 * Swaps neighbours where that leaves fewer crossings; with `evenSwaps` also, on a first pass, where it
 * leaves as many: that leads out of dead ends (Gansner et al. 1993).
 */
function swapNeighbours(nodes: number[], near: Neighbours, place: number[], evenSwaps: boolean): void {
  let [again, even] = [true, evenSwaps];
  while (again) {
    again = false;
    for (let k = 0; k + 1 < nodes.length; k++) {
      const [a, b] = [nodes[k]!, nodes[k + 1]!];
      const now = pairCrossings(a, b, near.before, place) + pairCrossings(a, b, near.after, place);
      const swapped = pairCrossings(b, a, near.before, place) + pairCrossings(b, a, near.after, place);
      if (swapped > now || (swapped === now && !even)) continue;
      again = true;
      [nodes[k], nodes[k + 1]] = [b, a];
      [place[a], place[b]] = [k + 1, k];
    }
    even = false;
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
