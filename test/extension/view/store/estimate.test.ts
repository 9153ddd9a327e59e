import { remainingMs } from "../../../../extension/src/view/store/estimate.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";

//  eight tasks of 100 ms on two workers: four rounds of 102 ms (2 ms to start a task)
const run = new SimulatedRun(
  Array.from({ length: 8 }, () => ({ name: "f", needs: [], ms: 100 })),
  { workers: 2 },
);

test("what is left takes the mean time of the finished tasks, spread over the workers", () => {
  const store = RunStore.fromBundle(run.bundleAt(204));
  expect(store.forms()).toMatchObject({ done: 4, queued: 4 });
  expect(remainingMs(store)).toBe(200);
});

test("what running tasks have done already is not left", () => {
  const store = RunStore.fromBundle(run.bundleAt(254));
  expect(store.forms()).toMatchObject({ done: 4, running: 2 });
  expect(remainingMs(store)).toBe(152);
});

test("a function none of whose tasks has ended takes the mean of all", () => {
  const both = new SimulatedRun([...run.tasks, { name: "g", needs: [0], ms: 900 }], { workers: 2 });
  expect(remainingMs(RunStore.fromBundle(both.bundleAt(0)))).toBeUndefined();
  const early = RunStore.fromBundle(both.bundleAt(204));
  const left = early.forms();
  expect(remainingMs(early)).toBe((100 * (left.queued + left.waiting + left.running)) / 2 - running(early) / 2);
});

function running(store: RunStore): number {
  const { state, start } = store.tasks;
  return Array.from(state).reduce((sum: number, s, i) => sum + (s === 2 ? store.elapsed - start[i]! : 0), 0);
}

test("there is no estimate once the run has ended", () => {
  expect(remainingMs(RunStore.fromBundle(run.bundleAt(run.end)))).toBeUndefined();
});
