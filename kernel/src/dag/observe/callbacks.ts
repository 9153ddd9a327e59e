/**
 * Functions that are called while a run goes on (Dask's callbacks, dask/callbacks.py).
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import type { Expectation } from "../check-options.js";
import type { Run } from "../engine/engine.js";
import { type RunEvent, type RunStarted, State } from "../engine/events.js";
import type { Graph } from "../graph/graph.js";
import { formatKey, type Key } from "../graph/key.js";
import { isKeptResult, isReference, isTask } from "../graph/task.js";
import { isData } from "../graph/value.js";
import { ArrivingResults } from "./arriving-results.js";

/**
 * Called on the thread that computes, in this order: `start`, `startState`, then for each task `pretask` and
 * `posttask`, at the end `finish`. A task comes after all that it needs; plain data and aliases have no calls, and
 * a `compute` inside a task is a run of its own. What one throws ends the run, and `compute` rejects with it.
 */
export interface Callbacks {
  /** before anything else. @param keys what is asked for */
  start?(keys: readonly string[]): void;
  /** The graph is ready to run; not called if everything asked for is data. */
  startState?(graph: RunStarted): void;
  /** A worker has begun the task; again for each further try. */
  pretask?(key: string, worker: number): void;
  /** The task has finished. Each value is copied from its worker: leave this one out where results are large. */
  posttask?(key: string, value: unknown, worker: number): void;
  /** @param failed true after an error or a cancel */
  finish?(failed: boolean): void;
}

/** What the option must be; a typing error must not pass silently. */
export const callbacksExpectation: Expectation = {
  text: "an object with some of the functions start, startState, pretask, posttask, finish",
  test: (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    NAMES.every((name) => !(name in value) || typeof (value as Callbacks)[name] === "function") &&
    Object.entries(value).every(([name, own]) => typeof own !== "function" || NAMES.some((known) => known === name)),
  meant: (value) => {
    const names = Object.keys(Object(value)).filter((name) => !NAMES.some((known) => known === name));
    return names.map((name) => nearestName(name, NAMES)).find((name) => name !== undefined);
  },
};

const NAMES = ["start", "startState", "pretask", "posttask", "finish"] as const;

/** Calls the callbacks of one run. */
export class CallbackCaller {
  readonly #callbacks: Callbacks;
  #graph: RunStarted | undefined;
  /** display forms of the keys that have no calls */
  #data: ReadonlySet<string> = new Set();
  #results: ArrivingResults | undefined;
  #hasPosted = new Uint8Array();
  #hasBegun = new Uint8Array();

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  /** True if the run must tell the results of its tasks (`RunOptions.report`). */
  get needsResults(): boolean {
    return this.#callbacks.posttask !== undefined;
  }

  begin(graph: Graph, keys: readonly Key[]): void {
    this.#callbacks.start?.(keys.map(formatKey));
    this.#data = new Set([...graph].flatMap(([key, value]) => (runs(value) ? [] : [formatKey(key)])));
  }

  /** Nothing ran. */
  end(failed: boolean): void {
    this.#callbacks.finish?.(failed);
  }

  /**
   * Follows the run to its end.
   * @throws what a callback throws, after it cancelled the run and told `finish`
   * @throws {ArgumentError} if the engine cannot tell the results of tasks and `posttask` needs them
   */
  async follow(run: Pick<Run, "events" | "cancel" | "reports">): Promise<void> {
    let failed = true;
    try {
      if (this.needsResults) this.#results = new ArrivingResults(checkedReports(run));
      for await (const event of run.events) {
        await this.#apply(event);
        if (event.type === "end") failed = event.state !== "finished";
      }
    } catch (error) {
      failed = true;
      run.cancel("a callback failed");
      throw error;
    } finally {
      this.end(failed);
    }
  }

  async #apply(event: RunEvent): Promise<void> {
    if (event.type === "start") {
      this.#graph = event;
      this.#hasPosted = Uint8Array.from(event.keys, (key) => (this.#data.has(key) ? 1 : 0));
      this.#hasBegun = this.#hasPosted.slice();
      this.#callbacks.startState?.(event);
    }
    if (event.type !== "tasks") return;
    for (const [i, task] of event.task.entries()) {
      const state = event.state[i];
      if (state === State.processing) this.#begin(task, event.worker[i]);
      // A task that runs again begins again.
      else if (state === State.queued && this.#hasPosted[task] === 0) this.#hasBegun[task] = 0;
      else if (state === State.memory) await this.#end(task, event.worker[i]);
    }
  }

  /** A worker is seen to begin a task before it has told the end of what the task needs: that comes first. */
  #begin(task: number, worker: number): void {
    const { keys, dependencies, dependencyStart } = this.#graph!;
    const needs = dependencies.subarray(dependencyStart[task], dependencyStart[task + 1]);
    if (this.#hasBegun[task] === 1 || needs.some((needed) => this.#hasPosted[needed] === 0)) return;
    this.#hasBegun[task] = 1;
    this.#callbacks.pretask?.(keys[task], worker);
  }

  async #end(task: number, worker: number): Promise<void> {
    if (this.#hasPosted[task] === 1) return;
    this.#begin(task, worker);
    this.#hasPosted[task] = 1;
    if (this.#results === undefined) return;
    const key = this.#graph!.keys[task];
    this.#callbacks.posttask?.(key, await this.#results.take(task), worker);
  }
}

/** True for what a worker has to run: no data, no other name of a key, no result that is kept. */
function runs(value: unknown): boolean {
  return isTask(value) || !(isReference(value) || isKeptResult(value) || isData(value));
}

function checkedReports({ reports }: Pick<Run, "reports">): NonNullable<Run["reports"]> {
  if (reports !== undefined) return reports;
  throw new ArgumentError(
    "the callback posttask needs the results of all tasks, and this engine does not tell them (it has no Run.reports): " +
      "leave out posttask, or compute with the engine of this process",
  );
}
