import type { Edge } from "./graph.js";

/** Pairs of edges between two neighbouring layers that cross, given the place of each node in its layer. */
export function crossings(edges: readonly Edge[], place: readonly number[]): number {
  const sorted = [...edges].sort((a, b) => place[a.from]! - place[b.from]! || place[a.to]! - place[b.to]!);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    for (let k = i + 1; k < sorted.length; k++) {
      const [a, b] = [sorted[i]!, sorted[k]!];
      if (place[a.from]! < place[b.from]! && place[a.to]! > place[b.to]!) count++;
    }
  }
  return count;
}
