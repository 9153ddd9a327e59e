/**
 * One notebook session: runs cells on the main thread. Knows no sockets; whoever runs it gives it an
 * outlet for what cells print and show.
 * @module
 */

import type { MimeBundle } from "../dag/context.js";

export type { MimeBundle } from "../dag/context.js";

/** Standard output or error. */
export type StreamName = "stdout" | "stderr";

/** What a cell shows; `displayId` names it for later updates. */
export interface DisplayContent {
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly displayId?: string;
  readonly update: boolean;
}

/**
 * What the client that ran a cell shall do when it has ended: show help in its pager, put text into the next cell.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#payloads-deprecated
 */
export type Payload =
  /** `of`: the name on which help is wanted; the type checker may know more of it than `data`, which may be empty */
  | { readonly source: "page"; readonly data: MimeBundle; readonly start: number; readonly of?: string }
  | { readonly source: "set_next_input"; readonly text: string; readonly replace: boolean };

/** A question to the person at the notebook; what they type for a password is not shown. */
export interface InputRequest {
  readonly prompt: string;
  readonly password: boolean;
}

/**
 * One message on a channel between code of a cell and a view in the front end.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 */
export interface CommMessage {
  readonly event: "open" | "message" | "close";
  readonly id: string;
  /** name under which the other side waits for comms; only of an open */
  readonly target?: string;
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** What the type checker does: nothing, tell what it finds, or keep cells with errors from running. */
export type TypesMode = "off" | "warn" | "strict";

/** Where the output of a cell goes. `cell` is the id of the execute request that started the code. */
export interface Outlet {
  stream(cell: string, name: StreamName, text: string): void;
  display(cell: string, content: DisplayContent): void;
  clearOutput(cell: string, wait: boolean): void;
  payload(cell: string, payload: Payload): void;
  /**
   * Asks the person who ran the cell.
   * @throws {InputError} if the client of the cell cannot be asked, or the cell ends before an answer
   */
  input(cell: string, request: InputRequest): Promise<string>;
  /** The same, and blocks this thread until the answer comes; an interrupt ends it. */
  inputNow(cell: string, request: InputRequest): string;
  /** Sends on a comm that code of the cell opened or answers. */
  comm(cell: string, message: CommMessage): void;
  /** Comms that a front end opens for this target are for cells from now on. */
  commTarget(name: string): void;
  typesMode(mode: TypesMode): void;
}

/** One cell to run. */
export interface CellRequest {
  /** msg_id of the execute request */
  readonly id: string;
  readonly code: string;
  /** names the cell in stack traces: `cell-<count>.ts` */
  readonly count: number;
}

/** How a cell ended; field names as in the messaging specification. */
export type CellOutcome =
  | { readonly status: "ok"; readonly result: MimeBundle | undefined }
  | {
      readonly status: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/** The value of an expression that a client asked for, or why there is none. */
export type ExpressionOutcome =
  | { readonly status: "ok"; readonly data: MimeBundle; readonly metadata: Readonly<Record<string, unknown>> }
  | Extract<CellOutcome, { status: "error" }>;

/** A name that may stand at the cursor. */
export interface CompletionEntry {
  readonly text: string;
  /** what it names, in JupyterLab's words: function, class, instance, module, property, keyword… */
  readonly type: string;
  readonly signature?: string;
}

/** Names that may stand at the cursor, and what of the code each would replace. */
export interface Completion {
  readonly entries: readonly CompletionEntry[];
  /** in Unicode code points, as the messaging specification counts */
  readonly cursorStart: number;
  readonly cursorEnd: number;
}

/** Whether code can run as it stands; "incomplete": more lines are to come, and how the next one begins. */
export type Completeness =
  | { readonly status: "complete" | "invalid" | "unknown" }
  | { readonly status: "incomplete"; readonly indent: string };

/** What is known of the value under the cursor. */
export type Inspection =
  | { readonly found: true; readonly data: MimeBundle; readonly metadata: Readonly<Record<string, unknown>> }
  | { readonly found: false };

/** Runs the cells of one notebook and answers questions about their code. */
export interface Session {
  /** Runs one cell to its end; never rejects. Another one may start while this one awaits. */
  execute(request: CellRequest): Promise<CellOutcome>;
  /**
   * Makes the pending await of a running cell throw; its outcome becomes KeyboardInterrupt. Does nothing to a cell
   * that has ended.
   * @returns when the cell has ended: it may clean up for a moment; a second interrupt ends it at once
   */
  interrupt(cell: string): Promise<void>;
  isComplete(code: string): Completeness;
  /** Completes from the values that exist now. */
  complete(code: string, cursorPos: number): Completion;
  /** Describes the value under the cursor, from what exists now. @param detail 0: what it is, 1: also its source or content */
  inspect(code: string, cursorPos: number, detail: number): Inspection;
  /** Evaluates expressions of a client after a cell; what they print belongs to it. */
  evaluate(
    cell: string,
    expressions: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, ExpressionOutcome>>>;
  /** The same stack with the places in the cells as they were written, without frames of the kernel. */
  writtenStack(stack: string): string;
  /** A front end opened, used or closed a comm of a cell. */
  comm(message: CommMessage): void;
}
