/**
 * Values of runs that were run again, from the view or by `Run.repeat`: nobody awaits those, so they wait here.
 * @module
 */
import { ArgumentError } from "../errors.js";
import { threadGlobal } from "../thread-global.js";
import type { Engine, Run } from "./engine/engine.js";

/** Makes the value of a run of its results; rejects as the run does. */
export type Settle = (run: Run) => Promise<unknown>;

/** As many runs as an engine remembers. */
const MOST_RUNS = 20;
/** Tasks of their graphs together, which are held to make the values. */
const MOST_TASKS = 200_000;
/** Values that nobody has asked for. */
const MOST_VALUES = 5;
/** Characters of an id that tell runs apart; the view shows as many. */
const LEAST_PREFIX = 4;

interface Repeatable {
  readonly settle: Settle;
  readonly tasks: number;
  /** id of the execute request whose cell started it */
  readonly cell: string;
  isFinished: boolean;
}

/** A run that may run again. */
export interface RememberedRun extends Pick<Repeatable, "settle" | "tasks" | "cell"> {
  readonly id: string;
  readonly engine: Engine;
}

interface Slots {
  readonly engines: WeakSet<Engine>;
  /** by id of the run, oldest first */
  readonly repeatable: Map<string, Repeatable>;
  readonly values: Map<string, Promise<unknown>>;
}

const slots = threadGlobal<Slots>("repeated-results", () => ({
  engines: new WeakSet(),
  repeatable: new Map(),
  values: new Map(),
}));

/**
 * Remembers how the value of a run is made, for the case that it runs again: of runs of the last cell that were stopped,
 * and of the newest run. What makes the value holds the arrays of the user, which others are to free.
 * @returns call it when the run has finished
 */
export function rememberRun({ id, engine, tasks, cell, settle }: RememberedRun): () => void {
  if (engine.onRepeat === undefined) return () => undefined;
  if (!slots.engines.has(engine)) {
    slots.engines.add(engine);
    engine.onRepeat(repeated);
  }
  for (const [other, past] of slots.repeatable) {
    if (past.isFinished || past.cell !== cell) slots.repeatable.delete(other);
  }
  const own: Repeatable = { settle, tasks, cell, isFinished: false };
  slots.repeatable.set(id, own);
  forgetOldest();
  return () => {
    own.isFinished = true;
  };
}

/**
 * The value of a run that was started by "Retry failed" or "Run again" in a view, as `compute` would have given it.
 * The values of the last five such runs are kept.
 * @param run its id, or the first characters of it, at least four, with or without `run-`
 * @throws {ArgumentError} if no such run was repeated here, or several begin so
 * @throws what `compute` throws if the run fails
 * @example const total = await resultOf("3f2a91c0")
 */
export async function resultOf(run: string): Promise<unknown> {
  const prefix = run.startsWith("run-") ? run : `run-${run}`;
  const isLong = prefix.length >= "run-".length + LEAST_PREFIX;
  const found = isLong ? [...slots.values.keys()].filter((id) => id.startsWith(prefix)) : [];
  if (found.length === 1) return slots.values.get(found[0]);
  const known = [...slots.values.keys()].map((id) => id.slice("run-".length, "run-".length + 8));
  const problem =
    found.length > 1
      ? "is the beginning of several runs"
      : "is no run of the last cell that was run again in this kernel";
  throw new ArgumentError(
    `resultOf(${JSON.stringify(run)}): it ${problem}; those whose values are kept: ${known.join(", ") || "none"}`,
    { run },
  );
}

function repeated(of: string, run: Run): void {
  const before = slots.repeatable.get(of);
  if (before === undefined) return;
  const own: Repeatable = { ...before, isFinished: false };
  slots.repeatable.set(run.id, own);
  const value = before.settle(run);
  // Nobody may ask for it.
  value.then(
    () => {
      own.isFinished = true;
    },
    () => undefined,
  );
  slots.values.set(run.id, value);
  for (const oldest of slots.values.keys()) {
    if (slots.values.size <= MOST_VALUES) break;
    slots.values.delete(oldest);
  }
  forgetOldest();
}

function forgetOldest(): void {
  let tasks = 0;
  for (const { tasks: own } of slots.repeatable.values()) tasks += own;
  for (const [id, oldest] of slots.repeatable) {
    const isFull = slots.repeatable.size > MOST_RUNS || tasks > MOST_TASKS;
    if (!isFull || slots.repeatable.size === 1) break;
    slots.repeatable.delete(id);
    tasks -= oldest.tasks;
  }
}
