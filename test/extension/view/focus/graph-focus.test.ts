import {
  firstFocus,
  firstTile,
  focusBox,
  focusRow,
  type GraphFocus,
  inSight,
  movedFocus,
  zoomedBox,
} from "../../../../extension/src/view/focus/graph-focus.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { largeGraph, matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

function picture(tasks: ReturnType<typeof reportGraph>, width = 960, bucketSize?: number) {
  const run = new SimulatedRun(tasks, bucketSize ? { bucketSize } : {});
  const store = RunStore.fromBundle(run.bundleAt(run.end));
  const plan = planView(store, width, { isOpen: true });
  if (plan.level === "line") throw new Error("expected a plan with a picture");
  return { store, plan };
}

/** What has the focus after each key, by the name that is drawn. */
function walk({ plan }: ReturnType<typeof picture>, ...keys: string[]): string[] {
  let focus = firstFocus(plan)!;
  return keys.map((key) => {
    focus = movedFocus(plan, focus, key)!;
    return plan.graph.nodes[focus.node]!.label;
  });
}

//  read 0 - clean 0 \
//  read 1 - clean 1 - fit 0 \        / plot
//  read 2 - clean 2 - fit 1 - merge -
//  read 3 - clean 3 /                \ save
test("arrows follow the dependencies of tasks to the right and left, and a column up and down", () => {
  const report = picture(reportGraph());
  expect(walk(report, "Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")).toEqual([
    "read 0",
    "clean 0",
    "fit 0",
    "merge",
    "plot",
    "plot",
  ]);
  expect(walk(report, "ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp")).toEqual([
    "read 1",
    "clean 1",
    "clean 2",
    "read 2",
    "read 1",
  ]);
  expect(walk(report, "End")).toEqual(["save"]);
});

test("every card of a graph is reached by arrows from the first one", () => {
  const { plan } = picture(matmulGraph());
  const reached = new Set<number>();
  const open: GraphFocus[] = [firstFocus(plan)!];
  for (let focus = open.pop(); focus; focus = open.pop()) {
    if (reached.has(focus.node)) continue;
    reached.add(focus.node);
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) open.push(movedFocus(plan, focus, key)!);
  }
  expect(reached.size).toBe(plan.graph.nodes.length);
});

test("tasks that do not need each other are walked by rows and columns", () => {
  const alone = Array.from({ length: 12 }, () => ({ name: "load", group: "load", needs: [], ms: 5 }));
  const rows = picture(alone, 500);
  expect(rows.plan.graph.edges).toEqual([]);
  const [first, right, , back] = walk(rows, "Home", "ArrowRight", "ArrowDown", "ArrowUp");
  expect([first, right, back]).toEqual(["load 0", "load 1", "load 1"]);
});

test("keys that move nothing are left to others", () => {
  const { plan } = picture(reportGraph());
  expect(["a", "Tab", "PageDown", "constructor"].map((key) => movedFocus(plan, { node: 0 }, key))).toEqual(
    Array(4).fill(undefined),
  );
});

test("inside a card arrows go over its tiles, which stand for their tasks, and stay in it", () => {
  const { plan, store } = picture(matmulGraph());
  if (plan.level === "nodes") throw new Error("expected cards");
  const node = plan.graph.nodes.findIndex(({ name }) => name === "multiply");
  const card = plan.graph.nodes[node]!;
  const first = firstTile(plan, { node })!;
  expect(first).toEqual({ node, tile: 0 });
  const below = movedFocus(plan, first, "ArrowDown")!;
  expect(below.tile).toBe(card.tiles.columns);
  expect(movedFocus(plan, first, "ArrowUp")).toEqual(first);
  const last = movedFocus(plan, below, "End")!;
  expect(last.tile).toBe(511);
  const { task } = focusRow(plan, store, last);
  expect(store.tasks.key[task!]).toMatch(/^multiply/);
  expect(task).toBe(store.tasks.group.lastIndexOf(card.groups[0]!));
  const box = focusBox(plan, last);
  expect(box.x).toBeGreaterThan(card.box.x);
  expect(box.y + box.height).toBeLessThan(card.box.y + card.box.height);
});

test("a tile of many tasks stands for its bucket, and a card of one task for the task", () => {
  const { plan, store } = picture(largeGraph(12_000), 960, 10);
  expect(focusRow(plan, store, { node: 1, tile: 3 })).toEqual({ card: 1, bucket: store.sums!.buckets.first[1]! + 3 });
  const small = picture(matmulGraph());
  const total = small.store.groups.findIndex(({ name }) => name === "total");
  const node = small.plan.graph.nodes.findIndex((card) => "groups" in card && card.groups.includes(total));
  expect(focusRow(small.plan, small.store, { node })).toEqual({ task: small.store.tasks.group.indexOf(total) });
});

test("an enlarged graph moves as little as brings what has the focus into sight", () => {
  const panel = { width: 100, height: 100 };
  const zoom = { scale: 2, x: 0, y: 0 };
  const box = { x: 70, y: 10, width: 10, height: 10 };
  const moved = inSight(zoom, box, panel);
  expect(moved).toEqual({ scale: 2, x: -60, y: 0 });
  expect(zoomedBox(box, moved)).toEqual({ x: 80, y: 20, width: 20, height: 20 });
  expect(inSight(moved, box, panel)).toEqual(moved);
});
