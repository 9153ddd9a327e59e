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
  /** the tiles of the last time, so that those of unchanged tasks need not be made again */
  readonly tileMemo?: TileMemo;
  /** axes that several runs have in common, so that they can be compared */
  readonly axes?: SharedAxes;
}

/** Ends of axes: milliseconds, and bytes of the memory strip. */
export interface SharedAxes {
  readonly horizon: number;
  readonly peak: number;
}

/** The form of each task when its row was made, and that row. Belongs to one plan and theme. */
export type TileMemo = Map<number, { readonly form: string; readonly row: Row }>;

export const NO_STROKE = { stroke: "transparent", strokeWidth: 0 } as const;
