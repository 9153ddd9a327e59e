import { Pace } from "../../../../kernel/src/dag/engine/pace.js";
import { Scheduler } from "../../../../kernel/src/dag/engine/scheduler.js";
import type { PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { packedGraph, result, type TaskSpec } from "../../../support/packed-graphs.js";

/** `count` sums of four chunks each, and the sum of those. */
function sumsOfFour(count: number): PackedGraph {
  const tasks: Record<string, TaskSpec> = {};
  for (let i = 0; i < count; i++) {
    const chunks = ["a", "b", "c", "d"].map((name) => `${name}${i}`);
    for (const chunk of chunks) tasks[chunk] = ["identity", i];
    tasks[`sum${i}`] = ["sum", ...chunks.map(result)];
  }
  tasks.total = ["sum", ...Array.from({ length: count }, (_, i) => result(`sum${i}`))];
  return packedGraph(tasks, ["total"]);
}

/** Keys of the first batches, if every task takes `ms` and each batch may have `share` ready tasks. */
function batches(graph: PackedGraph, ms: number, share: number, count: number): string[][] {
  const pace = new Pace(graph);
  for (let task = 0; task < graph.size; task++) pace.observe(task, ms);
  const scheduler = new Scheduler(graph, 0, () => undefined, 0);
  return Array.from({ length: count }, () => scheduler.take(pace.batch(share)).tasks.map((task) => graph.keys[task]));
}

test("a batch ends with a sum, not among the chunks of the next one, which begins there", () => {
  const [first, second] = batches(sumsOfFour(8), 0.1, 7, 2);
  expect(first).toEqual(["a0", "b0", "c0", "d0", "sum0"]);
  expect(second).toEqual(["a1", "b1", "c1", "d1", "sum1"]);
});

test("chunks of a wide sum wait anyway: a batch takes as many as it may", () => {
  const chunks = Array.from({ length: 64 }, (_, i) => [`c${i}`, ["identity", i]] as const);
  const graph = packedGraph({ ...Object.fromEntries(chunks), total: ["sum", ...chunks.map(([key]) => result(key))] }, [
    "total",
  ]);
  expect(batches(graph, 0.1, 9, 1)[0]).toHaveLength(9);
});

test("what is left out of a batch is not lost: everything runs once", () => {
  const graph = sumsOfFour(20);
  const pace = new Pace(graph);
  for (let task = 0; task < graph.size; task++) pace.observe(task, 0.1);
  const scheduler = new Scheduler(graph, 0, () => undefined, 0);
  const ran: number[] = [];
  while (!scheduler.isDone) {
    const given = [scheduler.take(pace.batch(6)), scheduler.take(pace.batch(6))].flatMap(({ tasks }) => tasks);
    expect(scheduler.takenCount).toBe(given.length);
    for (const task of given) scheduler.finished(task, 1, 0);
    ran.push(...given);
  }
  expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: graph.size }, (_, task) => task));
});
