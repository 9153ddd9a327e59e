import { get } from "../../../../kernel/src/dag/get.js";
import { type Graph, inline, inlineFunctions, ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { InlineEngine } from "../../../support/inline-engine.js";

const inc = (x: number) => x + 1;
const add = (a: number, b: number) => a + b;
const same = (value: unknown) => value;
const valuesOf = (graph: Graph, keys: readonly string[]) => get(graph, keys, { engine: new InlineEngine() });

const source = { x: 1, y: task(inc, ref("x")), z: task(add, ref("x"), ref("y")) };

test("data takes the place of references to it, and stays", async () => {
  const graph = inline(source);
  expect([...graph]).toEqual([
    ["x", 1],
    ["y", task(inc, 1)],
    ["z", task(add, 1, ref("y"))],
  ]);
  expect(await valuesOf(graph, ["x", "y", "z"])).toEqual([1, 2, 3]);
});

test("tasks that are named are inlined too", async () => {
  const graph = inline(source, ["y"]);
  expect(graph.get("z")).toEqual(task(add, 1, task(inc, 1)));
  expect(await valuesOf(graph, ["x", "y", "z"])).toEqual([1, 2, 3]);
  expect(inline(source, ["y"], { constants: false }).get("z")).toEqual(task(add, ref("x"), task(inc, ref("x"))));
});

test.each([[null], [undefined], [0], [false]])("%p is data like any other", (value) => {
  expect(inline({ x: value, alias: ref("x"), y: task(same, [ref("alias")]) }).get("y")).toEqual(task(same, [value]));
});

test("cheap functions are inlined, and their keys are gone", async () => {
  const cheap = { x: 1, y: 2, d: task(inc, ref("y")), i: task(inc, ref("x")), out: task(add, ref("i"), ref("d")) };
  const graph = inlineFunctions(cheap, ["out"], [inc]);
  expect([...graph.keys()]).toEqual(["x", "y", "out"]);
  expect(graph.get("out")).toEqual(task(add, task(inc, ref("x")), task(inc, ref("y"))));
  expect(await valuesOf(graph, ["out"])).toEqual([5]);
});

test("a cheap function that is kept, needed by nothing, or around a dear one stays", () => {
  const graph = {
    kept: task(inc, 1),
    mixed: task(inc, task(add, 1, 2)),
    last: task(inc, task(add, ref("kept"), ref("mixed"))),
  };
  expect([...inlineFunctions(graph, ["kept"], [inc]).keys()]).toEqual(["kept", "mixed", "last"]);
});

test("options of a task survive what is inlined into it", () => {
  const { options } = inline(source, ["y"]).add("w", task(inc, 1), { retries: 2 }).get("w") as { options: object };
  expect(options).toEqual({ retries: 2 });
});

test("a chain of 100,000 is inlined into one task", async () => {
  const chain: Record<string, unknown> = { x0: 0 };
  for (let i = 1; i <= 100_000; i++) chain[`x${i}`] = task(inc, ref(`x${i - 1}`));
  const graph = inlineFunctions(chain, ["x100000"], [inc]);
  expect(graph.size).toBe(2);
  expect(await valuesOf(graph, ["x100000"])).toEqual([100_000]);
});

test("what needs itself cannot be inlined, nor what is not there", () => {
  expect(() => inline({ a: task(inc, ref("b")), b: task(inc, ref("a")) }, ["a"])).toThrow("a -> b -> a");
  expect(() => inline(source, ["w"])).toThrow('the graph has no key "w"');
});
