import { describeTask } from "../../../../kernel/src/dag/engine/describe-task.js";
import { encodeLiterals } from "../../../../kernel/src/dag/engine/results.js";
import { Builtin, type PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { kept, packedGraph, result } from "../../../support/packed-graphs.js";

function described(graph: PackedGraph, key: string) {
  return describeTask(graph, encodeLiterals(graph), graph.keys.indexOf(key));
}

test("values are told in a few characters, tasks by their keys", () => {
  const handle = { engine: "e", id: 1 };
  const graph = packedGraph(
    { a: ["inc", 1], b: ["pair", result("a"), "text", [1, 2], new Float64Array(20_000), kept(handle), "x".repeat(99)] },
    ["b"],
  );
  expect(described(graph, "a")).toEqual({ name: "inc", args: ["1"] });
  const args = ["a", '"text"', "[1, 2]", "data of 156 KiB", "a persisted result"];
  expect(described(graph, "b")).toEqual({ name: "pair", args: [...args, expect.stringContaining("99 characters")] });
});

test("a call inside a call is told as it would be written, and a long key is cut", () => {
  const graph = packedGraph({ ["k".repeat(200)]: ["inc", 1], b: ["inc", result("k".repeat(200))] }, ["b"]);
  // b: inc(inc(k…))
  const nested = {
    ...graph,
    stepStart: Int32Array.from([0, 1, 3]),
    stepFunction: Int32Array.from([graph.stepFunction[0], graph.stepFunction[1], graph.stepFunction[1]]),
    argStart: Int32Array.from([0, 1, 2, 3]),
    args: Int32Array.from([graph.args[0], graph.args[1], (0 << 2) | 2]),
  };
  const [text] = described(nested, "b")!.args;
  expect(text).toMatch(/^inc\(k+…/);
  expect(text).toHaveLength(80);
});

test("builtins have names, many arguments are cut, and what is no task is not described", () => {
  const graph = packedGraph({ list: [Builtin.list, ...Array.from({ length: 25 }, (_, i) => i)] }, ["list"]);
  const { name, args } = described(graph, "list")!;
  expect([name, args.length, args.at(-1)]).toEqual(["list", 21, "… 5 more"]);
  expect(describeTask(graph, [], 1)).toBeUndefined();
});
