// Packed graphs written as literals, and the requests that run them.
import type { RunOptions, RunRequest } from "../../kernel/src/dag/engine/engine.js";
import type { ClosureFunction, ShippedFunction } from "../../kernel/src/dag/functions/shipped.js";
import { ArgKind, type Kept, type PackedGraph, type TaskOptions } from "../../kernel/src/dag/graph/packed.js";

/** Argument that is the result of another task. */
export interface ResultOf {
  readonly resultOf: string;
}
export interface KeptResult {
  readonly kept: Kept;
}
export const result = (key: string): ResultOf => ({ resultOf: key });
export const kept = (handle: Kept): KeptResult => ({ kept: handle });

/** A function of task-functions.mjs, a function as source text, or the code of a `Builtin`; then its arguments. */
export type TaskSpec = readonly [fn: string | ClosureFunction | number, ...args: unknown[]];

const functions = new URL("./task-functions.mjs", import.meta.url).href;

/** A function that travels as its source, without captured values. */
export function closure(source: string): ClosureFunction {
  const node = {
    kind: "function",
    name: "closure",
    source,
    form: "expression",
    key: "",
    isClass: false,
    isStrict: true,
    importsDynamically: false,
    captured: {},
    properties: {},
  } as const;
  return { kind: "closure", id: source, name: "closure", root: 0, nodes: [node] };
}

/** One task per entry, in the order in which they should run, without options of `pack`. */
export function packedGraph(
  tasks: Readonly<Record<string, TaskSpec>>,
  outputs: readonly string[],
  options: Readonly<Record<string, TaskOptions>> = {},
): PackedGraph {
  const keys = Object.keys(tasks);
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const groups: string[] = [];
  const shipped: ShippedFunction[] = [];
  const literals: unknown[] = [];
  const kepts: Kept[] = [];
  const columns = { groupOf: [] as number[], start: [0], dependencies: [] as number[], step: [] as number[] };
  const args: number[] = [];
  const argStart = [0];
  for (const [fn, ...given] of Object.values(tasks)) {
    const name = typeof fn === "object" ? fn.id : String(fn);
    if (!groups.includes(name)) groups.push(name);
    columns.groupOf.push(groups.indexOf(name));
    columns.step.push(typeof fn === "number" ? fn : slotOf(shipped, fn));
    const dependencies = new Set<number>();
    for (const arg of given) {
      if (isResultOf(arg)) {
        dependencies.add(indexOf.get(arg.resultOf)!);
        args.push((indexOf.get(arg.resultOf)! << 2) | ArgKind.task);
      } else if (isKeptResult(arg)) args.push(((kepts.push(arg.kept) - 1) << 2) | ArgKind.kept);
      else args.push(((literals.push(arg) - 1) << 2) | ArgKind.literal);
    }
    argStart.push(args.length);
    columns.dependencies.push(...dependencies);
    columns.start.push(columns.dependencies.length);
  }
  return {
    size: keys.length,
    keys,
    groups,
    groupOf: Int32Array.from(columns.groupOf),
    dependencyStart: Int32Array.from(columns.start),
    dependencies: Int32Array.from(columns.dependencies),
    stepStart: Int32Array.from([...keys.keys(), keys.length]),
    stepFunction: Int32Array.from(columns.step),
    argStart: Int32Array.from(argStart),
    args: Int32Array.from(args),
    literals,
    functions: shipped,
    kept: kepts,
    outputs: Int32Array.from(outputs, (key) => indexOf.get(key)!),
    priority: Int32Array.from(keys.keys()),
    options: new Map(Object.entries(options).map(([key, given]) => [indexOf.get(key)!, given])),
    ...(keys.some((key) => options[key]?.memory !== undefined) && {
      memory: Float64Array.from(keys, (key) => options[key]?.memory ?? Number.NaN),
    }),
  };
}

export function requestOf(graph: PackedGraph, options: RunOptions = {}, progress = true): RunRequest {
  return { graph, options, title: "test", progress };
}

function slotOf(shipped: ShippedFunction[], fn: string | ClosureFunction): number {
  const made: ShippedFunction =
    typeof fn === "string"
      ? { kind: "module", id: `${functions}#${fn}`, name: fn, specifier: functions, export: fn }
      : fn;
  const known = shipped.findIndex(({ id }) => id === made.id);
  return known >= 0 ? known : shipped.push(made) - 1;
}

function isResultOf(arg: unknown): arg is ResultOf {
  return typeof arg === "object" && arg !== null && "resultOf" in arg;
}

function isKeptResult(arg: unknown): arg is KeptResult {
  return typeof arg === "object" && arg !== null && "kept" in arg;
}
