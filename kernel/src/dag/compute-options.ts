/**
 * What may be said about one computation.
 * @module
 */
import {
  anyBoolean,
  anyString,
  checkOptions,
  type Expectation,
  type Expectations,
  objectWith,
  wholeNumber,
} from "./check-options.js";
import { ENGINE_NAMES, type EngineName } from "./context.js";
import type { Engine, Run } from "./engine/engine.js";
import { type Callbacks, callbacksExpectation } from "./observe/callbacks.js";
import type { Observation } from "./observe/observation.js";

/** Options of `computeWith`, `runWith`, `persistWith`, `get` and of the methods of lazy objects. */
export interface ComputeOptions {
  /**
   * Who runs it; default "threads".
   * - "threads": worker threads of this process
   * - "processes": child processes, with memory of their own; the environment is that of their start
   * - "sync": the thread of the caller, for debugging: breakpoints and stacks are those of your functions
   *
   * A task that computes runs it in its own thread, whatever it names here.
   */
  readonly engine?: EngineName | Engine;
  /** how many workers; default: one per core. "sync" is one. */
  readonly workers?: number;
  /** stops the run when aborted; the computation then rejects with a CancelledError */
  readonly signal?: AbortSignal;
  /** how often a task that throws runs again; default 0 */
  readonly retries?: number;
  /** false: linear chains of tasks are not joined; default true */
  readonly optimize?: boolean;
  /** false: no live view; default true */
  readonly progress?: boolean;
  /** false: containers among the values are not searched for lazy results and come back as they are; default true */
  readonly traverse?: boolean;
  /** functions to call while the run goes on; chains of tasks are then joined only if `optimize` is true */
  readonly callbacks?: Callbacks;
  /** how the view names the run; default: the names of what is computed */
  readonly title?: string;
}

/** A run, what it did, and the value it will give. */
export interface ComputeRun<T> extends Run, Observation {
  /** rejects as `compute` does */
  readonly value: Promise<T>;
}

const engineObject = objectWith("an engine", "start", "releaseResults");
const anyEngine: Expectation = {
  text: `${ENGINE_NAMES.map((name) => `"${name}"`).join(", ")} or an engine`,
  test: (value) => (ENGINE_NAMES as readonly unknown[]).includes(value) || engineObject.test(value),
};

const expectations: Expectations<ComputeOptions> = {
  engine: anyEngine,
  workers: wholeNumber(1),
  signal: objectWith("an AbortSignal, such as AbortSignal.timeout(1000)", "addEventListener", "aborted"),
  retries: wholeNumber(0),
  optimize: anyBoolean,
  progress: anyBoolean,
  callbacks: callbacksExpectation,
  traverse: anyBoolean,
  title: anyString,
};

/** @throws {ArgumentError} if an option is unknown or is not what it must be */
export function checkComputeOptions(options: ComputeOptions): void {
  checkOptions("compute", options, expectations);
}
