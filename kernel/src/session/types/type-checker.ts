import type { Position } from "../transform/cell-positions.js";

/** What is wrong with a cell; positions in the text as the user wrote it, `end` after the last character. */
export interface CellDiagnostic {
  readonly severity: "error" | "warning" | "suggestion";
  /** number of the rule: 2322 is shown as TS2322 */
  readonly code: number;
  /** may have lines: reasons are indented below what they explain */
  readonly message: string;
  readonly start: Position;
  readonly end: Position;
}

/** Names that fit at the cursor; places in code points. */
export interface TypedCompletions {
  readonly cursorStart: number;
  readonly cursorEnd: number;
  /** nothing else fits: keys of an object literal, exports of a module */
  readonly isClosed: boolean;
  readonly entries: readonly TypedEntry[];
}

/** `kind` in the words of JupyterLab's completer. */
export interface TypedEntry {
  readonly name: string;
  readonly kind: string;
  readonly signature?: string;
}

/** What the name at the cursor is; places in code points. */
export interface TypedInspection {
  /** TypeScript */
  readonly signature: string;
  /** Markdown; may be empty */
  readonly documentation: string;
  readonly cursorStart: number;
  readonly cursorEnd: number;
}

/** A cell as the user wrote it, magics included. */
export interface WrittenCell {
  readonly count: number;
  readonly code: string;
}

/**
 * Checks the types of cells while they run. It gives advice: when it is slow, gone or not installed, each answer
 * is empty, and cells run all the same.
 */
export interface TypeChecker {
  /** Starts it, if it does not run, so that the first cell need not wait. */
  warmUp(): Promise<void>;
  /** True while it answers at once; false before it has started, and after it was left alone for a while. */
  readonly isWarm: boolean;
  /** Ends its process until somebody asks again. */
  sleep(): void;
  /**
   * The cell joins the program, as the user wrote it; later cells see what it declares from this call on.
   * @returns what is wrong with it; nothing for a cell that is no TypeScript, of which its run will tell
   */
  addCell(cell: WrittenCell): Promise<readonly CellDiagnostic[]>;
  /** The same without a question: starts no process. */
  rememberCell(cell: WrittenCell): void;
  /** A cell did not compile or was cut: its declarations go. */
  dropCell(count: number): void;
  complete(code: string, cursorPos: number): Promise<TypedCompletions | undefined>;
  inspect(code: string, cursorPos: number): Promise<TypedInspection | undefined>;
  /** bytes of the checker's process; unknown on systems without /proc */
  readonly memory: number | undefined;
  /** id of the checker's process, if it runs */
  readonly pid: number | undefined;
  /** Ends the process at once; every answer is empty from now on. */
  close(): void;
}
