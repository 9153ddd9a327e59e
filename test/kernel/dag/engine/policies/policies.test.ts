import { POLICIES } from "../../../../../kernel/src/dag/engine/policies/policy-name.js";
import { seededRandom } from "../../../../support/graphs.js";
import { PolicyDriver, shapeOf } from "../../../../support/policy-driver.js";
import { randomSums } from "../../../../support/random-graphs.js";

//      sum
//     /   \
//   r0     r1
//  /  \   /  \
// l0  l1 l2  l3
const tree = { l0: [], l1: [], r0: ["l0", "l1"], l2: [], l3: [], r1: ["l2", "l3"], sum: ["r0", "r1"] };

test("combined finishes a branch before it begins another", () => {
  expect(new PolicyDriver(shapeOf(tree), "combined").order()).toEqual(["l0", "l1", "r0", "l2", "l3", "r1", "sum"]);
});

test("fifo runs what became ready first: breadth first", () => {
  expect(new PolicyDriver(shapeOf(tree), "fifo").order()).toEqual(["l0", "l1", "l2", "l3", "r0", "r1", "sum"]);
});

//     a
//   / | \
//  b0 b1 b2
test("fifo runs tasks that got ready together in the static order", () => {
  const graph = shapeOf({ a: [], b0: ["a"], b1: ["a"], b2: ["a"] });
  expect(new PolicyDriver(graph, "fifo").order()).toEqual(["a", "b0", "b1", "b2"]);
});

test("a task that comes back keeps its place with fifo", () => {
  const run = new PolicyDriver(shapeOf(tree), "fifo");
  expect(run.take(0, 2)).toEqual(["l0", "l1"]);
  run.giveBack("l1", "l0");
  expect(run.take(0, 3)).toEqual(["l0", "l1", "l2"]);
});

test("with fifo no batch grows a branch while another worker may make tasks ready", () => {
  const graph = shapeOf({ a0: [], a1: [], b0: ["a0"], b1: ["a1"], c1: ["b1"] });
  const run = new PolicyDriver(graph, "fifo");
  expect([run.take(0, 1), run.take(1, 9)]).toEqual([["a0"], ["a1"]]);
  run.finish("a1");
  expect(run.take(1, 9)).toEqual(["b1"]);
  run.finish("a0", "b1");
  expect(run.take(1, 9)).toEqual(["b0", "c1"]);
});

// a — x    b — c — d — e
test("most-dependents runs the task that most results need, also through others", () => {
  const graph = shapeOf({ a: [], x: ["a"], b: [], c: ["b"], d: ["c"], e: ["d"] });
  expect(new PolicyDriver(graph, "most-dependents").order()).toEqual(["b", "c", "a", "d", "x", "e"]);
});

// small — y    big — x
test("most-memory runs the task that lets most bytes go", () => {
  const needs = { small: [], big: [], y: ["small"], x: ["big"] };
  const run = new PolicyDriver(shapeOf(needs, { small: { memory: 10 }, big: { memory: 1_000 } }), "most-memory");
  expect([run.take(), run.take()]).toEqual([["small"], ["big"]]);
  run.finish("small", "big");
  expect([run.take(), run.take()]).toEqual([["x"], ["y"]]);
});

// big   b   a
//   \   |  /
//    \  y /
//     sum
test("most-memory runs the task that a large result waits for, to be used together", () => {
  const run = new PolicyDriver(
    shapeOf({ big: [], b: [], y: ["b"], a: [], sum: ["big", "a"] }, { big: { memory: 1_000 } }),
    "most-memory",
  );
  expect(run.take()).toEqual(["big"]);
  run.finish("big");
  expect([run.take(), run.take()]).toEqual([["a"], ["b"]]);
});

