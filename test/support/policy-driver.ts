import type { Budget } from "../../kernel/src/dag/engine/branch.js";
import type { PolicyName } from "../../kernel/src/dag/engine/policies/policy-name.js";
import { Scheduler } from "../../kernel/src/dag/engine/scheduler.js";
import type { PackedGraph, TaskOptions } from "../../kernel/src/dag/graph/packed.js";
import { packedGraph, result } from "./packed-graphs.js";

/** A graph from each task's dependencies; the static order is that of the keys. Wanted is what nothing needs. */
export function shapeOf(
  needs: Readonly<Record<string, readonly string[]>>,
  options: Readonly<Record<string, TaskOptions>> = {},
): PackedGraph {
  const used = new Set(Object.values(needs).flat());
  const tasks = Object.entries(needs).map(
    ([key, keys]) => [key, ["sum", ...keys.map((need) => result(need))]] as const,
  );
  const outputs = Object.keys(needs).filter((key) => !used.has(key));
  return packedGraph(Object.fromEntries(tasks), outputs, options);
}

/** A scheduler that speaks in keys. The size of a result is its option `memory`. */
export class PolicyDriver {
  readonly graph: PackedGraph;
  readonly #scheduler: Scheduler;
  readonly #workerOf = new Map<string, number>();

  constructor(graph: PackedGraph, policy: PolicyName) {
    this.graph = graph;
    const sizeOf = (task: number) => graph.options.get(task)?.memory ?? 1;
    this.#scheduler = new Scheduler(graph, 0, () => undefined, 0, { policy, sizeOf });
  }

  /** The next tasks for a worker, in one batch. */
  take(worker = 0, count = 1): string[] {
    const keys = this.#scheduler.take(room(count), worker).tasks.map((task) => this.graph.keys[task]);
    for (const key of keys) this.#workerOf.set(key, worker);
    return keys;
  }

  /** The tasks have finished where they were taken. */
  finish(...keys: readonly string[]): void {
    for (const key of keys) this.#scheduler.finished(this.graph.keys.indexOf(key), 1, this.#workerOf.get(key)!);
  }

  giveBack(...keys: readonly string[]): void {
    for (const key of keys) this.#scheduler.giveBack(this.graph.keys.indexOf(key), 1);
  }

  /** The order in which one worker runs everything, in batches of at most `count` tasks. */
  order(count = 1): string[] {
    const ran: string[] = [];
    for (let keys = this.take(0, count); keys.length > 0; keys = this.take(0, count)) {
      ran.push(...keys);
      this.finish(...keys);
    }
    return ran;
  }
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
