/**
 * Graphs of so little work that the messages to workers would take longer.
 * @module
 */
import type { ComputeOptions } from "./compute-options.js";
import { declaredModule } from "./functions/module-function.js";
import type { Graph } from "./graph/graph.js";
import { isKeptResult, isReference, isTask } from "./graph/task.js";
import { isData } from "./graph/value.js";

/** Nanoseconds of work on the thread of the engine, which has others to answer: a millisecond is not noticed. */
const MOST_WORK = 1e6;
/** More tasks are not looked at. */
const MOST_TASKS = 32;

/**
 * True if every task calls a function of this package and is known to be short (`NamedOptions.work`), and all together
 * take about a millisecond or less. Who says which engine, how many workers or what policy wants these.
 */
export function isBrief(graph: Graph, { engine, workers, policy }: ComputeOptions): boolean {
  if (engine !== undefined || workers !== undefined || policy !== undefined || graph.size > MOST_TASKS) return false;
  let total = 0;
  for (let i = 0; i < graph.size; i++) {
    const value = graph.valueAt(i);
    if (isTask(value)) {
      // A function of a user may say what it likes.
      if (declaredModule(value.fn) === undefined) return false;
      total += value.options?.work ?? Number.POSITIVE_INFINITY;
    } else if (!isReference(value) && !isKeptResult(value) && !isData(value)) return false;
  }
  return total <= MOST_WORK;
}
