/**
 * One notebook session: runs cells on the main thread. Knows no sockets; whoever runs it gives it an
 * outlet for what cells print and show.
 * @module
 */

/** MIME type to content: JSON for `+json` types, base64 for images, text otherwise. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Where the output of a cell goes. `cell` is the id of the execute request that started the code. */
export interface Outlet {
  stream(cell: string, name: "stdout" | "stderr", text: string): void;
  display(
    cell: string,
    content: {
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly displayId?: string;
      readonly update: boolean;
    },
  ): void;
  clearOutput(cell: string, wait: boolean): void;
}

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

export interface Completion {
  readonly matches: readonly string[];
  /** in Unicode code points, as the messaging specification counts */
  readonly cursorStart: number;
  readonly cursorEnd: number;
}

export type Completeness =
  | { readonly status: "complete" | "invalid" | "unknown" }
  | { readonly status: "incomplete"; readonly indent: string };

export interface Session {
  /** Runs one cell to its end; never rejects. Cells are run one at a time by the caller. */
  execute(request: CellRequest): Promise<CellOutcome>;
  /** Ends the await of the running cell: its outcome becomes KeyboardInterrupt. Does nothing between cells. */
  interrupt(): void;
  isComplete(code: string): Completeness;
  complete(code: string, cursorPos: number): Completion;
}
