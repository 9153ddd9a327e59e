/**
 * What goes between the engine and a worker. A batch carries everything its tasks need but functions,
 * which a worker gets once; the tasks stand in one array of numbers, so that a message has few objects
 * however many tasks it has.
 *
 * `program` holds, for each task: a header, the number of its steps, and for each step its function, the
 * number of its arguments and their codes.
 * - header: `uses * 2 + isReturned`. `uses` counts the arguments by which later tasks of the batch take the
 *   result; `isReturned` is 1 if the engine wants it.
 * - function: a slot of the worker's function table, or a `Builtin` (negative).
 * - argument: `(index << 2) | kind` with the kinds of `BatchArg`.
 * @module
 */
import type { ShippedFunction } from "../functions/shipped.js";
import type { ErrorData } from "./error-data.js";
import type { StreamName } from "./events.js";
import type { PackedValues } from "./packed-values.js";

/** Kind of an argument in a batch; its index counts … */
export const BatchArg = {
  /** the values of the batch */
  value: 0,
  /** the tasks of the batch, from its first */
  task: 1,
  /** the steps of the same task, from its first */
  step: 2,
} as const;

/** A function that a worker sees for the first time, or why it cannot get it. */
export type FunctionDelivery =
  | { readonly slot: number; readonly shipped: ShippedFunction }
  | { readonly slot: number; readonly refused: ErrorData };

export interface BatchMessage {
  /** ticket of the first task; the others follow */
  readonly ticket: number;
  readonly count: number;
  readonly program: Int32Array;
  readonly values: PackedValues;
  readonly functions: readonly FunctionDelivery[];
}

/** What a task threw. */
export interface TaskFailure {
  readonly error: ErrorData;
  /** which of its steps threw, from 0 */
  readonly step: number;
  /** the arguments of that step, each in a few characters */
  readonly args: readonly string[];
}

export interface BatchReply {
  /** tasks begun: the first `count` of the batch. With a `failure` it is the last of them that threw */
  readonly count: number;
  /** start and end of each of them, on the clock of clock.ts */
  readonly times: Float64Array;
  /** positions of the tasks whose results come back */
  readonly returned: readonly number[];
  readonly values: PackedValues;
  readonly failure?: TaskFailure;
  /** true: the engine owns the blocks of `values` already */
  readonly isAdopted?: boolean;
}

/** What a worker sends through its own port: text that a task printed. */
export interface OutputMessage {
  readonly ticket: number;
  readonly name: StreamName;
  readonly text: string;
}
