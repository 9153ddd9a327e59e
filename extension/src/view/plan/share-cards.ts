import { acyclic, type Edge, neighbours } from "../layout/graph.js";
import { layersOf } from "../layout/layers.js";
import type { RunStore } from "../store/run-store.js";

/** Functions on one card, and how the cards depend on each other. */
export interface SharedCards {
  readonly cards: readonly (readonly number[])[];
  readonly edges: readonly (Edge & { readonly weight: number })[];
}

/**
 * Gives every function a card. With more than `most` functions, or more than `mostInLayer` beside each
 * other, some share one: first functions in a row without branches, then the smallest of a layer.
 * @param opened functions that share with no other
 */
export function shareCards(
  store: RunStore,
  most: number,
  mostInLayer: number,
  opened: ReadonlySet<number> = new Set(),
): SharedCards {
  let shared = connect(
    store,
    store.groups.map((_, g) => [g]),
  );
  const next = () => nextPair(store, shared, most, mostInLayer, opened);
  for (let pair = next(); pair; pair = next()) {
    const [into, from] = pair;
    const joined = shared.cards.map((card, k) => (k === into ? [...card, ...shared.cards[from]!] : card));
    shared = connect(
      store,
      joined.filter((_, k) => k !== from),
    );
  }
  return shared;
}

type Pair = readonly [into: number, from: number];

/** The two cards to join next; undefined if all fit, or nothing can be joined. */
function nextPair(
  store: RunStore,
  { cards, edges }: SharedCards,
  most: number,
  mostInLayer: number,
  opened: ReadonlySet<number>,
): Pair | undefined {
  const canJoin = (card: number) => !cards[card]!.some((g) => opened.has(g));
  const all: number[][] = [];
  for (const [card, layer] of layersOf(cards.length, edges).entries()) all[layer] = [...(all[layer] ?? []), card];
  const layers = all.map((layer) => layer.filter(canJoin));
  const crowded = layers.filter((layer) => layer.length > mostInLayer);
  if (cards.length - opened.size <= most && crowded.length === 0) return undefined;
  const size = (card: number) => cards[card]!.reduce((sum, g) => sum + store.groups[g]!.n, 0);
  if (crowded.length > 0) return smallest(layerPairs(crowded, size), size);
  const chains = chainPairs(cards.length, edges).filter(([a, b]) => canJoin(a) && canJoin(b));
  return smallest(chains, size) ?? smallest(layerPairs(layers, size), size);
}

/** Neighbours where the first has no other consumer and the second no other input. */
function chainPairs(n: number, edges: readonly Edge[]): Pair[] {
  const { before, after } = neighbours(n, edges);
  return edges
    .filter(({ from, to }) => after[from]!.length === 1 && before[to]!.length === 1)
    .map(({ from, to }) => [from, to]);
}

/** The two smallest of each layer: no path joins them, so sharing a card cannot close a cycle. */
function layerPairs(layers: readonly (readonly number[])[], size: (card: number) => number): Pair[] {
  return layers.flatMap((layer): Pair[] => {
    const [a, b] = [...layer].sort((x, y) => size(x) - size(y) || x - y);
    if (a === undefined || b === undefined) return [];
    return [a < b ? [a, b] : [b, a]];
  });
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

/** Edges between cards, weighted by the task dependencies they stand for; none that would close a cycle. */
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
  const kept = new Set<Edge>(acyclic(cards.length, [...weights.values()]));
  return { cards, edges: [...weights.values()].filter((edge) => kept.has(edge)) };
}
