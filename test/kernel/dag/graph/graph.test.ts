import { Graph, ref, task } from "../../../../kernel/src/dag/graph/index.js";

const add = (a: number, b: number) => a + b;

test("a graph keeps its keys in the order of adding", () => {
  const graph = Graph.from({ x: 1, y: task(add, ref("x"), 2) }).add(["z", 0], ref("y"));
  expect([...graph.keys()]).toEqual(["x", "y", ["z", 0]]);
  expect([graph.size, graph.has(["z", 0]), graph.has("z,0"), graph.get("x")]).toEqual([3, true, false, 1]);
});

test("a Map may have any keys", () => {
  const graph = Graph.from(
    new Map<string | number | readonly (string | number)[], unknown>([
      [1, "number"],
      ["1", "text"],
      [["x", 1], "list"],
    ]),
  );
  expect([graph.get(1), graph.get("1"), graph.get(["x", 1])]).toEqual(["number", "text", "list"]);
});

test("what is no graph is refused", () => {
  for (const source of [5, [1, 2], null]) {
    expect(() => Graph.from(source as never)).toThrow(/a graph must be an object, a Map or a Graph/);
  }
});

test("two different tasks with one key are refused", () => {
  const graph = new Graph().add("k1", task(add, 1, 2));
  expect(() => graph.add("k1", task(add, 5, 6))).toThrow('two different tasks have the key "k1"');
});

test("the same task may be added twice", () => {
  const make = () => task(add, ref("x"), new Map([["a", [1, { b: new Set([2]) }]]]));
  const graph = new Graph().add("k", make(), { retries: 2 }).add("k", make(), { retries: 2 });
  expect(graph.size).toBe(1);
  expect(() => graph.add("k", make(), { retries: 3 })).toThrow('key "k"');
});

test("merging keeps both graphs and refuses a collision", () => {
  const graph = Graph.from({ a: 1 }).merge({ a: 1, b: 2 });
  expect([...graph]).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
  expect(() => graph.merge({ b: 3 })).toThrow('key "b"');
});

test("values nested 10,000 deep are compared", () => {
  const nested = () => {
    let value: unknown = 0;
    for (let i = 0; i < 10_000; i++) value = task(add, value, 1);
    return value;
  };
  expect(new Graph().add("deep", nested()).add("deep", nested()).size).toBe(1);
});

test("an owner is visited once", () => {
  const graph = new Graph();
  const owner = {};
  expect([graph.firstVisit(owner), graph.firstVisit(owner), graph.firstVisit({})]).toEqual([true, false, true]);
});
