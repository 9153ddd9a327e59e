/**
 * Packs a graph for an engine (the format is described in packed.ts).
 * @module
 */
import type { ShippedFunction } from "../functions/shipped.js";
import { chainName } from "./chains.js";
import type { Graph } from "./graph.js";
import { formatKey, groupOfKey, type Key } from "./key.js";
import { orderLinks } from "./order/order-links.js";
import { sizesOf } from "./order/sizes.js";
import type { PackedGraph, TaskOptions } from "./packed.js";
import { type Plan, planGraph } from "./plan.js";
import { stepsOf } from "./steps.js";
import { Table } from "./table.js";
import { type AnyFunction, isTask } from "./task.js";

/** Most tasks that are ordered by the bytes of their results: that takes more than twice the time of counting results. */
const WEIGHED_TASKS = 200_000;

/**
 * Culls, checks, fuses, orders and packs what makes `outputs`.
 * @param ship makes a function fit to travel; called once per distinct function
 * @param optimize false: linear chains are not fused
 * @param alsoRun keys that run without being asked for
 * @throws {GraphError} if a key is missing, a reference leads nowhere or tasks need each other in a circle
 */
export function packGraph(
  graph: Graph,
  outputs: readonly Key[],
  ship: (fn: AnyFunction) => ShippedFunction,
  optimize: boolean,
  alsoRun: readonly Key[] = [],
): PackedGraph {
  const plan = planGraph(graph, outputs, optimize, alsoRun);
  const { compiled, chains, dependencies } = plan;
  const memory = memoryOf(plan);
  const isWeighed = memory !== undefined && memory.length <= WEIGHED_TASKS;
  return {
    ...shapeOf(plan),
    ...stepsOf(plan),
    literals: compiled.literals,
    functions: compiled.functions.map(ship),
    kept: compiled.kept,
    outputs: Int32Array.from(plan.outputs, (entry) => chains.chainOf[entry]),
    priority: orderLinks(dependencies, isWeighed ? sizesOf(memory) : undefined),
    options: optionsOf(plan),
    ...(memory !== undefined && { memory }),
  };
}

/** `[tasks]` expected bytes of results, NaN where no task says so; undefined if none does. */
function memoryOf({ graph, chains }: Plan): Float64Array | undefined {
  const { start, to, size } = chains.members;
  let known: Float64Array | undefined;
  for (let i = 0; i < size; i++) {
    const last = graph.valueAt(to[start[i + 1] - 1]);
    const memory = isTask(last) ? last.options?.memory : undefined;
    if (memory === undefined) continue;
    known ??= new Float64Array(size).fill(Number.NaN);
    known[i] = memory;
  }
  return known;
}

/** The part of a packed graph that a picture of it needs. */
export type GraphShape = Pick<PackedGraph, "size" | "keys" | "groups" | "groupOf" | "dependencyStart" | "dependencies">;

/**
 * Names and dependencies of the tasks that make `outputs`; ships nothing.
 * @throws {GraphError} as `packGraph`
 */
export function describeGraph(graph: Graph, outputs: readonly Key[], optimize: boolean): GraphShape {
  return shapeOf(planGraph(graph, outputs, optimize));
}

function shapeOf(plan: Plan): GraphShape {
  const { chains, dependencies } = plan;
  return {
    size: chains.members.size,
    ...namesOf(plan),
    dependencyStart: dependencies.start,
    dependencies: dependencies.to,
  };
}

/** Name of the group of an entry: that of its task, of its function, or of its key. */
function groupOfEntry(graph: Graph, entry: number): string {
  const value = graph.valueAt(entry);
  if (isTask(value)) {
    const name = value.options?.name ?? value.fn.name;
    if (name !== "") return name;
  }
  return groupOfKey(graph.keyAt(entry));
}

function namesOf({ graph, chains }: Plan): Pick<PackedGraph, "keys" | "groups" | "groupOf"> {
  const { start, to, size } = chains.members;
  const groups = new Table<string>();
  const groupOf = new Int32Array(size);
  const keys: string[] = [];
  for (let i = 0; i < size; i++) {
    const end = start[i + 1] - 1;
    const last = to[end];
    let key = formatKey(graph.keyAt(last));
    let group = groupOfEntry(graph, last);
    if (start[i] !== end) {
      key = chainName(each(start[i], end, keyGroup), key, keyGroup(last));
      group = chainName(each(start[i], end, entryGroup), group, group);
    }
    keys.push(key);
    groupOf[i] = groups.indexOf(group);
  }
  return { keys, groups: groups.items, groupOf };

  function keyGroup(entry: number): string {
    return groupOfKey(graph.keyAt(entry));
  }
  function entryGroup(entry: number): string {
    return groupOfEntry(graph, entry);
  }
  function* each(from: number, until: number, name: (entry: number) => string): Generator<string> {
    for (let k = from; k < until; k++) yield name(to[k]);
  }
}

/** Options of a chain: the most retries and the highest priority of its members. */
function optionsOf({ graph, chains }: Plan): ReadonlyMap<number, TaskOptions> {
  const result = new Map<number, TaskOptions>();
  const { start, to, size } = chains.members;
  for (let i = 0; i < size; i++) {
    for (let k = start[i]; k < start[i + 1]; k++) {
      const value = graph.valueAt(to[k]);
      if (!isTask(value) || value.options === undefined) continue;
      const { retries, priority } = value.options;
      if (retries === undefined && priority === undefined) continue;
      const before = result.get(i);
      const options: { retries?: number; priority?: number } = {};
      if (retries !== undefined || before?.retries !== undefined) {
        options.retries = Math.max(retries ?? 0, before?.retries ?? 0);
      }
      if (priority !== undefined || before?.priority !== undefined) {
        options.priority = Math.max(priority ?? -Infinity, before?.priority ?? -Infinity);
      }
      result.set(i, options);
    }
  }
  return result;
}
