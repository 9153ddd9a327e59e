// What it costs to build, fuse, order and pack a large blockwise graph, c = a + b block by block: against the same
// steps of Dask on a smaller graph of the same shape.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { moduleFunction, plainScope, shipFunction } from "../../kernel/dist/dag/functions/index.js";
import { Graph } from "../../kernel/dist/dag/graph/graph.js";
import { packGraph } from "../../kernel/dist/dag/graph/pack.js";
import { ref, task } from "../../kernel/dist/dag/graph/task.js";
import * as functions from "../support/task-functions.mjs";
import { median } from "./median.mjs";

const COUNTS = { rounds: 5, size: 1_000_000, daskSize: 60_000 };
const QUICK = { rounds: 1, size: 3000, daskSize: 3000 };
const python = join(import.meta.dirname, "../../.venv/bin/python");
const specifier = new URL("../support/task-functions.mjs", import.meta.url).href;
const load = moduleFunction(functions.identity, specifier, "identity");
const add = moduleFunction(functions.sum, specifier, "sum");

const dask = (blocks, rounds) => `
import time
from dask._task_spec import Task, TaskRef, fuse_linear_task_spec
from dask.order import order
def load(i): return i
def add(a, b): return a + b
for _ in range(${rounds}):
    start = time.perf_counter()
    graph = {}
    for i in range(${blocks}):
        graph["a", i] = Task(("a", i), load, i)
        graph["b", i] = Task(("b", i), load, i)
        graph["c", i] = Task(("c", i), add, TaskRef(("a", i)), TaskRef(("b", i)))
    order(fuse_linear_task_spec(graph, {("c", i) for i in range(${blocks})}))
    print((time.perf_counter() - start) / len(graph) * 1e6)
`;

/** Microseconds a task. */
function timed(blocks) {
  const start = performance.now();
  const graph = new Graph();
  const outputs = [];
  for (let i = 0; i < blocks; i++) {
    graph.add(["a", i], task(load, i));
    graph.add(["b", i], task(load, i));
    graph.add(["c", i], task(add, ref(["a", i]), ref(["b", i])));
    outputs.push(["c", i]);
  }
  packGraph(graph, outputs, (fn) => shipFunction(fn, plainScope), true);
  return ((performance.now() - start) / graph.size) * 1e3;
}

/**
 * @param {{ quick: boolean }} options quick: tiny counts
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick }) {
  const { rounds, size, daskSize } = quick ? QUICK : COUNTS;
  const times = Array.from({ length: rounds }, () => timed(Math.ceil(size / 3)));
  const output = execFileSync(python, ["-c", dask(Math.ceil(daskSize / 3), rounds)], { encoding: "utf8" });
  return [
    {
      name: `build, fuse, order and pack ${size.toLocaleString("en")} tasks (Dask: ${daskSize.toLocaleString("en")})`,
      unit: "µs a task",
      goal: "< 3 µs a task",
      ours: median(times),
      rivals: { "dask fuse and order": median(output.trim().split("\n").map(Number)) },
    },
  ];
}
