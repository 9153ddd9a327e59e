import type { Run } from "../dag/engine/engine.js";

/** The runs that each cell started and that have not ended. */
export class CellRuns {
  readonly #runs = new Map<string, Set<Run>>();

  /** @param cell msg_id of the execute request of the cell that started the run */
  add(run: Run, cell: string): void {
    const runs = this.#runs.get(cell) ?? new Set();
    this.#runs.set(cell, runs.add(run));
    const remove = () => {
      runs.delete(run);
      if (runs.size === 0) this.#runs.delete(cell);
    };
    run.results.then(remove, remove);
  }

  /** Stops the runs of a cell. */
  cancel(cell: string, reason: string): void {
    for (const run of this.#runs.get(cell) ?? []) run.cancel(reason);
  }
}
