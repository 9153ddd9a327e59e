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
  /** some of its tasks are still to run in a run that goes on: it cannot be compared yet */
  readonly isOpen: boolean;
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
  const functions = namesOf(a, b).map((name) => {
    const pair = { name, a: ofA.get(name), b: ofB.get(name) };
    return { ...pair, isOpen: isOpenIn(a, pair.a) || isOpenIn(b, pair.b) };
  });
  return { a, b, functions, isSameGraph: functions.every((pair) => pair.a?.tasks === pair.b?.tasks) };
}

/** Names of functions, each once, in order of first appearance: in A, then in B. */
export function namesOf(a: RunStore, b: RunStore): readonly string[] {
  return [...new Set([...a.groups, ...b.groups].map(({ name }) => name))];
}

/** Milliseconds that B took more than A; undefined for a function that only one has, or that is not done yet. */
export function differenceMs({ a, b, isOpen }: FunctionPair): number | undefined {
  return a && b && !isOpen ? b.ms - a.ms : undefined;
}

/** Whether all tasks of the function have run; of a run that failed or was cancelled some never will. */
export function isComplete({ tasks, done, failed }: FunctionFigures): boolean {
  return done + failed >= tasks;
}

function isOpenIn({ state }: RunStore, figures: FunctionFigures | undefined): boolean {
  return state === "running" && figures !== undefined && !isComplete(figures);
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
