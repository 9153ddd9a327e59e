import { Graph, type GraphSource, type Key, packGraph, ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { ArgKind, Builtin } from "../../../../kernel/src/dag/graph/packed.js";
import { InlineEngine } from "../../../support/inline-engine.js";

const inc = (x: number) => x + 1;
const add = (a: number, b: number) => a + b;

function pack(source: GraphSource, outputs: readonly Key[], optimize = true) {
  return packGraph(Graph.from(source), outputs, new InlineEngine().ship, optimize);
}

const literal = (index: number) => (index << 2) | ArgKind.literal;
const result = (index: number) => (index << 2) | ArgKind.task;
const step = (index: number) => (index << 2) | ArgKind.step;

//    z
//   / \
//  x   y      w is not needed
test("a small graph is packed as packed.ts says", () => {
  const source = { w: task(inc, 9), x: task(inc, 5), y: task(inc, 6), z: task(add, ref("x"), ref("y")) };
  expect(pack(source, ["z"])).toEqual({
    size: 3,
    keys: ["x", "y", "z"],
    groups: ["inc", "add"],
    groupOf: Int32Array.of(0, 0, 1),
    dependencyStart: Int32Array.of(0, 0, 0, 2),
    dependencies: Int32Array.of(0, 1),
    stepStart: Int32Array.of(0, 1, 2, 3),
    stepFunction: Int32Array.of(1, 1, 0),
    argStart: Int32Array.of(0, 1, 2, 4),
    args: Int32Array.of(literal(1), literal(0), result(0), result(1)),
    literals: [6, 5],
    functions: [expect.objectContaining({ name: "add" }), expect.objectContaining({ name: "inc" })],
    kept: [],
    outputs: Int32Array.of(2),
    priority: Int32Array.of(0, 1, 2),
    options: new Map(),
  });
});

test("a chain is one task of several steps, named after its groups", () => {
  const packed = pack({ a: task(inc, 1), b: ref("a"), c: task(add, ref("b"), ref("a")), d: task(inc, ref("c")) }, [
    "d",
  ]);
  expect(packed).toMatchObject({
    keys: ["a-c-d"],
    groups: ["inc-add-inc"],
    stepStart: Int32Array.of(0, 3),
    args: Int32Array.of(literal(0), step(0), step(0), step(1)),
    dependencies: Int32Array.of(),
    fused: { start: Int32Array.of(0, 1, 2), keys: ["a", "c", "d"] },
  });
});

test("without optimization every task is its own", () => {
  const packed = pack({ a: task(inc, 1), b: task(inc, ref("a")) }, ["b"], false);
  expect([packed.keys, packed.dependencies]).toEqual([["a", "b"], Int32Array.of(0)]);
});

test("data and aliases are no tasks", () => {
  const packed = pack({ one: 1, alias: ref("one"), y: task(inc, ref("alias")), last: ref("y") }, ["last", "y"]);
  expect(packed).toMatchObject({ keys: ["y"], literals: [1], outputs: Int32Array.of(0, 0) });
});

test("data that is asked for becomes a task that returns it", () => {
  const packed = pack({ one: 1, y: task(inc, ref("one")) }, ["one", "y"]);
  expect(packed).toMatchObject({
    keys: ["one", "y"],
    stepFunction: Int32Array.of(Builtin.identity, 0),
    args: Int32Array.of(literal(0), result(0)),
  });
});

test("a value used often is one literal, equal values are not", () => {
  const rows = [1, 2];
  const packed = pack({ a: task(add, rows, rows), b: task(add, [1, 2], rows) }, ["a", "b"]);
  expect(packed.literals).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(packed.literals).toContain(rows);
});

test("0 and -0 are two literals", () => {
  expect(pack({ a: task(add, 0, -0) }, ["a"]).literals).toEqual([0, -0]);
});

test("a function is shipped once", () => {
  const packed = pack({ a: task(inc, 1), b: task(inc, 2) }, ["a", "b"]);
  expect(packed.functions).toHaveLength(1);
});

test("one task object that appears twice inside another runs once", () => {
  const one = task(inc, 1);
  expect(pack({ a: task(add, one, one) }, ["a"]).args).toEqual(Int32Array.of(literal(0), step(0), step(0)));
});

test("options of a chain: most retries, highest priority, memory of the last", () => {
  const graph = new Graph()
    .add("a", task(inc, 1), { retries: 3, priority: 1, memory: 10 })
    .add("b", task(inc, ref("a")), { retries: 1, priority: 2 })
    .add("c", task(inc, ref("b")), { memory: 30, name: "last" });
  const packed = pack(graph, ["c"]);
  expect([packed.options, packed.memory, packed.groups]).toEqual([
    new Map([[0, { retries: 3, priority: 2 }]]),
    Float64Array.of(30),
    ["inc-last"],
  ]);
});

test("a task without a function name is grouped by its key", () => {
  const unnamed = (
    () => () =>
      0
  )();
  const graph = new Graph().add(["load-3f2a9c01", 0], task(unnamed)).add(["load-3f2a9c01", 1], task(unnamed));
  const packed = pack(graph, [...graph.keys()]);
  expect([packed.keys, packed.groups]).toEqual([["load-3f2a9c01[0]", "load-3f2a9c01[1]"], ["load"]]);
});
