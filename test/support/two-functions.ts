import { RunStore } from "../../extension/src/view/store/run-store.js";
import { SimulatedRun, type SimulatedTask, type SimulationOptions } from "./simulate-run.js";

/** `load` and `clean` as often as told, and a `total` that waits for all. */
export function graphOf(loads: number, loadMs: number, cleanMs: number, cleanName = "clean"): SimulatedTask[] {
  const tasks: SimulatedTask[] = [];
  const add = (task: SimulatedTask) => tasks.push(task) - 1;
  const cleans = Array.from({ length: loads }, () => {
    const load = add({ name: "load", needs: [], ms: loadMs, bytes: 1024 });
    return add({ name: cleanName, needs: [load], ms: cleanMs, bytes: 512 });
  });
  add({ name: "total", needs: cleans, ms: 10 });
  return tasks;
}

/** A run of such a graph on two workers, at a share of its time. */
export function runOf(graph: Parameters<typeof graphOf>, options: SimulationOptions = {}, share = 1): RunStore {
  const run = new SimulatedRun(graphOf(...graph), { workers: 2, ...options });
  return RunStore.fromBundle(run.bundleAt(run.end * share));
}
