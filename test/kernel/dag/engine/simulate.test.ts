import { POLICIES, type PolicyName } from "../../../../kernel/src/dag/engine/policies/policy-name.js";
import { simulate } from "../../../../kernel/src/dag/engine/simulate.js";
import { diagnostics } from "../../../../kernel/src/dag/graph/index.js";
import type { PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { graphOf, seededRandom } from "../../../support/graphs.js";
import { shapeOf } from "../../../support/policy-driver.js";
import { randomSums } from "../../../support/random-graphs.js";

function simulated(graph: PackedGraph, policy: PolicyName, workers: number, costs: readonly [number, number][] = []) {
  const durations = Float64Array.from(graph.keys, (_, task) => costs[task]?.[0] ?? 1);
  const sizes = Float64Array.from(graph.keys, (_, task) => costs[task]?.[1] ?? 1);
  const { stream, ...figures } = simulate(graph, { workers, policy, durations, sizes });
  const rows = stream.task.map((task, i) => [graph.keys[task], stream.worker[i], stream.start[i], stream.end[i]]);
  return { ...figures, rows };
}

//  a (3 ms, 10 B)   b (1 ms, 20 B)
//            \       /
//            c (2 ms, 5 B)
test("two workers: the second input moves to where the first one ended last", () => {
  const graph = shapeOf({ a: [], b: [], c: ["a", "b"] });
  expect(
    simulated(graph, "combined", 2, [
      [3, 10],
      [1, 20],
      [2, 5],
    ]),
  ).toEqual({
    makespan: 5,
    peak: 35,
    pressure: 30,
    moved: 20,
    memory: { time: [1, 3, 5, 5, 5], held: [20, 30, 35, 25, 5] },
    rows: [
      ["a", 0, 0, 3],
      ["b", 1, 0, 1],
      ["c", 0, 3, 5],
    ],
  });
});

// a — x0 x1 x2 on two workers: a moves once to the other one
test("a result moves once to each worker that needs it", () => {
  const graph = shapeOf({ a: [], x0: ["a"], x1: ["a"], x2: ["a"], x3: ["a"] });
  expect(simulated(graph, "fifo", 2)).toMatchObject({ makespan: 3, moved: 1, peak: 5 });
});

/** A binary tree of sums. */
function binaryTree(depth: number): Record<string, readonly string[]> {
  const needs: Record<string, readonly string[]> = {};
  const add = (level: number, path: string): string => {
    const below = level === 0 ? [] : [add(level - 1, `${path}l`), add(level - 1, `${path}r`)];
    needs[path] = below;
    return path;
  };
  add(depth, "t");
  return needs;
}

test("on a tree of 8 leaves one worker holds 4 results depth first, and 8 breadth first", () => {
  const graph = shapeOf(binaryTree(3));
  expect(simulated(graph, "combined", 1).pressure).toBe(4);
  expect(simulated(graph, "fifo", 1).pressure).toBe(8);
});

test("nearest-data moves less than fifo", () => {
  const chains = Array.from({ length: 6 }, (_, i) => {
    return [
      [`a${i}`, []],
      [`b${i}`, [`a${i}`]],
      [`c${i}`, [`b${i}`]],
    ] as const;
  });
  const graph = shapeOf(Object.fromEntries(chains.flat()));
  // Tasks of different lengths, so that workers do not ask in turn.
  const costs = graph.keys.map((_, task): [number, number] => [1 + ((task * 7) % 5), 1]);
  expect(simulated(graph, "nearest-data", 3, costs).moved).toBe(0);
  expect(simulated(graph, "fifo", 3, costs).moved).toBeGreaterThan(0);
});

test.each(POLICIES)("with one worker and %s the pressure is what diagnostics says of the same sequence", (policy) => {
  const random = seededRandom(12);
  for (let i = 0; i < 40; i++) {
    const graph = randomSums(24, 1.3, random);
    const needs = Object.fromEntries(
      graph.keys.map((key, task) => {
        const inputs = graph.dependencies.subarray(graph.dependencyStart[task], graph.dependencyStart[task + 1]);
        return [key, Array.from(inputs, (input) => graph.keys[input])];
      }),
    );
    const costs = graph.keys.map((): [number, number] => [1, Math.floor(random() * 100)]);
    const { rows, pressure, peak, moved } = simulated(graph, policy, 1, costs);
    const positions = new Map(rows.map(([key], position) => [key as string, position]));
    const sizes = new Map(graph.keys.map((key, task) => [key, costs[task][1]]));
    expect(pressure).toBe(diagnostics(graphOf(needs), positions, sizes).peak);
    // The peak of runs also counts what is asked for, and a new result together with its inputs.
    expect(peak).toBeGreaterThanOrEqual(pressure);
    expect(moved).toBe(0);
  }
});

test.each(POLICIES)(
  "with %s no worker runs two tasks at once and none starts before its inputs are there",
  (policy) => {
    const random = seededRandom(5);
    for (let i = 0; i < 30; i++) {
      const graph = randomSums(30, 1.2, random);
      const costs = graph.keys.map((): [number, number] => [Math.floor(random() * 5), 1]);
      const { rows, makespan } = simulated(graph, policy, 3, costs);
      const endOf = new Map(rows.map(([key, , , end]) => [key, end as number]));
      const freeAt = [0, 0, 0];
      for (const [key, worker, start, end] of rows as [string, number, number, number][]) {
        expect(start).toBeGreaterThanOrEqual(freeAt[worker]);
        freeAt[worker] = end;
        const task = graph.keys.indexOf(key);
        for (const need of graph.dependencies.subarray(graph.dependencyStart[task], graph.dependencyStart[task + 1])) {
          expect(start).toBeGreaterThanOrEqual(endOf.get(graph.keys[need])!);
        }
      }
      expect(rows.length).toBe(graph.size);
      expect(makespan).toBe(Math.max(...endOf.values()));
    }
  },
);
