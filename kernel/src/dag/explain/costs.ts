/**
 * What tasks cost, as far as somebody said so.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import { formatKey, type Key } from "../graph/key.js";
import type { PackedGraph } from "../graph/packed.js";

/** Numbers by key, or by the name of a function (`group`): in an object, or in a Map that may have keys of blocks. */
export type KnownCosts = Readonly<Record<string, number>> | ReadonlyMap<Key, number>;

/** A number for each task. */
export interface TaskCosts {
  /** `[size]`; where nothing is known the mean of the known ones, 1 if none is */
  readonly values: Float64Array;
  /** false: nothing is known of any task, all count 1 */
  readonly isKnown: boolean;
}

/**
 * Durations of tasks. Where tasks were joined to one, the sum over its members if one of those is named.
 * @throws {ArgumentError} if a name is no key and no group of the graph, or a number is not from 0 up
 */
export function durationsOf(graph: PackedGraph, known: KnownCosts | undefined): TaskCosts {
  const costs = new Costs("durations", graph, known);
  return complete(graph.size, (task) => costs.sumOfMembers(task) ?? costs.ofWhole(task));
}

/**
 * Sizes of results. What is given goes before the option `memory` of a task; joined tasks have the result of their
 * last member.
 * @throws {ArgumentError} as `durationsOf`
 */
export function sizesOf(graph: PackedGraph, known: KnownCosts | undefined): TaskCosts {
  const costs = new Costs("sizes", graph, known);
  return complete(graph.size, (task) => {
    return costs.ofLastMember(task) ?? costs.ofWhole(task) ?? expectedBytes(graph, task);
  });
}

function expectedBytes({ memory }: PackedGraph, task: number): number | undefined {
  const bytes = memory?.[task];
  return bytes === undefined || Number.isNaN(bytes) ? undefined : bytes;
}

function complete(size: number, costOf: (task: number) => number | undefined): TaskCosts {
  const costs = Array.from({ length: size }, (_, task) => costOf(task));
  const known = costs.filter((cost) => cost !== undefined);
  const mean = known.length === 0 ? 1 : known.reduce((sum, cost) => sum + cost, 0) / known.length;
  return { values: Float64Array.from(costs, (cost) => cost ?? mean), isKnown: known.length > 0 };
}

/** Names under which a cost may be given. */
interface Names {
  readonly key: string;
  readonly group: string;
}

class Costs {
  private readonly graph: PackedGraph;
  private readonly known: ReadonlyMap<string, number>;
  private readonly mean: number;

  constructor(option: string, graph: PackedGraph, known: KnownCosts = {}) {
    this.graph = graph;
    this.known = checked(option, known);
    this.mean = [...this.known.values()].reduce((sum, cost) => sum + cost, 0) / this.known.size;
    if (this.known.size > 0) this.checkNames(option);
  }

  ofWhole(task: number): number | undefined {
    const { keys, groups, groupOf } = this.graph;
    return this.of({ key: keys[task], group: groups[groupOf[task]] });
  }

  /** A member of which nothing is known counts as the mean of what is. */
  sumOfMembers(task: number): number | undefined {
    const costs = this.membersOf(task).map((names) => this.of(names));
    if (costs.every((cost) => cost === undefined)) return undefined;
    return costs.reduce<number>((sum, cost) => sum + (cost ?? this.mean), 0);
  }

  ofLastMember(task: number): number | undefined {
    const last = this.membersOf(task).at(-1);
    return last && this.of(last);
  }

  private of({ key, group }: Names): number | undefined {
    return this.known.get(key) ?? this.known.get(group);
  }

  /** The tasks that were joined to this one; none if it is only itself. */
  private membersOf(task: number): readonly Names[] {
    const { fused, stepStart, stepFunction, functions } = this.graph;
    if (fused === undefined) return [];
    const members: Names[] = [];
    const end = stepStart[task + 1];
    for (let i = firstFrom(fused.start, stepStart[task]); i < fused.start.length && fused.start[i] < end; i++) {
      const last = Math.min(fused.start[i + 1] ?? end, end) - 1;
      members.push({ key: fused.keys[i], group: functions[stepFunction[last]]?.name ?? "" });
    }
    return members;
  }

  private checkNames(option: string): void {
    const { keys, groups, fused, functions } = this.graph;
    const names = new Set([...groups, ...functions.map(({ name }) => name), ...keys, ...(fused?.keys ?? [])]);
    for (const name of this.known.keys()) {
      if (names.has(name)) continue;
      const nearest = nearestName(name, names);
      const cure =
        nearest === undefined ? "give keys or names of functions of the graph" : `did you mean "${nearest}"?`;
      throw new ArgumentError(`${option}: the graph has no key and no function "${name}": ${cure}`, { name });
    }
  }
}

/** Place of the first number that is not below `least`; the numbers ascend. */
function firstFrom(numbers: Int32Array, least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checked(option: string, known: KnownCosts): ReadonlyMap<string, number> {
  const isMap = typeof (known as ReadonlyMap<Key, number>)?.entries === "function";
  const entries = isMap ? [...(known as ReadonlyMap<Key, number>)] : Object.entries(known);
  return new Map(
    entries.map(([key, cost]) => {
      const name = formatKey(key);
      if (typeof cost === "number" && cost >= 0 && cost < Number.POSITIVE_INFINITY) return [name, cost] as const;
      throw new ArgumentError(`${option}: "${name}" must be a number from 0 up and is ${inspect(cost)}`, {
        name,
        cost,
      });
    }),
  );
}
