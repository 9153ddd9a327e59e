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
