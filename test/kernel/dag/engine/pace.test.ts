import { Pace } from "../../../../kernel/src/dag/engine/pace.js";
import { packedGraph } from "../../../support/packed-graphs.js";

// tasks 0 to 999 are of the group inc, 1000 and 1001 of the group sum
const graph = packedGraph(
  Object.fromEntries([
    ...Array.from({ length: 1_000 }, (_, i) => [`t${i}`, ["inc", i]]),
    ["a", ["sum"]],
    ["b", ["sum"]],
  ]),
  [],
);

function fill(pace: Pace, share: number, tasks: Iterable<number>, isReady = true): number {
  const batch = pace.batch(share);
  let count = 0;
  for (const task of tasks) {
    if (batch.isFull || !batch.admit(task, isReady)) break;
    count += 1;
  }
  return count;
}

test("tasks that nobody has timed go one at a time", () => {
  expect(fill(new Pace(graph), 100, graph.groupOf.keys())).toBe(1);
  expect(new Pace(graph).estimate(0)).toBeUndefined();
});

test("a task that nobody has timed may follow what the batch makes for it, as its last one", () => {
  const pace = new Pace(graph);
  pace.observe(0, 0.01);
  const batch = pace.batch(100);
  expect([batch.admit(0, true), batch.admit(1_000, true), batch.admit(1_000, false)]).toEqual([true, false, true]);
  expect([batch.isFull, batch.admit(1, true)]).toEqual([true, false]);
});

test("a batch holds about a millisecond of work", () => {
  const pace = new Pace(graph);
  pace.observe(0, 0.0625);
  expect(fill(pace, 100, graph.groupOf.keys())).toBe(16);
});

test("tasks of more than half a millisecond go one at a time", () => {
  const pace = new Pace(graph);
  pace.observe(0, 0.6);
  expect(fill(pace, 100, graph.groupOf.keys())).toBe(1);
});

test("tasks that are known to leave little go together up to five milliseconds", () => {
  const pace = new Pace(graph);
  pace.observe(0, 1);
  pace.observeBytes(0, 1_000);
  expect(fill(pace, 100, graph.groupOf.keys())).toBe(5);
  pace.observeBytes(1, 10_000_000);
  expect(fill(pace, 100, graph.groupOf.keys())).toBe(1);
});

test("a batch takes no more ready tasks than its share, and any number that it makes possible itself", () => {
  const pace = new Pace(graph);
  pace.observe(0, 0.0625);
  expect([fill(pace, 3, graph.groupOf.keys()), fill(pace, 3, graph.groupOf.keys(), false)]).toEqual([3, 16]);
});

test("a share that takes less than a message is not worth sharing", () => {
  const pace = new Pace(graph);
  pace.observe(0, 0.03125);
  expect(fill(pace, 3, graph.groupOf.keys())).toBe(6);
});

test("a batch ends at 512 tasks, however quick they are", () => {
  const pace = new Pace(graph);
  pace.observe(0, 0);
  expect(fill(pace, 1_000, graph.groupOf.keys())).toBe(512);
});

test("an untimed group is taken for slower than the others once those are known", () => {
  const pace = new Pace(graph);
  for (let i = 0; i < 16; i++) pace.observe(i, 0.01);
  expect(pace.estimate(1_000)).toBeCloseTo(0.04);
});

test("the estimate follows when tasks become slower", () => {
  const pace = new Pace(graph);
  pace.observe(0, 0.01);
  for (let i = 0; i < 10; i++) pace.observe(i, 2);
  expect(pace.estimate(0)).toBeGreaterThan(1.5);
});
