/**
 * The form in which a graph leaves the calling thread: typed arrays, one message, no object per task.
 *
 * A task is a list of steps that run one after the other on one worker; its result is that of its
 * last step. A plain call is one step; nested tasks, containers that hold references and fused
 * chains are more. An argument is a number: its kind in the two low bits, an index above.
 * @module
 */
import type { ShippedFunction } from "../functions/shipped.js";

/** Kind of an argument, the two low bits of its code; the other bits are an index into … */
export const ArgKind = {
  /** `literals` */
  literal: 0,
  /** the tasks of the graph: the result of that task */
  task: 1,
  /** the steps of the same task, counted from its first step */
  step: 2,
  /** `kept`: a result that an earlier `persist` left on the pool */
  kept: 3,
} as const;

/** Step functions that are not shipped: negative entries of `stepFunction`. */
export const Builtin = {
  /** returns its only argument (an alias) */
  identity: -1,
  /** builds an array of its arguments */
  list: -2,
  /** builds a plain object; arguments: literal list of names, then the values */
  object: -3,
  /** builds a Set of its arguments */
  set: -4,
  /** builds a Map; arguments: keys and values in turn */
  map: -5,
  /** arguments: value, property; returns `value[property]` */
  getitem: -6,
  /** arguments: value, method name, arguments of the method */
  method: -7,
  /** arguments: a function (the result of a step), its arguments */
  apply: -8,
} as const;

const builtinNames: ReadonlyMap<number, string> = new Map(Object.entries(Builtin).map(([name, code]) => [code, name]));

/** Name of a builtin by its code; undefined if there is none. */
export function builtinName(code: number): string | undefined {
  return builtinNames.get(code);
}

/** Options of one task; a missing field means the default of the run. */
export interface TaskOptions {
  /** runs again this many times if it throws */
  readonly retries?: number;
  /** higher runs first among ready tasks */
  readonly priority?: number;
  /** expected size of the result in bytes */
  readonly memory?: number;
}

/** A result that stays with the engine after `persist`; owned by the engine that made it. */
export interface Kept {
  readonly engine: string;
  readonly id: number;
}

/** A culled, fused and ordered graph in typed arrays. Every task index is below `size`. */
export interface PackedGraph {
  readonly size: number;
  /** display form of every task's key */
  readonly keys: readonly string[];
  /** names of groups (function name within one layer) in order of first appearance */
  readonly groups: readonly string[];
  /** `[size]` index into `groups` */
  readonly groupOf: Int32Array;
  /** `[size + 1]` where the dependencies of each task start in `dependencies` */
  readonly dependencyStart: Int32Array;
  /** distinct task indices each task needs, compressed rows */
  readonly dependencies: Int32Array;
  /** `[size + 1]` where the steps of each task start */
  readonly stepStart: Int32Array;
  /** `[steps]` index into `functions`, or a `Builtin` */
  readonly stepFunction: Int32Array;
  /** `[steps + 1]` where the arguments of each step start in `args` */
  readonly argStart: Int32Array;
  /** argument codes: `(index << 2) | ArgKind` */
  readonly args: Int32Array;
  readonly literals: readonly unknown[];
  readonly functions: readonly ShippedFunction[];
  readonly kept: readonly Kept[];
  /** task indices whose results are asked for */
  readonly outputs: Int32Array;
  /** `[size]` static order: a permutation, lower runs first */
  readonly priority: Int32Array;
  /** only tasks that have retries or a priority; `memory` stands in its own column */
  readonly options: ReadonlyMap<number, TaskOptions>;
  /** `[size]` expected bytes of results, NaN where nobody knows; missing if nobody knows any */
  readonly memory?: Float64Array;
  /** the tasks that were fused, so that an error can name the one that failed; missing if none were */
  readonly fused?: FusedSteps;
}

/** Which steps come from which task of a graph before fusion; only of chains of several tasks. */
export interface FusedSteps {
  /** first step of each fused task, ascending; counted through the whole graph as in `stepStart` */
  readonly start: Int32Array;
  /** display form of its key */
  readonly keys: readonly string[];
}
