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

/** Where the output of a cell goes. `cell` is the id of the execute request that started the code. */
export interface Outlet {
  stream(cell: string, name: StreamName, text: string): void;
  display(cell: string, content: DisplayContent): void;
  clearOutput(cell: string, wait: boolean): void;
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

/** Names that may stand at the cursor, and what of the code each would replace. */
export interface Completion {
  readonly matches: readonly string[];
  /** in Unicode code points, as the messaging specification counts */
  readonly cursorStart: number;
  readonly cursorEnd: number;
}

/** Whether code can run as it stands; "incomplete": more lines are to come, and how the next one begins. */
export type Completeness =
  | { readonly status: "complete" | "invalid" | "unknown" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Runs the cells of one notebook and answers questions about their code. */
export interface Session {
  /** Runs one cell to its end; never rejects. Cells are run one at a time by the caller. */
  execute(request: CellRequest): Promise<CellOutcome>;
  /** Ends the await of the running cell: its outcome becomes KeyboardInterrupt. Does nothing between cells. */
  interrupt(): void;
  isComplete(code: string): Completeness;
  complete(code: string, cursorPos: number): Completion;
}
