import type { Budget } from "../../../../kernel/src/dag/engine/branch.js";
import { State } from "../../../../kernel/src/dag/engine/events.js";
import { Scheduler } from "../../../../kernel/src/dag/engine/scheduler.js";
import type { PackedGraph, TaskOptions } from "../../../../kernel/src/dag/graph/packed.js";
import { packedGraph, result } from "../../../support/packed-graphs.js";

/** A graph from each task's dependencies. */
function graphOf(
  dependencies: Readonly<Record<string, readonly string[]>>,
  outputs: readonly string[],
  options: Readonly<Record<string, TaskOptions>> = {},
): PackedGraph {
  const tasks = Object.entries(dependencies).map(
    ([key, needs]) => [key, ["sum", ...needs.map((need) => result(need))]] as const,
  );
  return packedGraph(Object.fromEntries(tasks), outputs, options);
}

/** Room for `count` tasks. */
function room(count: number): Budget {
  let left = count;
  return {
    get isFull() {
      return left === 0;
    },
    admit: () => {
      left -= 1;
      return true;
    },
  };
}

/** A scheduler that speaks in keys and writes down what it says. */
class Spoken {
  readonly told: string[] = [];
  readonly scheduler: Scheduler;
  private readonly graph: PackedGraph;

  constructor(graph: PackedGraph, retries = 0) {
    this.graph = graph;
    const names = Object.fromEntries(Object.entries(State).map(([name, code]) => [code, name]));
    this.scheduler = new Scheduler(
      graph,
      retries,
      (task, state) => this.told.push(`${graph.keys[task]} ${names[state]}`),
      0,
    );
  }

  take(count: number): string[] {
    return this.scheduler.take(room(count)).tasks.map((task) => this.graph.keys[task]);
  }

  finish(...keys: string[]): void {
    for (const key of keys) this.scheduler.finished(this.graph.keys.indexOf(key), 1, 0);
  }

  fail(key: string): boolean {
    return this.scheduler.failed(this.graph.keys.indexOf(key), 1, 0);
  }

  giveBack(...keys: string[]): void {
    for (const key of keys) this.scheduler.giveBack(this.graph.keys.indexOf(key), 1);
  }

  /** What was told since the last call. */
  news(): string[] {
    return this.told.splice(0);
  }

  /** All tasks in the order in which one worker runs them, one at a time. */
  order(): string[] {
    const ran: string[] = [];
    for (let [key] = this.take(1); key !== undefined; [key] = this.take(1)) {
      ran.push(key);
      this.finish(key);
    }
    return ran;
  }
}

//   sum
//   / \
//  r0  r1     l: load, r: reduce
//  |   |
//  l0  l1
const twoBranches = { l0: [], r0: ["l0"], l1: [], r1: ["l1"], sum: ["r0", "r1"] };

test("finishes a branch before it begins another", () => {
  expect(new Spoken(graphOf(twoBranches, ["sum"])).order()).toEqual(["l0", "r0", "l1", "r1", "sum"]);
});

test("puts a branch into one batch, depth first", () => {
  const run = new Spoken(graphOf(twoBranches, ["sum"]));
  expect(run.take(3)).toEqual(["l0", "r0", "l1"]);
  expect(run.take(9)).toEqual([]);
});

test("wants results back from a batch only if somebody outside it needs them", () => {
  const graph = graphOf(twoBranches, ["sum", "l1"]);
  const { tasks, isReturned } = new Spoken(graph).scheduler.take(room(4));
  expect(tasks.map((task, i) => [graph.keys[task], isReturned[i]])).toEqual([
    ["l0", false],
    ["r0", true],
    ["l1", true],
    ["r1", true],
  ]);
});

test("says whether the batch makes a task ready, or soon will", () => {
  const tree = new Spoken(graphOf(twoBranches, ["sum"])).scheduler;
  expect([tree.take(room(2)).continuation, tree.take(room(2)).continuation]).toEqual(["soon", "soon"]);
  expect(new Spoken(graphOf(twoBranches, ["sum"])).scheduler.take(room(1)).continuation).toBe("ready");
  const many = Array.from({ length: 100 }, (_, i) => `t${i}`);
  const flat = { ...Object.fromEntries(many.map((key) => [key, []])), sum: many };
  expect(new Spoken(graphOf(flat, ["sum"])).scheduler.take(room(9)).continuation).toBe("none");
});

