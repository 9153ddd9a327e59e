import type { Lens } from "../lens.js";
import type { RunStore } from "../store/run-store.js";
import type { Formats } from "../text/formats.js";
import type { Theme } from "../theme/theme.js";

/** A row of a dataset: flat values, so that two states of it are easily compared. */
export interface Row {
  /** names the row within its dataset; the same thing has the same name at every moment */
  readonly id: string | number;
  readonly [field: string]: string | number;
}

/** Rows of all datasets of a specification by name. */
export type Datasets = Record<string, Row[]>;

/** What rows are made from, besides their plan. */
export interface Scene {
  readonly store: RunStore;
  readonly theme: Theme;
  readonly formats: Formats;
  /** hue of each group */
  readonly hues: readonly string[];
  /** the rows of the last time, so that those of unchanged tasks need not be made again */
  readonly memo?: RowMemo;
  readonly lens?: Lens;
  /** bytes at the top of the memory strip, where runs have it in common; otherwise the run's own peak */
  readonly peak?: number;
}

/** What each task's row was made from, and that row: by task. Belongs to one plan, theme and lens. */
export class RowMemo {
  readonly tiles = new Map<number, { readonly form: string; readonly row: Row }>();
  /** tasks that have ended, on a time axis named `axis` */
  readonly boxes = new Map<number, { readonly start: number; readonly end: number; readonly row: Row }>();
  axis = "";
}

export const NO_STROKE = { stroke: "transparent", strokeWidth: 0 } as const;
