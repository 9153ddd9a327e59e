// Random graphs in which things go wrong, and what must come of them.
import { join } from "node:path";
import type { PackedGraph } from "../../kernel/src/dag/graph/packed.js";
import { packedGraph, result, type TaskSpec } from "./packed-graphs.js";

/** Elements of a block that never goes to disk, and of one that does: 32 and 32,768 bytes. */
const SMALL = 4;
const LARGE = 4_096;
/** What a run with large blocks may hold in memory, in bytes: a few of them; its graph makes up to a hundred. */
export const CHAOS_LIMIT = 5 * 8 * LARGE;

/** Retries that every run of a chaos graph is given. */
export const CHAOS_RETRIES = 2;

export interface ChaosGraph {
  readonly graph: PackedGraph;
  /** value of each output if nothing stops the run: a number, or the sum of a block's elements */
  readonly expected: readonly number[];
  /** keys of tasks that fail until they are given up */
  readonly failing: readonly string[];
  /** keys of tasks that end their workers until they are given up */
  readonly deadly: readonly string[];
  /** it holds a task that never ends: it must be cancelled */
  readonly isEndless: boolean;
  /** its blocks are large enough for the disk: give it `CHAOS_LIMIT` */
  readonly isLarge: boolean;
}

type Kind = keyof typeof specOf;
type Args = readonly unknown[];
type Below = (limit: number) => number;

/** What tasks of one graph share. */
interface Place {
  /** in which a task counts its attempts */
  readonly file: string;
  /** elements of a block */
  readonly elements: number;
}

const specOf = {
  total: (_place: Place, _below: Below, args: Args): TaskSpec => ["total", ...args],
  block: ({ elements }: Place, _below: Below, args: Args): TaskSpec => ["block", elements, ...args],
  slow: (_place: Place, below: Below, args: Args): TaskSpec => ["slow", below(4), ...args],
  failAtFirst: ({ file }: Place, below: Below, args: Args): TaskSpec => [
    "failFirst",
    file,
    1 + below(CHAOS_RETRIES),
    ...args,
  ],
  exitAtFirst: ({ file }: Place, _below: Below, args: Args): TaskSpec => ["exitFirst", file, 1, ...args],
  leaveBomb: ({ file }: Place, below: Below, args: Args): TaskSpec => ["leaveBomb", file, below(20), ...args],
  failAlways: ({ file }: Place, _below: Below, args: Args): TaskSpec => ["failFirst", file, 99, ...args],
  exitAlways: ({ file }: Place, _below: Below, args: Args): TaskSpec => ["exitFirst", file, 99, ...args],
};

/** per cent of the tasks; the rest are totals */
const shares: readonly (readonly [Kind, number])[] = [
  ["block", 35],
  ["slow", 10],
  ["failAtFirst", 7],
  ["exitAtFirst", 2.5],
  ["leaveBomb", 2],
  ["failAlways", 0.3],
  ["exitAlways", 0.3],
];

const functions = new URL("./chaos-functions.mjs", import.meta.url).href;

/**
 * @param random 0 ≤ number < 1
 * @param folder an empty one, for the files in which tasks count their attempts
 */
export function chaosGraph(random: () => number, folder: string): ChaosGraph {
  const below = (limit: number) => Math.floor(random() * limit);
  const size = 10 + below(110);
  const tasks: Record<string, TaskSpec> = {};
  const values: number[] = [];
  const failing: string[] = [];
  const deadly: string[] = [];
  const isEndless = random() < 0.08;
  const isLarge = random() < 0.35;
  const elements = isLarge ? LARGE : SMALL;
  let bombs = 0;
  for (let i = 0; i < size; i++) {
    const key = `t${i}`;
    const needs = i === 0 ? [] : [...new Set(Array.from({ length: below(4) }, () => below(i)))];
    const args = [...needs.map((need) => result(`t${need}`)), i];
    values.push(needs.reduce((sum, need) => sum + values[need], i));
    const kind = pick(random, bombs === 0);
    if (kind === "leaveBomb") bombs += 1;
    if (kind === "failAlways") failing.push(key);
    if (kind === "exitAlways") deadly.push(key);
    tasks[key] = specOf[kind]({ file: join(folder, key), elements }, below, args);
  }
  const outputs = Object.keys(tasks).filter((_, i) => random() < 0.3 || i === size - 1);
  if (isEndless) tasks.never = ["never"];
  const graph = packedGraph(tasks, isEndless ? [...outputs, "never"] : outputs);
  const moved = graph.functions.map((fn) => ({ ...fn, specifier: functions, id: `${functions}#${fn.name}` }));
  return {
    graph: { ...graph, functions: moved },
    expected: outputs.map((key) => values[Number(key.slice(1))]),
    failing,
    deadly,
    isEndless,
    isLarge,
  };
}

/** @param mayBomb no more than one: a task may die of others no more often than is allowed */
function pick(random: () => number, mayBomb: boolean): Kind {
  let chance = random() * 100;
  for (const [kind, share] of shares) {
    if (chance < share) return kind === "leaveBomb" && !mayBomb ? "total" : kind;
    chance -= share;
  }
  return "total";
}
