import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { moduleFunction, plainScope, shipFunction } from "../../kernel/dist/dag/functions/index.js";
import { Graph } from "../../kernel/dist/dag/graph/graph.js";
import { packGraph } from "../../kernel/dist/dag/graph/pack.js";
import { task } from "../../kernel/dist/dag/graph/task.js";
import * as functions from "../support/task-functions.mjs";
import { median } from "./median.mjs";

const workers = 2;
const specifier = new URL("../support/task-functions.mjs", import.meta.url).href;
const compute = moduleFunction(functions.compute, specifier, "compute");

/** How many turns of `compute` take so many microseconds: work, because a task that watches the clock would hide what it lost. */
function turnsOf(taskUs) {
  const turns = 10_000_000;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    functions.compute(turns);
    best = Math.min(best, performance.now() - start);
  }
  return Math.round((turns * taskUs) / (best * 1e3));
}

async function everyEvent(run) {
  for await (const event of run.events) if (event.type === "end") return;
}

/**
 * What it costs that a run tells its tasks and has a reader of all events: the median of pairs of runs with and
 * without, in turns.
 * @param {{ size: number, pairs: number }} counts size: tasks of a run
 * @param {number} taskUs microseconds of work in a task
 * @returns {Promise<{ percent: number, cpuUs: number, tasksPerSecond: number }>} percent: how much longer the run takes;
 *   cpuUs: microseconds of CPU time a task of all threads, which other load on the machine hardly changes
 */
export async function eventsCost({ size, pairs }, taskUs) {
  const turns = turnsOf(taskUs);
  const keys = Array.from({ length: size }, (_, i) => `t${i}`);
  const graph = Graph.from(Object.fromEntries(keys.map((key) => [key, task(compute, turns)])));
  const packed = packGraph(graph, keys, (fn) => shipFunction(fn, plainScope), true);
  const engine = new ThreadEngine({ workers });
  const timed = async (progress) => {
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    const run = engine.start({ graph: packed, options: {}, title: "events", progress });
    await Promise.all([run.results, everyEvent(run)]);
    const ms = performance.now() - start;
    const cpu = process.cpuUsage(cpuBefore);
    return { ms, cpuUs: cpu.user + cpu.system };
  };
  const ratios = [];
  const differences = [];
  const times = [];
  try {
    for (let pair = -1; pair < pairs; pair++) {
      const first = await timed(pair % 2 === 0);
      const second = await timed(pair % 2 !== 0);
      const [told, silent] = pair % 2 === 0 ? [first, second] : [second, first];
      // the first pair starts threads and compiles code
      if (pair < 0) continue;
      ratios.push(told.ms / silent.ms);
      differences.push(told.cpuUs - silent.cpuUs);
      times.push(silent.ms);
    }
  } finally {
    await engine.close();
  }
  return {
    percent: (median(ratios) - 1) * 100,
    cpuUs: median(differences) / size,
    tasksPerSecond: (size / median(times)) * 1e3,
  };
}
