import {
  diagnostics,
  Graph,
  type Key,
  order,
  packGraph,
  ref,
  Task,
  task,
} from "../../../../kernel/src/dag/graph/index.js";
import { GraphError } from "../../../../kernel/src/errors.js";
import { graphOf } from "../../../support/graphs.js";
import { numberedGraph, orderFixtures } from "../../../support/order-fixtures.js";

const sizesOf = (sizes: readonly number[]) => new Map<Key, number>(sizes.entries());

test("900 random graphs of 12 results with sizes hold as few bytes as is possible", () => {
  const graphs = orderFixtures("families");
  const peaks = graphs.map(({ needs, sizes }) => diagnostics(numberedGraph(needs), undefined, sizesOf(sizes!)).peak);
  expect(graphs).toHaveLength(900);
  expect(peaks).toEqual(graphs.map(({ optimumBytes }) => optimumBytes));
});

test("sizes never make an order hold more bytes than the order that only counts results", () => {
  let saved = 0;
  for (const { needs } of [...orderFixtures("larger"), ...orderFixtures("corpus")]) {
    const graph = numberedGraph(needs);
    const sizes = sizesOf(needs.map((_, i) => 1 + ((i * 7919) % 100)));
    const bytes = diagnostics(graph, undefined, sizes).peak;
    const bytesOfCounted = diagnostics(graph, order(graph), sizes).peak;
    expect(bytes).toBeLessThanOrEqual(bytesOfCounted);
    saved += bytesOfCounted - bytes;
  }
  expect(saved).toBeGreaterThan(0);
});

//     sum
//    /   \
//  big   small      loads of 10 bytes each; big keeps 100 bytes, small 1
//   |     |
//  l0     l1
const needs = { l0: [], l1: [], big: ["l0"], small: ["l1"], sum: ["big", "small"] };

test("the branch with the small result goes first, so that the big one is held for the shortest time", () => {
  const sizes = new Map<Key, number>([
    ["l0", 10],
    ["l1", 50],
    ["big", 100],
    ["small", 1],
    ["sum", 1],
  ]);
  const { sequence, pressure, peak } = diagnostics(graphOf(needs), undefined, sizes);
  expect(sequence).toEqual(["l1", "small", "l0", "big", "sum"]);
  expect(pressure).toEqual([0, 50, 1, 11, 101]);
  expect(peak).toBe(101);
});

test("a result without a size counts as the mean of the others, equal sizes as their number", () => {
  const two = new Map<Key, number>([
    ["l0", 10],
    ["l1", 50],
  ]);
  expect(diagnostics(graphOf({ l0: [], l1: [], x: ["l0"], y: ["x"] }), undefined, two).pressure).toEqual([
    0, 10, 30, 0,
  ]);
  const four = new Map<Key, number>([["l0", 4]]);
  expect(diagnostics(graphOf(needs), undefined, four).peak).toBe(8);
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("a size of %d is refused with its key", (bytes) => {
  const sizes = new Map<Key, number>([["big", bytes]]);
  expect(() => order(graphOf(needs), sizes)).toThrow(GraphError);
  expect(() => order(graphOf(needs), sizes)).toThrow(`the size of key "big" is ${bytes}: give bytes, from 0 up`);
});

test("a packed graph is ordered by the memory that its tasks expect", () => {
  const load = (...inputs: readonly unknown[]) => inputs;
  const sized = (memory: number, ...keys: readonly Key[]) => new Task(load, keys.map(ref), { memory });
  const graph = Graph.from({
    l0: sized(10),
    l1: sized(50),
    big: sized(100, "l0"),
    small: sized(1, "l1"),
    sum: task(load, ref("big"), ref("small")),
  });
  const ship = () => ({ kind: "module", id: "load", name: "load", specifier: "load", export: "load" }) as const;
  const { keys, priority } = packGraph(graph, ["sum"], ship, false);
  const sequence = Array.from(keys.keys()).sort((a, b) => priority[a]! - priority[b]!);
  expect(sequence.map((i) => keys[i])).toEqual(["l1", "small", "l0", "big", "sum"]);
});
