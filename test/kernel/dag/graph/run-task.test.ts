import {
  fuseTasks,
  ref,
  referencesOf,
  resolveAliases,
  runTask,
  substitute,
  type Task,
  task,
} from "../../../../kernel/src/dag/graph/index.js";

const inc = (x: number) => x + 1;
const add = (a: number, b: number) => a + b;
const total = task(add, ref("a"), ref("b"));

test("a task knows what it needs and runs by itself with that", () => {
  expect(referencesOf(total)).toEqual(["a", "b"]);
  expect(runTask(total, { a: 1, b: 2 })).toBe(3);
  expect(
    runTask(
      task((list: readonly number[]) => list, [task(inc, ref(["x", 0])), 5]),
      new Map([[["x", 0], 1]]),
    ),
  ).toEqual([2, 5]);
});

test("what is missing is named, and nothing runs", () => {
  let calls = 0;
  const call = () => ++calls;
  expect(() => runTask(task(add, task(call), ref("b")), { a: 1 })).toThrow('task "add" needs "b"');
  expect(calls).toBe(0);
});

test("a task that is inside another twice runs once, and its undefined is a result", () => {
  let calls = 0;
  const count = task(() => {
    calls++;
  });
  expect(runTask(task((...list: readonly unknown[]) => list, count, count))).toEqual([undefined, undefined]);
  expect(calls).toBe(1);
});

test("several tasks become one with the key of the last", () => {
  const [key, fused] = fuseTasks({
    c: task(add, ref("b"), ref("y")),
    a: task(inc, ref("x")),
    b: task(inc, ref("a")),
  });
  expect([key, referencesOf(fused)]).toEqual(["c", ["x", "y"]]);
  expect(runTask(fused as Task, { x: 1, y: 10 })).toBe(13);
});

test("tasks with two results, none or a circle are not fused", () => {
  expect(() => fuseTasks({ a: task(inc, ref("x")), b: task(inc, ref("x")) })).toThrow("these have 2: a, b");
  expect(() => fuseTasks({})).toThrow("there is no task to fuse");
  expect(() => fuseTasks({ a: task(inc, ref("b")), b: task(inc, ref("a")) })).toThrow("in a circle");
});

test("references can be led to other keys", () => {
  expect(referencesOf(substitute(total, { a: "z" }))).toEqual(["z", "b"]);
  expect(referencesOf(substitute(total, new Map([["a", ["z", 0]]])))).toEqual([["z", 0], "b"]);
});

test("aliases are resolved to what they name", () => {
  expect([...resolveAliases({ x: 1, y: ref("x"), z: ref("y") }, ["z"])]).toEqual([["z", 1]]);
  const graph = { x: task(inc, 1), y: ref("x"), z: ref("y"), w: task(add, ref("y"), ref("x")) };
  expect([...resolveAliases(graph, ["w"])]).toEqual([
    ["x", task(inc, 1)],
    ["w", task(add, ref("x"), ref("x"))],
  ]);
  expect([...resolveAliases(graph, ["y", "z", "w"])]).toEqual([
    ["y", task(inc, 1)],
    ["z", ref("y")],
    ["w", task(add, ref("y"), ref("y"))],
  ]);
  expect([...resolveAliases(graph, ["x", "z"])]).toEqual([
    ["x", task(inc, 1)],
    ["z", ref("x")],
  ]);
});
