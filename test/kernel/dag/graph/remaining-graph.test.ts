import { Builtin, type Kept, type PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { remainingGraph } from "../../../../kernel/src/dag/graph/remaining-graph.js";
import { kept, packedGraph, result } from "../../../support/packed-graphs.js";

const handle = (id: number): Kept => ({ engine: "e", id });

function remaining(graph: PackedGraph, finished: readonly string[], there: readonly string[]): PackedGraph {
  const at = (key: string) => graph.keys.indexOf(key);
  const isFinished = Uint8Array.from(graph.keys, (key) => Number(finished.includes(key)));
  return remainingGraph(graph, { isFinished, kept: new Map(there.map((key) => [at(key), handle(at(key))])) });
}

//   a   b
//    \ / \
//     c   d
//      \ /
//       e
const graph = packedGraph(
  {
    a: ["load", "x"],
    b: ["load", "y"],
    c: ["add", result("a"), result("b")],
    d: ["inc", result("b")],
    e: ["add", result("c"), result("d")],
  },
  ["e"],
  { c: { retries: 2, priority: 1 } },
);

test("results that are there are read where they are kept; nothing of what made them is left", () => {
  const expected = packedGraph(
    { c: ["add", kept(handle(0)), kept(handle(1))], d: ["inc", kept(handle(1))], e: ["add", result("c"), result("d")] },
    ["e"],
    {
      c: { retries: 2, priority: 1 },
    },
  );
  const rest = remaining(graph, ["a", "b"], ["a", "b"]);
  expect({
    ...rest,
    args: undefined,
    literals: undefined,
    functions: undefined,
    stepFunction: undefined,
    kept: undefined,
  }).toEqual({
    ...{
      ...expected,
      literals: undefined,
      functions: undefined,
      stepFunction: undefined,
      args: undefined,
      kept: undefined,
    },
  });
  // Functions and literals keep their places; handles come in the order in which they are needed.
  expect(Array.from(rest.stepFunction, (index) => rest.functions[index].name)).toEqual(["add", "inc", "add"]);
  expect(rest.kept).toEqual([handle(0), handle(1)]);
  expect(Array.from(rest.args)).toEqual([(0 << 2) | 3, (1 << 2) | 3, (1 << 2) | 3, (0 << 2) | 1, (1 << 2) | 1]);
});

test("an input that was released is computed again, with what it needs", () => {
  const rest = remaining(graph, ["a", "b", "c"], ["c"]);
  expect(rest.keys).toEqual(["b", "d", "e"]);
  expect(Array.from(rest.dependencyStart)).toEqual([0, 0, 1, 2]);
  expect(Array.from(rest.priority)).toEqual([0, 1, 2]);
  expect(rest.groups).toEqual(["load", "inc", "add"]);
});

test("a result that is asked for and there is handed on", () => {
  const both = { ...graph, outputs: Int32Array.from([2, 4, 2]) };
  const rest = remaining(both, ["a", "b", "c"], ["c", "b"]);
  expect(rest.keys).toEqual(["c", "d", "e"]);
  expect(rest.stepFunction[0]).toBe(Builtin.identity);
  expect(Array.from(rest.outputs)).toEqual([0, 2, 0]);
});

test("with nothing there everything that is needed runs, with everything there nothing but handing on", () => {
  expect(remaining(graph, [], []).keys).toEqual(graph.keys);
  const all = ["a", "b", "c", "d", "e"];
  expect(remaining(graph, all, all).keys).toEqual(["e"]);
});

test("tasks that nobody asked for run if they have not finished, and only then", () => {
  const side = packedGraph({ a: ["inc", 1], store: ["inc", result("a")], b: ["inc", result("a")] }, ["b"]);
  expect(remaining(side, ["a", "store"], ["a"]).keys).toEqual(["b"]);
  expect(remaining(side, ["a"], ["a"]).keys).toEqual(["store", "b"]);
});

test("fused tasks keep their names and expected sizes, at their new steps", () => {
  const chains: PackedGraph = {
    ...packedGraph({ a: ["inc", 1], b: ["inc", result("a")] }, ["b"], { a: { memory: 8 }, b: { memory: 16 } }),
    stepStart: Int32Array.from([0, 2, 4]),
    stepFunction: Int32Array.from([0, 0, 0, 0]),
    argStart: Int32Array.from([0, 1, 2, 3, 4]),
    args: Int32Array.from([0, 2, (0 << 2) | 1, 2]),
    fused: { start: Int32Array.from([0, 1, 2, 3]), keys: ["a0", "a1", "b0", "b1"] },
  };
  const rest = remaining(chains, ["a"], ["a"]);
  expect(rest.fused).toEqual({ start: Int32Array.from([0, 1]), keys: ["b0", "b1"] });
  expect(rest.memory).toEqual(Float64Array.from([16]));
});
