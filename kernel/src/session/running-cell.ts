import { clearTimeout, setTimeout } from "node:timers";
import { KeyboardInterrupt } from "../errors.js";
import { interrupted } from "./errors/interrupted.js";
import { InterruptibleAwait } from "./interruptible-await.js";
import type { CellOutcome } from "./session.js";

/** What a cell does in `catch` and `finally` after an interrupt may take this long. */
const GRACE_MS = 200;

/** A cell from its start to its outcome. */
export class RunningCell {
  readonly id: string;
  readonly awaits = new InterruptibleAwait();
  /** ends when the cell has its outcome */
  readonly outcome: Promise<CellOutcome>;
  readonly #shown: Promise<void>[] = [];
  #settle: (outcome: CellOutcome) => void = () => undefined;
  #isInterrupted = false;
  #grace: NodeJS.Timeout | undefined;

  constructor(id: string) {
    this.id = id;
    this.outcome = new Promise((settle) => {
      this.#settle = settle;
    });
  }

  /** The cell ends after everything it shows. */
  waitFor(pending: Promise<void>): void {
    this.#shown.push(pending);
  }

  /** Done when everything is shown, also what is shown by something the cell shows. */
  async allShown(): Promise<void> {
    while (this.#shown.length > 0) await this.#shown.shift();
  }

  /** Ends the cell, unless it has ended; what becomes of an interrupted one is of no interest. */
  finish(outcome: CellOutcome): void {
    clearTimeout(this.#grace);
    this.#settle(this.#isInterrupted ? interrupted : outcome);
  }

  /**
   * Makes the await of the cell throw and lets it clean up for a moment; the second interrupt ends it at once.
   * @returns when the cell has ended
   */
  async interrupt(): Promise<void> {
    const isFirst = !this.#isInterrupted;
    this.#isInterrupted = true;
    const error = new KeyboardInterrupt("The cell was interrupted");
    if (isFirst && (await this.awaits.interrupt(error))) this.#grace = setTimeout(() => this.#abandon(), GRACE_MS);
    else this.#abandon();
    await this.outcome;
  }

  #abandon(): void {
    this.awaits.abandon();
    this.finish(interrupted);
  }
}
