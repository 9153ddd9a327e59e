/**
 * What the engine and a child process say to each other. The channel keeps the order.
 * @module
 */
import type { BatchMessage, BatchReply, OutputMessage } from "./batch.js";
import type { CarriedValues } from "./carried-values.js";
import type { ErrorData } from "./error-data.js";

/** A function as bytes: what v8.serialize refuses in it is found before the message goes. */
export type FunctionBytes =
  | { readonly slot: number; readonly bytes: Uint8Array }
  | { readonly slot: number; readonly refused: ErrorData };

export interface CarriedBatch extends Omit<BatchMessage, "values" | "functions"> {
  readonly values: CarriedValues;
  readonly functions: readonly FunctionBytes[];
}

export interface CarriedReply extends Omit<BatchReply, "values" | "isAdopted"> {
  readonly values: CarriedValues;
}

export type ToProcess =
  | { readonly kind: "batch"; readonly batch: CarriedBatch }
  | { readonly kind: "recall"; readonly ticket: number }
  | { readonly kind: "abort"; readonly first: number; readonly last: number };

export type FromProcess =
  /** `ticket` is that of the batch */
  | { readonly kind: "reply"; readonly ticket: number; readonly reply: CarriedReply }
  | { readonly kind: "output"; readonly message: OutputMessage }
  /** answers `recall`: the last ticket that has begun */
  | { readonly kind: "recalled"; readonly begun: number }
  | { readonly kind: "progress"; readonly ticket: number; readonly fraction: number }
  /** the thread of the tasks ended */
  | { readonly kind: "lost"; readonly reason: string };

/** Where the child has the journal among its descriptors: after the three streams and the channel. */
export const JOURNAL_DESCRIPTOR = 4;

/**
 * The reply to a batch whose values found no room: the first task fails, the others have not begun. Its inputs are
 * all with the engine, so that it can run again.
 */
export function unplacedReply(error: ErrorData, time: number): Omit<BatchReply, "values"> {
  return { count: 1, times: Float64Array.of(time, time), returned: [], failure: { error, step: 0, args: [] } };
}
