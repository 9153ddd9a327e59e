/**
 * What the main thread (cells) and the service thread (protocol) say to each other over a MessagePort.
 * The port keeps the order, so an outcome comes after all output of its cell.
 * @module
 */
import type { MessagePort } from "node:worker_threads";
import type {
  CellOutcome,
  CommMessage,
  Completeness,
  Completion,
  DisplayContent,
  ExpressionOutcome,
  InputRequest,
  Inspection,
  Outlet,
  Payload,
  StreamName,
  TypesMode,
} from "../session/session.js";

/** Questions to the main thread; `ask` comes back in the answer. */
export type Question =
  | { readonly type: "isComplete"; readonly code: string }
  | { readonly type: "complete"; readonly code: string; readonly cursorPos: number }
  | { readonly type: "inspect"; readonly code: string; readonly cursorPos: number; readonly detail: number }
  | { readonly type: "evaluate"; readonly cell: string; readonly expressions: Readonly<Record<string, string>> }
  /** a stack of compiled cells */
  | { readonly type: "writtenStack"; readonly stack: string }
  /** answered at once, unless the thread is busy */
  | { readonly type: "ping" }
  /** ends cells, if they run; answered when their outcomes, if they have any, are posted */
  | { readonly type: "interrupt"; readonly cells: readonly string[] };

/** Answer to each question. */
export interface Answers {
  readonly isComplete: Completeness;
  readonly complete: Completion;
  readonly inspect: Inspection;
  readonly evaluate: Readonly<Record<string, ExpressionOutcome>>;
  /** with the places in the cells as they were written */
  readonly writtenStack: string;
  readonly ping: null;
  readonly interrupt: null;
}

/** What the service thread sends: a cell to run, a message of a front end to a cell's comm, or a question. */
export type ToMain =
  | { readonly type: "execute"; readonly cell: string; readonly code: string; readonly count: number }
  | { readonly type: "comm"; readonly message: CommMessage }
  | (Question & { readonly ask: number });

/** What the main thread sends: output of cells, how they ended, and answers. */
export type ToService =
  | { readonly type: "stream"; readonly cell: string; readonly name: StreamName; readonly text: string }
  /** what was written past Node's streams before the message that follows */
  | { readonly type: "native"; readonly cell: string; readonly name: StreamName; readonly bytes: Uint8Array }
  /** `size`: see `SharedState.outputPosted` */
  | { readonly type: "display"; readonly cell: string; readonly content: DisplayContent; readonly size: number }
  | { readonly type: "clear"; readonly cell: string; readonly wait: boolean }
  | { readonly type: "payload"; readonly cell: string; readonly payload: Payload }
  /** the answer goes to `replyTo`, which is then closed */
  | { readonly type: "input"; readonly cell: string; readonly request: InputRequest; readonly replyTo: MessagePort }
  | { readonly type: "comm"; readonly cell: string; readonly message: CommMessage; readonly size: number }
  | { readonly type: "commTarget"; readonly name: string }
  | { readonly type: "typesMode"; readonly mode: TypesMode }
  | { readonly type: "outcome"; readonly cell: string; readonly outcome: CellOutcome }
  | { readonly type: "answer"; readonly ask: number; readonly value: Answers[keyof Answers] }
  | { readonly type: "refusal"; readonly ask: number; readonly message: string };

/** What the person at the notebook typed, or why there is no answer. */
export type InputReply =
  | { readonly value: string }
  /** `isInterrupt`: they pressed Stop instead */
  | { readonly refusal: string; readonly isInterrupt: boolean };

/** Where the service thread takes what cells send: an outlet, but nothing there waits for a person. */
export type CellEvents = Omit<Outlet, "inputNow">;
