import { type Edge, neighbours } from "./graph.js";

/**
 * Layer of each node by longest path, so every edge points to a later layer; nodes that need nothing are
 * pulled as late as possible, so a short branch starts next to its consumer.
 * @param edges without cycles
 */
export function layersOf(n: number, edges: readonly Edge[]): number[] {
  const { before, after } = neighbours(n, edges);
  const layer = new Array<number>(n).fill(0);
  const missing = before.map((nodes) => nodes.length);
  const order = [...missing.keys()].filter((node) => missing[node] === 0);
  for (let k = 0; k < order.length; k++) {
    const node = order[k]!;
    for (const next of after[node]!) {
      layer[next] = Math.max(layer[next]!, layer[node]! + 1);
      missing[next]! -= 1;
      if (missing[next] === 0) order.push(next);
    }
  }
  for (const node of order) {
    if (before[node]!.length > 0 || after[node]!.length === 0) continue;
    layer[node] = Math.min(...after[node]!.map((next) => layer[next]!)) - 1;
  }
  return layer;
}
