import type { RunStore } from "../store/run-store.js";

/** What the tasks of one function did in one run. */
export interface FunctionFigures {
  readonly tasks: number;
  readonly done: number;
  readonly failed: number;
  /** milliseconds its tasks ran, summed */
  readonly ms: number;
}

/** One function in both runs; undefined in a run that has no such function. */
export interface FunctionPair {
  readonly name: string;
  readonly a: FunctionFigures | undefined;
  readonly b: FunctionFigures | undefined;
}

/** Two runs, and their functions matched by name. */
export interface Comparison {
  readonly a: RunStore;
  readonly b: RunStore;
  /** those of A in the order of its graph, then those that only B has */
  readonly functions: readonly FunctionPair[];
  /** both have the same functions with the same numbers of tasks */
  readonly isSameGraph: boolean;
}

/** Compares two runs as they stand now; differences are those of B to A. */
export function compareRuns(a: RunStore, b: RunStore): Comparison {
  const [ofA, ofB] = [figuresByName(a), figuresByName(b)];
  const functions = namesOf(a, b).map((name) => ({ name, a: ofA.get(name), b: ofB.get(name) }));
  return { a, b, functions, isSameGraph: functions.every((pair) => pair.a?.tasks === pair.b?.tasks) };
}

/** Names of functions, each once, in order of first appearance: in A, then in B. */
export function namesOf(a: RunStore, b: RunStore): readonly string[] {
  return [...new Set([...a.groups, ...b.groups].map(({ name }) => name))];
}

/** Milliseconds that B took more than A for a function of both; undefined for one that only one has. */
export function differenceMs({ a, b }: FunctionPair): number | undefined {
  return a && b && b.ms - a.ms;
}

/** Whether all tasks of the function that will run in that run have run. */
export function isComplete({ tasks, done, failed }: FunctionFigures): boolean {
  return done + failed >= tasks;
}

/** A graph may have several groups of one name: they are one function. */
function figuresByName(store: RunStore): Map<string, FunctionFigures> {
  const figures = new Map<string, FunctionFigures>();
  for (const [g, { name, n }] of store.groups.entries()) {
    const { done, failed } = store.forms(g);
    const sum = figures.get(name) ?? { tasks: 0, done: 0, failed: 0, ms: 0 };
    figures.set(name, {
      tasks: sum.tasks + n,
      done: sum.done + done,
      failed: sum.failed + failed,
      ms: sum.ms + store.tasks.groupMs[g]!,
    });
  }
  return figures;
}
