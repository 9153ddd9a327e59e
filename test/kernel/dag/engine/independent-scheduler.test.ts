import { State, type StateCode } from "../../../../kernel/src/dag/engine/events.js";
import { IndependentScheduler } from "../../../../kernel/src/dag/engine/independent-scheduler.js";
import type { PackedGraph } from "../../../../kernel/src/dag/graph/packed.js";
import { packedGraph, result } from "../../../support/packed-graphs.js";

const all = { isFull: false, admit: () => true };

/** A scheduler, and the last state of each task by key. */
function scheduled(graph: PackedGraph) {
  const states: Record<string, StateCode> = {};
  const scheduler = new IndependentScheduler(graph, 0, (task, state) => (states[graph.keys[task]!] = state), 0);
  const task = (key: string) => graph.keys.indexOf(key);
  return { scheduler, states, task };
}

//  a   b   x
//   \ / \
//    c   d
const graph = () =>
  packedGraph(
    { a: ["inc", 1], b: ["inc", 1], c: ["sum", result("a"), result("b")], d: ["inc", result("b")], x: ["inc", 1] },
    ["c", "d", "x"],
  );

test("what a failed task needed alone is not run, what others need too is", () => {
  const { scheduler, states, task } = scheduled(graph());
  scheduler.cancelTasks([task("c")], 0);
  expect(states).toEqual({ a: State.cancelled, b: State.queued, c: State.cancelled, x: State.queued });
  expect(scheduler.take(all).tasks.map((index) => graph().keys[index])).toEqual(["b", "d", "x"]);
});

test("inputs of lost tasks are released, and the run is done when the rest is", () => {
  const { scheduler, states, task } = scheduled(graph());
  scheduler.take(all);
  for (const key of ["a", "b"]) scheduler.finished(task(key), 1, 0);
  expect(scheduler.failed(task("x"), 1, 0)).toBe(false);
  expect(scheduler.failed(task("c"), 2, 0)).toBe(false);
  expect([states.a, states.b, scheduler.isDone]).toEqual([State.released, State.memory, false]);
  scheduler.finished(task("d"), 3, 0);
  expect([states.b, states.d, states.c, states.x, scheduler.isDone, scheduler.openCount]).toEqual([
    State.released,
    State.memory,
    State.erred,
    State.erred,
    true,
    0,
  ]);
});

test("a cancelled task that a worker has stays cancelled, however it comes back", () => {
  for (const end of ["finished", "failed", "giveBack"] as const) {
    const { scheduler, states, task } = scheduled(packedGraph({ a: ["inc", 1], b: ["inc", result("a")] }, ["a", "b"]));
    scheduler.take({ isFull: false, admit: (_, isReady) => isReady });
    scheduler.cancelTasks([task("b"), task("a")], 0);
    scheduler.started(task("a"), 1, 0);
    expect([scheduler.isTaken(task("a")), scheduler.isDone]).toEqual([true, false]);
    if (end === "giveBack") scheduler.giveBack(task("a"), 2);
    else scheduler[end](task("a"), 2, 0);
    expect([states, scheduler.isDone, scheduler.readyCount]).toEqual([
      { a: State.cancelled, b: State.cancelled },
      true,
      0,
    ]);
  }
});

test("the highest priority among the ready tasks is known", () => {
  const options = { b: { priority: 5 }, c: { priority: -1 } };
  const tasks = { a: ["inc", 1], b: ["inc", 1], c: ["inc", 1] } as const;
  const { scheduler, task } = scheduled(packedGraph(tasks, ["a", "b", "c"], options));
  const seen = [scheduler.topPriority];
  for (const key of ["b", "a", "c"]) {
    scheduler.cancelTasks([task(key)], 0);
    seen.push(scheduler.topPriority);
  }
  expect(seen).toEqual([5, 0, -1, Number.NEGATIVE_INFINITY]);
});

test("inputs of a lost task stay until the worker that has it is through with it", () => {
  for (const end of ["finished", "failed", "gaveUp", "giveBack"] as const) {
    const { scheduler, states, task } = scheduled(packedGraph({ a: ["inc", 1], b: ["inc", result("a")] }, ["a", "b"]));
    scheduler.take({ isFull: false, admit: () => true });
    scheduler.finished(task("a"), 1, 0);
    scheduler.handOver(task("a"));
    scheduler.started(task("b"), 1, 0);
    scheduler.cancelTasks([task("b")], 2);
    expect(states).toEqual({ a: State.memory, b: State.cancelled });
    if (end === "giveBack") scheduler.giveBack(task("b"), 3);
    else scheduler[end](task("b"), 3, 0);
    expect([states, scheduler.isDone]).toEqual([{ a: State.released, b: State.cancelled }, true]);
  }
});

test("a cancelled task is not run when its inputs have finished, which others need", () => {
  const { scheduler, states, task } = scheduled(
    packedGraph({ a: ["inc", 1], b: ["inc", 1], c: ["sum", result("a"), result("b")] }, ["a", "b", "c"]),
  );
  scheduler.take({ isFull: false, admit: (_, isReady) => isReady });
  scheduler.cancelTasks([task("c")], 0);
  for (const key of ["a", "b"]) scheduler.finished(task(key), 1, 0);
  expect([states.c, scheduler.readyCount, scheduler.isDone]).toEqual([State.cancelled, 0, true]);
});