// a — b0 b1 b2 b3, all ready at once when a has finished
test("of the tasks that one makes ready, runs the lowest priority number first", () => {
  const graph = graphOf({ a: [], b0: ["a"], b1: ["a"], b2: ["a"], b3: ["a"] }, ["b0", "b1", "b2", "b3"]);
  const shuffled = { ...graph, priority: Int32Array.of(0, 3, 1, 4, 2) };
  expect(new Spoken(shuffled).order()).toEqual(["a", "b1", "b3", "b0", "b2"]);
});

test("runs tasks of a higher user priority before all others", () => {
  const graph = graphOf({ a: [], b: ["a"], low: [], high: [] }, ["b", "low", "high"], {
    low: { priority: -1 },
    high: { priority: 5 },
  });
  expect(new Spoken(graph).order()).toEqual(["high", "a", "b", "low"]);
});

test("releases a result when its last consumer has finished, but not an output", () => {
  const run = new Spoken(graphOf({ a: [], b: ["a"], c: ["a"], d: ["b", "c"] }, ["d", "b"]));
  run.take(1);
  run.finish("a");
  run.news();
  run.take(1);
  run.finish("b");
  expect(run.news()).toEqual(["b memory"]);
  run.take(1);
  run.finish("c");
  expect(run.news()).toEqual(["c memory", "d queued", "a released"]);
  run.take(1);
  run.finish("d");
  expect(run.news()).toEqual(["d memory", "c released"]);
  expect(run.scheduler.isDone).toBe(true);
});

test("releases at once what nobody needs", () => {
  const run = new Spoken(graphOf({ a: [] }, []));
  run.take(1);
  run.finish("a");
  expect(run.news()).toEqual(["a queued", "a memory", "a released"]);
});

test("after a failure marks what needed the task, cancels the rest, and lets running tasks finish", () => {
  const run = new Spoken(graphOf({ bad: [], slow: [], idle: [], b: ["bad"], c: ["b", "slow"] }, ["c", "idle"]));
  expect([run.take(1), run.take(1)]).toEqual([["bad"], ["slow"]]);
  run.news();
  expect(run.fail("bad")).toBe(false);
  expect(run.news()).toEqual(["bad erred", "b erred", "c erred", "idle cancelled"]);
  expect([run.take(9), run.scheduler.isDone]).toEqual([[], false]);
  run.finish("slow");
  expect([run.news(), run.scheduler.isDone]).toEqual([["slow memory"], true]);
  run.scheduler.releaseAll(2);
  expect(run.news()).toEqual(["slow released"]);
});

test("runs a failing task again while it has retries", () => {
  const run = new Spoken(graphOf({ a: [], b: [] }, ["a", "b"], { b: { retries: 0 } }), 1);
  run.take(1);
  expect(run.fail("a")).toBe(true);
  expect(run.take(1)).toEqual(["a"]);
  expect(run.fail("a")).toBe(false);
  expect(run.news()).toEqual(["a queued", "b queued", "a queued", "a erred", "b cancelled"]);
});

test("a task given back is ready again, or waits again for an input of its own batch", () => {
  const run = new Spoken(graphOf({ a: [], b: ["a"], c: ["b"] }, ["c"]));
  expect(run.take(3)).toEqual(["a", "b", "c"]);
  run.giveBack("a", "b", "c");
  expect(run.order()).toEqual(["a", "b", "c"]);
});

test("tasks on workers that are given back after a stop are cancelled", () => {
  const run = new Spoken(graphOf({ a: [], b: [] }, ["a", "b"]));
  run.take(1);
  run.news();
  run.scheduler.stop(1);
  run.giveBack("a");
  expect([run.news(), run.scheduler.isDone]).toEqual([["b cancelled", "a cancelled"], true]);
});
