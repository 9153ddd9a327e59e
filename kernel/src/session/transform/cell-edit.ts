import type MagicString from "magic-string";
import type { Span } from "oxc-parser";

/** An import of a cell: the name it binds and where the value comes from. */
export interface ImportBinding {
  readonly name: string;
  readonly specifier: string;
  /** missing for a namespace (`import * as name`) */
  readonly export?: string;
}

/** A cell while it is rewritten. */
export interface CellEdit {
  readonly text: MagicString;
  /** the cell becomes the body of an async function: declarations turn into assignments */
  readonly isAsync: boolean;
  /** names the cell binds on the global object */
  readonly names: Set<string>;
  readonly imports: ImportBinding[];
  /** where moved functions go: in front of the async function */
  readonly functionsAt: number;
  /** where moved imports go: at the start of the async function */
  readonly importsAt: number;
  /** number of the cell */
  readonly count: number;
  /** expressions that give the cell its value, see `valueOfCell` */
  readonly values: ReadonlySet<Span>;
}

/** Global object through which a cell reaches its session; not enumerable. */
export const CELL_RUNTIME = "__dagbook__";

/** Parameter of the async function of a cell: makes what the cell awaits interruptible, see `InterruptibleAwait`. */
export const CELL_AWAIT = "__await__";

/** Puts text around a part of the cell; a later call for the same part goes outside of an earlier one. */
export function surround(text: MagicString, { start, end }: Span, before: string, after: string): void {
  text.prependRight(start, before);
  text.appendLeft(end, after);
}
