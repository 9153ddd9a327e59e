import { compareRuns } from "../../../../extension/src/view/compare/comparison.js";
import { comparisonText } from "../../../../extension/src/view/compare/comparison-text.js";
import type { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { runOf } from "../../../support/two-functions.js";

const textOf = (a: RunStore, b: RunStore) => comparisonText(compareRuns(a, b), "en");

test("the table of runs ends with the difference of B to A", () => {
  const { runs } = textOf(runOf([4, 100, 50]), runOf([4, 60, 80], { workers: 4 }));
  const figures = runs.map(({ name, cells }) => [name, ...cells.slice(2)]);
  expect(figures).toEqual([
    ["A", "finished", "9", "2", "0.32 s", "3.00 KiB"],
    ["B", "finished", "9", "4", "0.16 s", "4.00 KiB"],
    ["Difference", "", "0", "+2", "−0.16 s (−51%)", "+1.00 KiB (+33%)"],
  ]);
});

test("it says in words which run was faster, and where", () => {
  const [fast, slow] = [runOf([4, 60, 80]), runOf([4, 1060, 80])];
  expect(textOf(fast, slow).sentences).toEqual([
    "B took 2.00 s more than A (667%).",
    "The largest change is in load: +4.00 s.",
  ]);
  expect(textOf(slow, fast).sentences[0]).toBe("B took 2.00 s less than A (87%).");
  expect(textOf(fast, fast).sentences).toEqual(["Both took the same time."]);
});

test("it says how different graphs differ", () => {
  const { sentences, title } = textOf(runOf([4, 9, 9]), runOf([3, 9, 9, "filter"], { title: "other" }));
  expect(title).toBe("total and other");
  expect(sentences.slice(0, 4)).toEqual([
    "These are runs of different graphs; functions are matched by name.",
    "Only in A: clean.",
    "Only in B: filter.",
    "With other numbers of tasks: load.",
  ]);
});

test("while a run goes on nothing is said of which is faster", () => {
  const { sentences, runs, functions } = textOf(runOf([4, 60, 80]), runOf([4, 60, 80], {}, 0.75));
  expect(sentences).toEqual(["Functions are compared as soon as all their tasks are done."]);
  expect(runs[2]!.cells.slice(5)).toEqual(["", ""]);
  expect(functions.map(({ cells }) => cells[2])).toEqual(["0 ms", "not done yet", "not done yet"]);
});

test("the table of functions has times, difference, percentage, tasks and failures of each", () => {
  const { functions } = textOf(runOf([4, 100, 50]), runOf([4, 60, 50, "filter"], { failing: [6], keepsGoing: true }));
  expect(functions.map(({ name, cells }) => [name, ...cells])).toEqual([
    ["load", "0.40 s", "0.24 s", "−0.16 s", "−40%", "4", "0 → 1"],
    ["clean", "0.20 s", "–", "only in A", "", "4", "0"],
    ["total", "10 ms", "0 ms", "−10 ms", "−100%", "1", "0"],
    ["filter", "–", "0.15 s", "only in B", "", "4", "0"],
  ]);
});
