/**
 * What a run ends with, before it is known.
 * @module
 */
import type { RunOutcome } from "./results.js";

type Settle = { readonly resolve: (outcome: RunOutcome) => void; readonly reject: (error: Error) => void };

/** Settles the promise of `deferredOutcome` once, and does not hold it: a run may be known longer than its results. */
export class OutcomeSettler {
  private settle: Settle | undefined;

  constructor(settle: Settle) {
    this.settle = settle;
  }

  get isSettled(): boolean {
    return this.settle === undefined;
  }

  succeed(outcome: RunOutcome): void {
    this.settle?.resolve(outcome);
    this.settle = undefined;
  }

  fail(error: Error): void {
    this.settle?.reject(error);
    this.settle = undefined;
  }
}

export interface DeferredOutcome {
  readonly outcome: Promise<RunOutcome>;
  readonly settler: OutcomeSettler;
}

/** An outcome to wait for. */
export function deferredOutcome(): DeferredOutcome {
  let settle!: Settle;
  const outcome = new Promise<RunOutcome>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever wants the results hears of the failure; that nobody does must not end the process.
  outcome.catch(() => undefined);
  return { outcome, settler: new OutcomeSettler(settle) };
}
