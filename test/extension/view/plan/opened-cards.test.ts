import type { OverviewPlan } from "../../../../extension/src/view/plan/plan.js";
import { planView } from "../../../../extension/src/view/plan/plan-view.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { manyFunctionsGraph } from "../../../support/simulated-graphs.js";

const store = RunStore.fromBundle(new SimulatedRun(manyFunctionsGraph(40), { workers: 4 }).bundleAt(0));
const cardsOf = (opened?: Set<number>) =>
  (planView(store, 960, { ...(opened && { opened }) }) as OverviewPlan).graph.nodes;

test("the functions of a card that was opened have a card each, and all functions have one", () => {
  const shared = cardsOf().find(({ groups }) => groups.length > 1)!;
  const cards = cardsOf(new Set(shared.groups));
  for (const group of shared.groups) expect(cards.some(({ groups }) => groups.join() === `${group}`)).toBe(true);
  expect(cards.flatMap(({ groups }) => groups).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, g) => g));
});

test("with every function opened there are as many cards as functions", () => {
  expect(cardsOf(new Set(store.groups.keys()))).toHaveLength(40);
});

test("a card of several functions names each, with its tiles beside the name and inside the card", () => {
  const shared = cardsOf().filter(({ groups }) => groups.length > 1);
  expect(shared.length).toBeGreaterThan(5);
  for (const { groups, rows, box, tiles, tile } of shared) {
    expect(rows.map(({ label }) => label)).toEqual(groups.map((g) => store.groups[g]!.name));
    for (const [k, { x, y }] of rows.entries()) {
      expect(x + 2 * tiles.step + tile.width).toBeLessThanOrEqual(box.x + box.width); // three tasks each
      expect(y + tile.height).toBeLessThanOrEqual(rows[k + 1]?.y ?? box.y + box.height);
    }
  }
});
