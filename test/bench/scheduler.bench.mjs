// What a task costs when it does nothing: the engine, and the whole way from a raw graph to its results,
// against dask.threaded on the same graphs. Rounds are interleaved, both sides are warm. And what events cost.
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { moduleFunction, plainScope, shipFunction } from "../../kernel/dist/dag/functions/index.js";
import { get } from "../../kernel/dist/dag/get.js";
import { Graph } from "../../kernel/dist/dag/graph/graph.js";
import { packGraph } from "../../kernel/dist/dag/graph/pack.js";
import { ref, task } from "../../kernel/dist/dag/graph/task.js";
import * as functions from "../support/task-functions.mjs";
import { startDask } from "./dask-threads.mjs";
import { eventsCost } from "./events-cost.mjs";
import { median } from "./median.mjs";

const COUNTS = {
  rounds: 7,
  flatSize: 100_000,
  leaves: 20_000,
  chainSize: 2000,
  chainRuns: 10,
  // Short runs, so that both of a pair see the same load of the machine.
  events: { size: 20_000, pairs: 75 },
};
const QUICK = {
  rounds: 1,
  flatSize: 1000,
  leaves: 200,
  chainSize: 100,
  chainRuns: 1,
  events: { size: 1000, pairs: 1 },
};
const fanIn = 16;
const specifier = new URL("../support/task-functions.mjs", import.meta.url).href;
const inc = moduleFunction(functions.inc, specifier, "inc");
const sum = moduleFunction(functions.sum, specifier, "sum");

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

function chainGraph(size) {
  const entries = Array.from({ length: size }, (_, i) => [`t${i}`, task(inc, i === 0 ? 0 : ref(`t${i - 1}`))]);
  return { graph: Object.fromEntries(entries), keys: [`t${size - 1}`] };
}

/** Microseconds per task of `run`. */
async function timed(size, run) {
  const start = performance.now();
  await run();
  return ((performance.now() - start) / size) * 1e3;
}

/** What is over in milliseconds is measured several times: after a few runs its code would not be warm. */
async function medianOf(count, measure) {
  const measured = [];
  for (let i = 0; i < count; i++) measured.push(await measure());
  return median(measured);
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
  const { rounds, flatSize, leaves, chainSize, chainRuns } = counts;
  const engine = new ThreadEngine();
  const dask = startDask({ flatSize, leaves, chainSize, fanIn });
  const flat = flatGraph(flatSize);
  const tree = treeGraph(leaves);
  const chain = chainGraph(chainSize);
  const treeSize = Object.keys(tree.graph).length;
  const ship = (fn) => shipFunction(fn, plainScope);
  const measures = {
    engine: [],
    flat: [],
    tree: [],
    chain: [],
    daskFlat: [],
    daskTree: [],
    daskChain: [],
    daskFused: [],
  };
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
        daskChain: await medianOf(chainRuns, () => dask.measure("chain")),
        chain: await medianOf(chainRuns, () => timed(chainSize, () => get(chain.graph, chain.keys, { engine }))),
        daskFused: await medianOf(chainRuns, () => dask.measure("fused chain")),
      };
      // the first rounds start threads and compile code on both sides
      if (round >= 0) for (const [name, time] of Object.entries(times)) measures[name].push(time);
    }
  } finally {
    await dask.close();
    await engine.close();
  }
  const row = (name, goal, ours, rivals) => ({
    name,
    unit: "µs a task",
    goal,
    ours: median(measures[ours]),
    rivals: Object.fromEntries(Object.entries(rivals).map(([rival, times]) => [rival, median(measures[times])])),
  });
  const [tasks, pieces] = [flatSize, leaves].map((count) => count.toLocaleString("en"));
  const links = chainSize.toLocaleString("en");
  const chainRivals = { "dask.threaded": "daskChain", "dask, fused": "daskFused" };
  // Two workers that run tasks of 15 µs finish about 100,000 a second.
  const events = await eventsCost(counts.events, 15);
  const noOps = await eventsCost(counts.events, 0);
  return [
    row(`${tasks} no-op tasks on the pool, with events`, "< 5 µs a task", "engine", { "dask.threaded": "daskFlat" }),
    row(`${tasks} no-op tasks, get from a raw graph`, "< 5 µs a task", "flat", { "dask.threaded": "daskFlat" }),
    row(`tree sum of ${pieces} leaves, get from a raw graph`, "20x Dask", "tree", { "dask.threaded": "daskTree" }),
    row(`chain of ${links} tasks, get from a raw graph`, "3x Dask", "chain", chainRivals),
    {
      name: `events cost, % of run time, at ${Math.round(events.tasksPerSecond / 1000)},000 tasks a second`,
      unit: "%",
      goal: "< 3 %",
      ours: events.percent,
      rivals: {},
    },
    {
      name: "events cost, CPU time (0.3 µs are 3 % at 100,000 tasks a second)",
      unit: "µs a task",
      goal: "< 0.3 µs a task",
      ours: noOps.cpuUs,
      rivals: {},
    },
  ];
}
