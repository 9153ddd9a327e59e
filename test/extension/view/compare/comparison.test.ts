import { compareRuns, differenceMs } from "../../../../extension/src/view/compare/comparison.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { runOf } from "../../../support/two-functions.js";

test("functions are matched by name, and summed in each run", () => {
  const { functions, isSameGraph } = compareRuns(runOf([4, 100, 50]), runOf([4, 60, 80]));
  expect(functions).toEqual([
    {
      name: "load",
      a: { tasks: 4, done: 4, failed: 0, ms: 400 },
      b: { tasks: 4, done: 4, failed: 0, ms: 240 },
      isOpen: false,
    },
    {
      name: "clean",
      a: { tasks: 4, done: 4, failed: 0, ms: 200 },
      b: { tasks: 4, done: 4, failed: 0, ms: 320 },
      isOpen: false,
    },
    {
      name: "total",
      a: { tasks: 1, done: 1, failed: 0, ms: 10 },
      b: { tasks: 1, done: 1, failed: 0, ms: 10 },
      isOpen: false,
    },
  ]);
  expect(functions.map(differenceMs)).toEqual([-160, 120, 0]);
  expect(isSameGraph).toBe(true);
});

test("a function that only one run has stands with that one's figures, after those of A", () => {
  const { functions, isSameGraph } = compareRuns(runOf([2, 9, 9]), runOf([2, 9, 9, "filter"]));
  expect(functions.map(({ name, a, b }) => [name, a?.tasks, b?.tasks])).toEqual([
    ["load", 2, 2],
    ["clean", 2, undefined],
    ["total", 1, 1],
    ["filter", undefined, 2],
  ]);
  expect(isSameGraph).toBe(false);
});

test("runs with other numbers of tasks are runs of different graphs", () => {
  expect(compareRuns(runOf([3, 9, 9]), runOf([4, 9, 9])).isSameGraph).toBe(false);
});

test("groups of one name are one function", () => {
  const { bundle } = runOf([2, 100, 50]);
  const [load, clean, total] = bundle.groups;
  const split = RunStore.fromBundle({ ...bundle, tasks: null, groups: [load!, { ...clean!, name: "load" }, total!] });
  expect(compareRuns(split, split).functions.map(({ name, a }) => [name, a!.tasks, a!.ms])).toEqual([
    ["load", 4, 300],
    ["total", 1, 10],
  ]);
});

test("failures are counted, and so are runs of which only sums are known", () => {
  const failed = runOf([4, 100, 50], { failing: [2], keepsGoing: true });
  const sums = runOf([4, 100, 50], { countersOnly: true });
  const { functions } = compareRuns(failed, sums);
  expect(functions[0]).toMatchObject({ name: "load", a: { failed: 1, done: 3 }, b: { failed: 0, done: 4, ms: 400 } });
});

test("a function is compared when all its tasks are done in both runs, or their run has ended", () => {
  // Four loads of 60 ms on two workers, each with its clean: after three quarters of the time all loads are done.
  const done = runOf([4, 60, 80]);
  const { functions } = compareRuns(done, runOf([4, 60, 80], {}, 0.75));
  expect(functions.map(({ name, isOpen }) => [name, isOpen])).toEqual([
    ["load", false],
    ["clean", true],
    ["total", true],
  ]);
  expect(functions.map(differenceMs)).toEqual([0, undefined, undefined]);
  const failed = compareRuns(done, runOf([4, 60, 80], { failing: [0] }));
  expect(failed.functions.map(({ isOpen }) => isOpen)).toEqual([false, false, false]);
});
