import { groupEdges } from "../../../kernel/src/dashboard/group-edges.js";
import { splitGroups } from "../../../kernel/src/dashboard/split-groups.js";
import { blockGraph, type SimulatedTask, simulate } from "../../support/simulated-run.js";

const task = (group: string, ...needs: number[]): SimulatedTask => ({ group, needs, ms: 1 });
const startOf = (tasks: readonly SimulatedTask[]) => simulate(tasks, { run: "r", title: "t", workers: 1 })[0];
const edgesOf = (tasks: readonly SimulatedTask[]) => {
  const split = splitGroups(startOf(tasks));
  const named = (group: number) => `${split.groups[group]}${group}`;
  return groupEdges(split).flatMap((needs, group) => needs.map(([need]) => `${named(need)} -> ${named(group)}`));
};

//  read 0 -> clean 1 -> read 2 -> save 3     `read` is used at depths 0 and 2
test("a function that is used at two depths becomes two groups of its name", () => {
  const tasks = [task("read"), task("clean", 0), task("read", 1), task("save", 2)];
  const split = splitGroups(startOf(tasks));
  expect(split.groups).toEqual(["read", "clean", "read", "save"]);
  expect([...split.groupOf]).toEqual([0, 1, 2, 3]);
  expect(edgesOf(tasks)).toEqual(["read0 -> clean1", "clean1 -> read2", "read2 -> save3"]);
});

//  add 0 -> add 1 -> scale 2 -> add 3        depths 0 and 1 of `add` have no gap between them
test("tasks of one function in a row stay together", () => {
  const split = splitGroups(startOf([task("add"), task("add", 0), task("scale", 1), task("add", 2)]));
  expect([split.groups, [...split.groupOf]]).toEqual([
    ["add", "scale", "add"],
    [0, 0, 1, 2],
  ]);
});

test("functions outside of any circle are left whole, whatever depths they have", () => {
  const tasks = [
    task("load"),
    task("a", 0),
    task("b", 1),
    task("a", 2),
    task("load"),
    task("sum", 3, 4),
    task("sum", 0),
  ];
  expect(splitGroups(startOf(tasks)).groups).toEqual(["load", "a", "b", "a", "sum"]);
});

test("groups that need each other in no circle come back as they are", () => {
  const started = startOf(blockGraph());
  expect(splitGroups(started)).toBe(started);
});

test("a loop of 500 turns is not cut into 1,000 groups", () => {
  const tasks = Array.from({ length: 1_000 }, (_, k) => task(k % 2 === 0 ? "step" : "norm", ...(k > 0 ? [k - 1] : [])));
  const started = startOf(tasks);
  expect(splitGroups(started)).toBe(started);
});

test("a chain of 200,000 tasks is no deeper than memory", () => {
  const chain = Array.from({ length: 200_000 }, (_, k) =>
    task(k % 100_000 === 0 ? "a" : "b", ...(k > 0 ? [k - 1] : [])),
  );
  const n = chain.length;
  const groupOf = Int32Array.from(chain, ({ group }) => (group === "a" ? 0 : 1));
  const started = {
    ...startOf([task("a")]),
    groups: ["a", "b"],
    groupOf,
    dependencyStart: Int32Array.from({ length: n + 1 }, (_, k) => Math.max(0, k - 1)),
    dependencies: Int32Array.from({ length: n - 1 }, (_, k) => k),
  };
  expect(splitGroups(started).groups).toEqual(["a", "b", "a", "b"]);
});
