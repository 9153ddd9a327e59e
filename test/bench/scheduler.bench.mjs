// What a task costs when it does nothing: the engine, and the whole way from a raw graph to its results,
// against dask.threaded on the same graphs. Rounds are interleaved, both sides are warm.
import { spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { moduleFunction, plainScope, shipFunction } from "../../kernel/dist/dag/functions/index.js";
import { get } from "../../kernel/dist/dag/get.js";
import { Graph } from "../../kernel/dist/dag/graph/graph.js";
import { packGraph } from "../../kernel/dist/dag/graph/pack.js";
import { ref, task } from "../../kernel/dist/dag/graph/task.js";
import * as functions from "../support/task-functions.mjs";
import { median } from "./median.mjs";

const COUNTS = { rounds: 7, flatSize: 100_000, leaves: 20_000 };
const QUICK = { rounds: 1, flatSize: 1000, leaves: 200 };
const fanIn = 16;
const python = join(import.meta.dirname, "../../.venv/bin/python");
const specifier = new URL("../support/task-functions.mjs", import.meta.url).href;
const inc = moduleFunction(functions.inc, specifier, "inc");
const sum = moduleFunction(functions.sum, specifier, "sum");

// Reads the name of a graph per line, answers with the microseconds per task of one run.
const daskServer = ({ flatSize, leaves }) => `
import sys, time
from concurrent.futures import ThreadPoolExecutor
from dask.threaded import get
from dask._task_spec import Task, TaskRef
pool = ThreadPoolExecutor(${os.availableParallelism()})
def inc(x): return x + 1
def total(*xs): return sum(xs)
def flat():
    return {f"t{i}": Task(f"t{i}", inc, i) for i in range(${flatSize})}, [f"t{i}" for i in range(${flatSize})]
def tree():
    graph, level, depth = {}, [f"t{i}" for i in range(${leaves})], 0
    for i, key in enumerate(level): graph[key] = Task(key, inc, i)
    while len(level) > 1:
        above = []
        for i in range(0, len(level), ${fanIn}):
            key = f"s{depth}-{i}"
            graph[key] = Task(key, total, *[TaskRef(k) for k in level[i : i + ${fanIn}]])
            above.append(key)
        level, depth = above, depth + 1
    return graph, level
for line in sys.stdin:
    graph, keys = {"flat": flat, "tree": tree}[line.strip()]()
    start = time.perf_counter()
    get(graph, keys, pool=pool)
    print((time.perf_counter() - start) / len(graph) * 1e6, flush=True)
`;

function startDask(counts) {
  const child = spawn(python, ["-c", daskServer(counts)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async measure(name) {
      child.stdin.write(`${name}\n`);
      return Number((await lines.next()).value);
    },
    async close() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

function flatGraph(flatSize) {
  const entries = Array.from({ length: flatSize }, (_, i) => [`t${i}`, task(inc, i)]);
  return { graph: Object.fromEntries(entries), keys: entries.map(([key]) => key) };
}

function treeGraph(leaves) {
  let level = Array.from({ length: leaves }, (_, i) => `t${i}`);
  const graph = Object.fromEntries(level.map((key, i) => [key, task(inc, i)]));
  for (let depth = 0; level.length > 1; depth++) {
    const above = [];
    for (let i = 0; i < level.length; i += fanIn) {
      const key = `s${depth}-${i}`;
      graph[key] = task(sum, ...level.slice(i, i + fanIn).map((below) => ref(below)));
      above.push(key);
    }
    level = above;
  }
  return { graph, keys: level };
}

/** Microseconds per task of `run`. */
async function timed(size, run) {
  const start = performance.now();
  await run();
  return ((performance.now() - start) / size) * 1e3;
}

async function everyEvent(run) {
  for await (const event of run.events) if (event.type === "end") return;
}

/**
 * @param {{ quick: boolean }} options quick: tiny counts
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick }) {
  const counts = quick ? QUICK : COUNTS;
  const { rounds, flatSize, leaves } = counts;
  const engine = new ThreadEngine();
  const dask = startDask(counts);
  const flat = flatGraph(flatSize);
  const tree = treeGraph(leaves);
  const treeSize = Object.keys(tree.graph).length;
  const ship = (fn) => shipFunction(fn, plainScope);
  const measures = { engine: [], flat: [], tree: [], daskFlat: [], daskTree: [] };
  try {
    for (let round = -2; round < rounds; round++) {
      const packed = packGraph(Graph.from(flat.graph), flat.keys, ship, true);
      const times = {
        engine: await timed(flatSize, async () => {
          const run = engine.start({ graph: packed, options: {}, title: "flat", progress: true });
          await Promise.all([run.results, everyEvent(run)]);
        }),
        daskFlat: await dask.measure("flat"),
        flat: await timed(flatSize, () => get(flat.graph, flat.keys, { engine })),
        daskTree: await dask.measure("tree"),
        tree: await timed(treeSize, () => get(tree.graph, tree.keys, { engine })),
      };
      // the first rounds start threads and compile code on both sides
      if (round >= 0) for (const [name, time] of Object.entries(times)) measures[name].push(time);
    }
  } finally {
    await dask.close();
    await engine.close();
  }
  const row = (name, ours, rival, goal) => ({
    name,
    unit: "µs a task",
    goal,
    ours: median(measures[ours]),
    rivals: { "dask.threaded": median(measures[rival]) },
  });
  return [
    row(
      `${flatSize.toLocaleString("en")} no-op tasks on the pool, with events`,
      "engine",
      "daskFlat",
      "< 10 µs a task",
    ),
    row(`${flatSize.toLocaleString("en")} no-op tasks, get from a raw graph`, "flat", "daskFlat", "faster than Dask"),
    row(
      `tree sum of ${leaves.toLocaleString("en")} leaves, get from a raw graph`,
      "tree",
      "daskTree",
      "faster than Dask",
    ),
  ];
}
