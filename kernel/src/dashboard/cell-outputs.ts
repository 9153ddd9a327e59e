/**
 * Which output of a cell shows which run.
 * @module
 */

/** Runs of one cell with an output of their own; all further ones share the next. */
const OWN_OUTPUTS = 20;
/** Cells that may still start runs: in timers, after their end. */
const REMEMBERED_CELLS = 100;

/** An output of a cell. */
export interface CellOutput {
  readonly displayId: string;
  readonly isShared: boolean;
  /** the run it shows: in a shared output the newest */
  run: string;
  isOnPage: boolean;
}

interface CellEntry {
  runs: number;
  shared: CellOutput | undefined;
}

/**
 * Gives runs their outputs. A loop that computes a thousand times would fill the page and the notebook
 * file with a thousand pictures and take longer to draw than to compute.
 */
export class CellOutputs {
  readonly #cells = new Map<string | undefined, CellEntry>();

  /**
   * The output for a run that starts.
   * @param repeated that of the run that it repeats: it takes its place
   */
  take(run: string, cell: string | undefined, repeated?: CellOutput): CellOutput {
    if (repeated !== undefined) {
      repeated.run = run;
      return repeated;
    }
    const entry = this.#entryOf(cell);
    entry.runs += 1;
    if (entry.runs <= OWN_OUTPUTS) return newOutput(run, false);
    entry.shared ??= newOutput(run, true);
    entry.shared.run = run;
    return entry.shared;
  }

  #entryOf(cell: string | undefined): CellEntry {
    const entry = this.#cells.get(cell) ?? { runs: 0, shared: undefined };
    this.#cells.delete(cell);
    this.#cells.set(cell, entry);
    for (const oldest of this.#cells.keys()) {
      if (this.#cells.size <= REMEMBERED_CELLS) break;
      this.#cells.delete(oldest);
    }
    return entry;
  }
}

function newOutput(run: string, isShared: boolean): CellOutput {
  return { displayId: `dagbook-${run}`, isShared, run, isOnPage: false };
}
