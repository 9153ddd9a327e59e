import { acyclic, type Edge, neighbours } from "../layout/graph.js";
import { layersOf } from "../layout/layers.js";
import type { RunStore } from "../store/run-store.js";

/** Functions on one card, and how the cards depend on each other. */
export interface SharedCards {
  readonly cards: readonly (readonly number[])[];
  readonly edges: readonly (Edge & { readonly weight: number })[];
}

/**
 * Gives every function a card; with more than `most` functions, first functions in a row without
 * branches share one (the pair with the fewest tasks first), then the smallest two of a layer do.
 */
export function shareCards(store: RunStore, most: number): SharedCards {
  let cards = store.groups.map((_, g) => [g]);
  for (let shared = connect(store, cards); cards.length > most; shared = connect(store, cards)) {
    const size = (card: number) => cards[card]!.reduce((sum, g) => sum + store.groups[g]!.n, 0);
    const pair =
      smallest(chainPairs(cards.length, shared.edges), size) ??
      smallest(layerPairs(cards.length, shared.edges, size), size);
    if (pair === undefined) break;
    const [into, from] = pair;
    cards = cards.map((card, k) => (k === into ? [...card, ...cards[from]!] : card)).filter((_, k) => k !== from);
  }
  return connect(store, cards);
}

type Pair = readonly [into: number, from: number];

/** Neighbours where the first has no other consumer and the second no other input. */
function chainPairs(n: number, edges: readonly Edge[]): Pair[] {
  const { before, after } = neighbours(n, edges);
  return edges
    .filter(({ from, to }) => after[from]!.length === 1 && before[to]!.length === 1)
    .map(({ from, to }) => [from, to]);
}

/** The two smallest of each layer: no path joins them, so sharing a card cannot close a cycle. */
function layerPairs(n: number, edges: readonly Edge[], size: (card: number) => number): Pair[] {
  const byLayer = new Map<number, number[]>();
  for (const [card, layer] of layersOf(n, edges).entries()) byLayer.set(layer, [...(byLayer.get(layer) ?? []), card]);
  const pairs: Pair[] = [];
  for (const cards of byLayer.values()) {
    const [a, b] = [...cards].sort((x, y) => size(x) - size(y) || x - y);
    if (a !== undefined && b !== undefined) pairs.push(a < b ? [a, b] : [b, a]);
  }
  return pairs;
}

function smallest(pairs: readonly Pair[], size: (card: number) => number): Pair | undefined {
  let best: Pair | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const pair of pairs) {
    const tasks = size(pair[0]) + size(pair[1]);
    if (tasks < least) [best, least] = [pair, tasks];
  }
  return best;
}

function connect(store: RunStore, cards: readonly (readonly number[])[]): SharedCards {
  const cardOf = new Map(cards.flatMap((groups, card) => groups.map((g) => [g, card] as const)));
  const weights = new Map<string, Edge & { weight: number }>();
  for (const [g, group] of store.groups.entries()) {
    for (const [needed, n] of group.dependencies) {
      const [from, to] = [cardOf.get(needed)!, cardOf.get(g)!];
      if (from === to) continue;
      const edge = weights.get(`${from} ${to}`) ?? { from, to, weight: 0 };
      weights.set(`${from} ${to}`, { ...edge, weight: edge.weight + n });
    }
  }
  const kept = new Set(acyclic(cards.length, [...weights.values()]));
  return { cards, edges: [...weights.values()].filter((edge) => kept.has(edge)) };
}
