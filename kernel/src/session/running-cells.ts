import { AsyncLocalStorage } from "node:async_hooks";
import { RunningCell } from "./running-cell.js";

/** The cells that run, and to which cell code belongs: also a timer or a promise of a cell that has ended. */
export class RunningCells {
  readonly #origin = new AsyncLocalStorage<string>();
  readonly #running = new Map<string, RunningCell>();
  #last: string | undefined;

  /** Adds a cell until it has its outcome. */
  start(id: string): RunningCell {
    const cell = new RunningCell(id);
    this.#running.set(id, cell);
    this.#last = id;
    void cell.outcome.then(() => this.#running.delete(id));
    return cell;
  }

  /** Runs code of a cell: it and whatever it starts belong to the cell. */
  within<T>(cell: string, work: () => T): T {
    return this.#origin.run(cell, work);
  }

  /** The cell with this id, if it runs. */
  get(id: string): RunningCell | undefined {
    return this.#running.get(id);
  }

  /** Id of the cell that the code that runs now belongs to; of code without a known origin, that of the newest cell. */
  get current(): string | undefined {
    return this.#origin.getStore() ?? [...this.#running.keys()].at(-1) ?? this.#last;
  }
}
