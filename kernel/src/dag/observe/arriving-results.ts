/**
 * Where the results of tasks wait until their tasks are known to have finished.
 * @module
 */
import { CancelledError } from "../../errors.js";
import type { Run } from "../engine/engine.js";
import { openReported, type ReportedValue, reportedValues } from "../engine/reported-results.js";

interface Waiting {
  readonly resolve: (value: ReportedValue) => void;
  readonly reject: (error: Error) => void;
}

export class ArrivingResults {
  readonly #arrived = new Map<number, ReportedValue>();
  readonly #awaited = new Map<number, Waiting>();
  #isOver = false;

  constructor(reports: NonNullable<Run["reports"]>) {
    void this.#read(reports);
  }

  /**
   * The result of a task that has finished. It can be taken once.
   * @throws {CancelledError} if the engine ended before it told the result
   */
  async take(task: number): Promise<unknown> {
    const reported = this.#arrived.has(task) ? this.#arrived.get(task) : await this.#awaitedOf(task);
    this.#arrived.delete(task);
    return openReported(reported);
  }

  #awaitedOf(task: number): Promise<ReportedValue> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) reject(lost(task));
      else this.#awaited.set(task, { resolve, reject });
    });
  }

  async #read(reports: NonNullable<Run["reports"]>): Promise<void> {
    for await (const report of reports) {
      for (const [task, value] of reportedValues(report)) {
        const awaited = this.#awaited.get(task);
        this.#awaited.delete(task);
        if (awaited === undefined) this.#arrived.set(task, value);
        else awaited.resolve(value);
      }
    }
    this.#isOver = true;
    for (const [task, { reject }] of this.#awaited) reject(lost(task));
    this.#awaited.clear();
  }
}

function lost(task: number): CancelledError {
  return new CancelledError("the engine ended before it told the result of a task: start the run again", { task });
}
