import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { reportGraph } from "../../../support/simulated-graphs.js";

//  read ─ clean ┐
//               fit ┐
//  read ─ clean ┘   │        ┌ plot
//                   merge ───┤           tasks 0-3 read, 4-7 clean, 8-9 fit, 10 merge, 11 plot, 12 save
//  read ─ clean ┐   │        └ save
//               fit ┘
//  read ─ clean ┘
const names = ["read", "clean", "fit", "merge", "plot", "save"];

function blockedAt(failing: number[], share: number, options = {}) {
  const run = new SimulatedRun(reportGraph(), { workers: 3, failing, ...options });
  const store = RunStore.fromBundle(run.bundleAt(run.end * share));
  return { store, blocked: Object.fromEntries(names.map((name, g) => [name, store.failures.blockedBy[g]])) };
}

test("functions behind a failed task are blocked by it, the others are not", () => {
  const { blocked, store } = blockedAt([8], 1);
  expect(blocked).toEqual({ read: 0, clean: 0, fit: 0, merge: 1, plot: 1, save: 1 });
  expect(store.failures.byGroup).toEqual([0, 0, 1, 0, 0, 0]);
});

test("a task that needs a failed one counts as not run, only the one that threw as failed", () => {
  const { store } = blockedAt([8], 1);
  expect([8, 10, 11].map((task) => store.formOf(task))).toEqual(["failed", "stopped", "stopped"]);
  expect(store.forms()).toMatchObject({ failed: 1, stopped: 4 });
});

test("two failures hold up what is behind both", () => {
  const { blocked } = blockedAt([4, 7], 1, { keepsGoing: true });
  expect(blocked).toEqual({ read: 0, clean: 0, fit: 2, merge: 2, plot: 2, save: 2 });
});

test("without task columns functions behind a failed one are blocked as long as something of them is left", () => {
  const { blocked } = blockedAt([8], 1, { countersOnly: true });
  expect(blocked).toEqual({ read: 0, clean: 0, fit: 0, merge: 1, plot: 1, save: 1 });
});

test("a failure counts even if its error was left out of the bundle", () => {
  const run = new SimulatedRun(reportGraph(), { workers: 3, failing: [4, 7], keepsGoing: true });
  const store = RunStore.fromBundle({ ...run.bundleAt(run.end), errors: [] });
  expect(store.forms()).toMatchObject({ failed: 2, stopped: 5 });
  expect(store.failures.blockedBy[5]).toBe(2);
});

test("nothing is blocked before anything failed", () => {
  expect(blockedAt([8], 0.2).store.failures.blockedBy).toEqual([0, 0, 0, 0, 0, 0]);
});
