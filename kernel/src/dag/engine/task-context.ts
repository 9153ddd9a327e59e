/**
 * What a running task may say about itself.
 * @module
 */
import { builtFile } from "../../built-file.js";
import { ArgumentError } from "../../errors.js";
import { moduleFunction } from "../functions/module-function.js";

/** The side of a worker that hears the task. */
export interface TaskContext {
  progress(fraction: number): void;
  /** of the running task */
  signal(): AbortSignal;
  /** true in code of a task: what it computes runs in its own thread */
  isInside(): boolean;
}

// Under a global symbol: the task may have imported another copy of this package than the worker.
const slot = Symbol.for("dagbook.task");
const globals = globalThis as typeof globalThis & { [slot]?: TaskContext };

/** Sets who hears the running task; undefined when none runs. */
export function useTaskContext(context: TaskContext | undefined): void {
  if (context === undefined) delete globals[slot];
  else globals[slot] = context;
}

/**
 * Tells the view how much of the running task is done. Cheap enough for an inner loop (it writes one number
 * of shared memory); outside a task it does nothing.
 * @param fraction 0 … 1; what lies outside is cut off
 * @throws {ArgumentError} if it is not a number
 * @example for (let i = 0; i < n; i++) { step(i); progress((i + 1) / n); }
 */
export function progress(fraction: number): void {
  if (typeof fraction !== "number" || Number.isNaN(fraction)) {
    throw new ArgumentError(`progress(${String(fraction)}) is not a number: give a fraction from 0 to 1`, { fraction });
  }
  globals[slot]?.progress(Math.min(1, Math.max(0, fraction)));
}

/**
 * The signal of the running task: it is aborted when the task, or its run, is cancelled. A task that waits for something ends itself
 * with it; one that is still at work 500 ms later ends with its worker. Outside a task it is never aborted.
 * @example const page = await fetch(url, { signal: taskSignal() });
 */
export function taskSignal(): AbortSignal {
  return globals[slot]?.signal() ?? new AbortController().signal;
}

/** True in code of a task. */
export function isInsideTask(): boolean {
  return globals[slot]?.isInside() ?? false;
}

/** Who hears the running task. */
export function taskContext(): TaskContext | undefined {
  return globals[slot];
}

// A task that uses it loads this file in its worker, not the whole package (200 ms).
const file = builtFile(import.meta.url, "./task-context.js").href;
moduleFunction(progress, file, "progress");
moduleFunction(taskSignal, file, "taskSignal");
