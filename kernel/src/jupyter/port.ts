/**
 * What the main thread (cells) and the service thread (protocol) say to each other over a MessagePort.
 * The port keeps the order, so an outcome comes after all output of its cell.
 * @module
 */
import type { CellOutcome, Completeness, Completion, DisplayContent, StreamName } from "../session/session.js";

/** Questions to the main thread; `ask` comes back in the answer. */
export type Question =
  | { readonly type: "isComplete"; readonly code: string }
  | { readonly type: "complete"; readonly code: string; readonly cursorPos: number }
  /** answered at once, unless the thread is busy */
  | { readonly type: "ping" }
  /** ends the cell, if it runs; answered when its outcome, if it has one, is posted */
  | { readonly type: "interrupt"; readonly cell: string | undefined };

/** Answer to each question. */
export interface Answers {
  readonly isComplete: Completeness;
  readonly complete: Completion;
  readonly ping: null;
  readonly interrupt: null;
}

/** What the service thread sends: a cell to run, or a question. */
export type ToMain =
  | { readonly type: "execute"; readonly cell: string; readonly code: string; readonly count: number }
  | (Question & { readonly ask: number });

/** What the main thread sends: output of cells, how they ended, and answers. */
export type ToService =
  | { readonly type: "stream"; readonly cell: string; readonly name: StreamName; readonly text: string }
  | { readonly type: "display"; readonly cell: string; readonly content: DisplayContent }
  | { readonly type: "clear"; readonly cell: string; readonly wait: boolean }
  | { readonly type: "outcome"; readonly cell: string; readonly outcome: CellOutcome }
  | { readonly type: "answer"; readonly ask: number; readonly value: Answers[keyof Answers] }
  | { readonly type: "refusal"; readonly ask: number; readonly message: string };
