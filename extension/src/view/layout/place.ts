import type { Neighbours } from "./graph.js";

const PASSES = 6;

/**
 * Vertical centres of all nodes: each as near as possible to the middle of its neighbours, in the given
 * order, at least `gap` apart. Layers are placed one by one as blocks that merge where they would overlap
 * (pool adjacent violators), sweeping to and fro, at last outwards from the tallest layer.
 */
export function placeVertically(
  layers: readonly (readonly number[])[],
  near: Neighbours,
  height: readonly number[],
  gap: number,
): number[] {
  const y = new Array<number>(height.length).fill(0);
  const tall = layers.map((nodes) => nodes.reduce((sum, node) => sum + height[node]! + gap, 0));
  const widest = tall.indexOf(Math.max(0, ...tall));
  const place = (k: number, sides: readonly (readonly (readonly number[])[])[]) => {
    const nodes = layers[k];
    if (nodes)
      placeLayer(nodes, (node) => mean(sides.flatMap((side) => side[node]!.map((m) => y[m]!))), height, gap, y);
  };
  const outwards = () => {
    for (let k = widest + 1; k < layers.length; k++) place(k, [near.before]);
    for (let k = widest - 1; k >= 0; k--) place(k, [near.after]);
  };
  place(widest, []);
  outwards();
  for (let pass = 0; pass < PASSES; pass++) {
    const both = [near.before, near.after];
    if (pass % 2 === 0) for (let k = 0; k < layers.length; k++) place(k, both);
    else for (let k = layers.length - 1; k >= 0; k--) place(k, both);
  }
  outwards(); // so that chains are level with what they hang on
  const top = Math.min(...y.map((centre, node) => centre - height[node]! / 2), Number.POSITIVE_INFINITY);
  return y.map((centre) => centre - top);
}

function placeLayer(
  nodes: readonly number[],
  wanted: (node: number) => number | undefined,
  height: readonly number[],
  gap: number,
  y: number[],
): void {
  // In coordinates that already count the space of the nodes above, "no overlap" reads "not decreasing".
  const offset: number[] = [];
  let used = 0;
  for (const [k, node] of nodes.entries()) {
    if (k > 0) used += height[nodes[k - 1]!]! / 2 + gap + height[node]! / 2;
    offset.push(used);
  }
  const blocks: { sum: number; size: number }[] = [];
  for (const [k, node] of nodes.entries()) {
    const last = blocks.at(-1);
    const want = wanted(node) ?? (last ? last.sum / last.size + offset[k]! : y[node]!);
    blocks.push({ sum: want - offset[k]!, size: 1 });
    while (blocks.length > 1) {
      const [above, below] = [blocks.at(-2)!, blocks.at(-1)!];
      if (above.sum / above.size <= below.sum / below.size) break;
      blocks.splice(-2, 2, { sum: above.sum + below.sum, size: above.size + below.size });
    }
  }
  let k = 0;
  for (const block of blocks) {
    for (let i = 0; i < block.size; i++, k++) y[nodes[k]!] = block.sum / block.size + offset[k]!;
  }
}

function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