test("most-memory learns what became of many ready tasks", () => {
  const loads = Array.from({ length: 500 }, (_, i) => `l${i}`);
  const needs = { big: [], ...Object.fromEntries(loads.map((key) => [key, []])), sum: ["big", "l400"] };
  const run = new PolicyDriver(shapeOf(needs, { big: { memory: 1_000 } }), "most-memory");
  run.finish(...run.take());
  const next = Array.from({ length: 40 }, () => {
    const [key] = run.take();
    run.finish(key);
    return key;
  });
  expect(next).toContain("l400");
});

// p — u    q — v
test.each([
  ["p", "q"],
  ["q", "p"],
])("nearest-data gives a worker the task whose data it made, if %s finishes before %s", (...finished) => {
  const needs = { p: [], q: [], u: ["p"], v: ["q"] };
  const prepared = () => {
    const run = new PolicyDriver(shapeOf(needs, { p: { memory: 100 }, q: { memory: 300 } }), "nearest-data");
    expect([run.take(0), run.take(1)]).toEqual([["p"], ["q"]]);
    run.finish(...finished);
    return run;
  };
  expect(prepared().take(0)).toEqual(["u"]);
  expect(prepared().take(1)).toEqual(["v"]);
  // Who made nothing gets what moves fewest bytes.
  expect(prepared().take(2)).toEqual(["u"]);
});

// p1   p3   p2
//   \  /    |
//    y      x
test("nearest-data counts the bytes of all inputs that the worker made", () => {
  const needs = { p1: [], p2: [], p3: [], y: ["p1", "p3"], x: ["p2"] };
  const memory = { p1: { memory: 500 }, p2: { memory: 300 }, p3: { memory: 250 } };
  const prepared = (p1: number, p2: number, p3: number) => {
    const run = new PolicyDriver(shapeOf(needs, memory), "nearest-data");
    // Between equals the last one that got ready goes first, so roots come in the static order.
    for (const [key, worker] of [
      ["p1", p1],
      ["p2", p2],
      ["p3", p3],
    ] as const)
      expect(run.take(worker)).toEqual([key]);
    run.finish("p1", "p2", "p3");
    return run;
  };
  expect(prepared(0, 1, 1).take(1)).toEqual(["x"]);
  expect(prepared(0, 1, 1).take(0)).toEqual(["y"]);
  expect(prepared(1, 1, 0).take(1)).toEqual(["y"]);
});

test.each(POLICIES)("with %s batches on one worker run what single tasks would have", (policy) => {
  const random = seededRandom(4);
  for (let i = 0; i < 60; i++) {
    const graph = randomSums(30, 1 + random(), random);
    const single = new PolicyDriver(graph, policy).order();
    expect(single.length).toBe(graph.size);
    for (const count of [2, 5, 40]) expect(new PolicyDriver(graph, policy).order(count)).toEqual(single);
  }
});

test.each(POLICIES)("with %s a higher priority of the user goes first whatever else speaks against it", (policy) => {
  const random = seededRandom(9);
  for (let i = 0; i < 60; i++) {
    const plain = randomSums(25, 1.2, random);
    const levels = plain.keys.map(() => Math.floor(random() * 3));
    const options = new Map(levels.map((priority, task) => [task, { priority, memory: Math.floor(random() * 99) }]));
    const graph = { ...plain, options };
    const run = new PolicyDriver(graph, policy);
    const done = new Set<number>();
    const inputsOf = (task: number) =>
      graph.dependencies.subarray(graph.dependencyStart[task], graph.dependencyStart[task + 1]);
    for (let [key] = run.take(done.size % 3); key !== undefined; [key] = run.take(done.size % 3)) {
      const ready = [...graph.keys.keys()].filter(
        (task) => !done.has(task) && inputsOf(task).every((need) => done.has(need)),
      );
      const task = graph.keys.indexOf(key);
      expect(levels[task]).toBe(Math.max(...ready.map((one) => levels[one])));
      run.finish(key);
      done.add(task);
    }
    expect(done.size).toBe(graph.size);
  }
});
