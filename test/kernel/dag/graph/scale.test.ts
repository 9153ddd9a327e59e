import { type Delayed, delayed } from "../../../../kernel/src/dag/delayed.js";
import { cull, fuse, Graph, packGraph, ref, resolveAliases, task } from "../../../../kernel/src/dag/graph/index.js";
import { InlineEngine } from "../../../support/inline-engine.js";

const SIZE = 100_000;
const inc = (x: number) => x + 1;
const count = (list: readonly unknown[]) => list.length;
const { ship } = new InlineEngine();

function chain(value: (before: string) => unknown): Graph {
  const graph = new Graph().add("x0", task(inc, 0));
  for (let i = 1; i < SIZE; i++) graph.add(`x${i}`, value(`x${i - 1}`));
  return graph;
}

function fanIn(): Graph {
  const graph = new Graph();
  for (let i = 0; i < SIZE; i++) graph.add(`x${i}`, task(inc, i));
  return graph.add(
    "all",
    task(
      count,
      graph.keys().map((key) => ref(key)),
    ),
  );
}

const last = `x${SIZE - 1}`;

test("a chain of 100,000 is culled, fused and packed", () => {
  const graph = chain((before) => task(inc, ref(before)));
  expect(cull(graph, [last]).size).toBe(SIZE);
  expect(fuse(graph, [last]).size).toBe(2);
  expect(fuse(graph, [last], { width: 2 }).size).toBe(1);
  expect(packGraph(graph, [last], ship, true).size).toBe(1);
  expect(packGraph(graph, [last], ship, false).size).toBe(SIZE);
});

test("a fan-in of 100,000 is culled, fused and packed", () => {
  const graph = fanIn();
  expect(cull(graph, ["all"]).size).toBe(SIZE + 1);
  expect(fuse(graph, ["all"]).size).toBe(SIZE + 1);
  expect(fuse(graph, ["all"], { width: SIZE }).size).toBe(1);
  expect(packGraph(graph, ["all"], ship, true).size).toBe(SIZE + 1);
});

test("a chain of 100,000 aliases is resolved", () => {
  const graph = chain((before) => ref(before));
  expect([...resolveAliases(graph, [last])]).toEqual([[last, task(inc, 0)]]);
  expect(packGraph(graph, [last], ship, true).size).toBe(1);
});

test("equal data of 300,000 items under one key is one entry", () => {
  const list = Array.from({ length: 300_000 }, (_, i) => i);
  expect(new Graph().add("k", task(count, list)).add("k", task(count, list.slice())).size).toBe(1);
});

test("100,000 delayed calls, one after the other or into one, make a graph", () => {
  const next = delayed(inc);
  let lazy: Delayed<number> = next(0);
  for (let i = 1; i < SIZE; i++) lazy = next(lazy);
  expect(lazy.visualize().toString()).toContain("100000 tasks");
  const all = delayed(count)(Array.from({ length: SIZE }, (_, i) => next(i)));
  expect(all.visualize().toString()).toContain("100001 tasks");
});
