/**
 * What may be said about one computation.
 * @module
 */
import { parseMemoryLimit } from "../parse-bytes.js";
import {
  anyBoolean,
  anySignal,
  anyString,
  checkOptions,
  type Expectations,
  oneOf,
  wholeNumber,
} from "./check-options.js";
import type { Run } from "./engine/engine.js";
import { POLICIES, type PolicyName } from "./engine/policies/policy-name.js";
import { anyEngine, type EngineChoice } from "./engine-choice.js";
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
  readonly engine?: EngineChoice;
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
  /**
   * which of the tasks that could run a free worker gets; default `combined`. `fifo`: what became ready first;
   * `most-dependents`: what most results need; `most-memory`: what most held bytes wait for; `nearest-data`: what has
   * most input bytes from that very worker. `explain` compares them.
   */
  readonly policy?: PolicyName;
  /** what results may take in memory, in bytes or as a text such as "2 GB"; others wait on disk meanwhile. Default: what the engine allows */
  readonly memoryLimit?: number | string;
}

/** A run, what it did, and the value it will give. */
export interface ComputeRun<T> extends Run, Observation {
  /** rejects as `compute` does */
  readonly value: Promise<T>;
}

function isMemoryLimit(value: unknown): boolean {
  try {
    return parseMemoryLimit(value) > 0;
  } catch {
    return false;
  }
}

/** What each option must be; for those whose options contain these. */
export const computeExpectations: Expectations<ComputeOptions> = {
  engine: anyEngine,
  workers: wholeNumber(1),
  signal: anySignal,
  retries: wholeNumber(0),
  optimize: anyBoolean,
  progress: anyBoolean,
  callbacks: callbacksExpectation,
  traverse: anyBoolean,
  title: anyString,
  policy: oneOf(POLICIES),
  memoryLimit: {
    text: 'bytes above 0, or a text such as "2 GB" (kB, MB, GB, TB, KiB, MiB, GiB, TiB),',
    test: isMemoryLimit,
  },
};

/** @throws {ArgumentError} if an option is unknown or is not what it must be */
export function checkComputeOptions(options: ComputeOptions): void {
  checkOptions("compute", options, computeExpectations);
}
