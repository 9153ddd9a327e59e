import fc from "fast-check";
import type { Edge } from "../../../../extension/src/view/layout/graph.js";
import { type Layout, layeredLayout, type Size } from "../../../../extension/src/view/layout/layered-layout.js";
import { matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

const OPTIONS = { width: 900, gapX: [26, 120], gapY: 12 } as const;

function edgesOf(tasks: readonly { needs: readonly number[] }[]): Edge[] {
  return tasks.flatMap(({ needs }, to) => needs.map((from) => ({ from, to })));
}

function overlaps(layout: Layout, sizes: readonly Size[]): string[] {
  const found: string[] = [];
  for (const [a, one] of sizes.entries()) {
    for (let b = a + 1; b < sizes.length; b++) {
      const two = sizes[b]!;
      const apartX = layout.x[a]! + one.width <= layout.x[b]! || layout.x[b]! + two.width <= layout.x[a]!;
      const apartY = layout.y[a]! + one.height <= layout.y[b]! || layout.y[b]! + two.height <= layout.y[a]!;
      if (!apartX && !apartY) found.push(`${a} ${b}`);
    }
  }
  return found;
}

/** Long edges that pass through a box on their way. */
function piercings(layout: Layout, sizes: readonly Size[]): string[] {
  return layout.edges.flatMap(({ from, to, via }) =>
    via.flatMap(({ x, y }) =>
      sizes.flatMap((size, k) => {
        const inX = x >= layout.x[k]! && x <= layout.x[k]! + size.width;
        const inY = y > layout.y[k]! && y < layout.y[k]! + size.height;
        return inX && inY ? [`${from}-${to} ${k}`] : [];
      }),
    ),
  );
}

const graphs = fc.integer({ min: 1, max: 40 }).chain((n) =>
  fc.record({
    sizes: fc.array(fc.record({ width: fc.integer({ min: 10, max: 90 }), height: fc.constantFrom(20, 32, 48) }), {
      minLength: n,
      maxLength: n,
    }),
    edges: fc.array(fc.record({ from: fc.nat(n - 1), to: fc.nat(n - 1) }), { maxLength: 60 }),
  }),
);

test("boxes never overlap and long edges pass beside them, whatever the graph", () => {
  fc.assert(
    fc.property(graphs, ({ sizes, edges }) => {
      const layout = layeredLayout(sizes, edges, OPTIONS);
      expect(overlaps(layout, sizes)).toEqual([]);
      expect(piercings(layout, sizes)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("every edge that is laid out leads to the right", () => {
  fc.assert(
    fc.property(graphs, ({ sizes, edges }) => {
      const layout = layeredLayout(sizes, edges, OPTIONS);
      for (const { from, to } of layout.edges) {
        expect(layout.x[from]! + sizes[from]!.width).toBeLessThan(layout.x[to]!);
      }
    }),
    { numRuns: 100 },
  );
});

test("all boxes lie within the size of the layout", () => {
  fc.assert(
    fc.property(graphs, ({ sizes, edges }) => {
      const { x, y, width, height } = layeredLayout(sizes, edges, OPTIONS);
      for (const [k, size] of sizes.entries()) {
        expect(x[k]).toBeGreaterThanOrEqual(0);
        expect(y[k]).toBeGreaterThanOrEqual(-1);
        expect(x[k]! + size.width).toBeLessThanOrEqual(width + 1);
        expect(y[k]! + size.height).toBeLessThanOrEqual(height + 1);
      }
    }),
    { numRuns: 100 },
  );
});

test("the same graph is laid out the same way", () => {
  const edges = edgesOf(matmulGraph(2));
  const sizes = matmulGraph(2).map(() => ({ width: 60, height: 30 }));
  expect(layeredLayout(sizes, edges, OPTIONS)).toEqual(layeredLayout(sizes, edges, OPTIONS));
});

//  a ─┬─ c     two edges that cross as listed (a-d, b-c) are drawn without a crossing
//  b ─┴─ d
test("known graphs keep their number of crossings", () => {
  const sizesFor = (n: number) => Array.from({ length: n }, () => ({ width: 60, height: 30 }));
  const crossed = [
    { from: 0, to: 3 },
    { from: 1, to: 2 },
  ];
  const report = reportGraph();
  const matmul = matmulGraph(2);
  const tree = Array.from({ length: 30 }, (_, k) => ({ from: k + 1, to: Math.floor(k / 2) }));
  expect({
    crossed: layeredLayout(sizesFor(4), crossed, OPTIONS).crossings,
    report: layeredLayout(sizesFor(report.length), edgesOf(report), OPTIONS).crossings,
    tree: layeredLayout(sizesFor(31), tree, OPTIONS).crossings,
    matmul: layeredLayout(sizesFor(matmul.length), edgesOf(matmul), OPTIONS).crossings,
  }).toEqual({ crossed: 0, report: 0, tree: 0, matmul: 34 });
});

test("a node that needs nothing stands next to its first consumer", () => {
  //  0 ─ 1 ─ 2 ─ 3
  //          4 ──┘
  const edges = [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
    { from: 2, to: 3 },
    { from: 4, to: 3 },
  ];
  const { x } = layeredLayout(
    edges.concat({ from: 0, to: 0 }).map(() => ({ width: 60, height: 30 })),
    edges,
    OPTIONS,
  );
  expect(x[4]).toBe(x[2]);
});

test("a chain is level", () => {
  const edges = Array.from({ length: 5 }, (_, k) => ({ from: k, to: k + 1 }));
  const heights = [20, 40, 60, 20, 40, 30];
  const layout = layeredLayout(
    heights.map((height) => ({ width: 60, height })),
    edges,
    OPTIONS,
  );
  expect(new Set(heights.map((height, k) => layout.y[k]! + height / 2)).size).toBe(1);
});

test("edges that close a cycle, loops and doubles are left out", () => {
  const edges = [
    { from: 0, to: 1 },
    { from: 1, to: 0 },
    { from: 1, to: 1 },
    { from: 0, to: 1 },
  ];
  const sizes = [0, 1].map(() => ({ width: 60, height: 30 }));
  expect(layeredLayout(sizes, edges, OPTIONS).edges).toEqual([{ from: 0, to: 1, via: [] }]);
});

test("gaps shrink to fit the width, then the picture grows wider", () => {
  const chain = (n: number) => ({
    sizes: Array.from({ length: n }, () => ({ width: 100, height: 30 })),
    edges: Array.from({ length: n - 1 }, (_, k) => ({ from: k, to: k + 1 })),
  });
  const widthOf = (n: number) => layeredLayout(chain(n).sizes, chain(n).edges, OPTIONS).width;
  expect([2, 5, 7, 20].map(widthOf)).toEqual([320, 900, 900, 20 * 100 + 19 * 26]);
});
