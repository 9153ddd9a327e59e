import { type Standing, strings } from "./strings.js";

/** How a run stands, as far as it is spoken. */
export interface Spoken {
  readonly title: string;
  readonly standing: Standing;
  readonly done: number;
  readonly failed: number;
  readonly n: number;
}

const QUIET_MS = 5000;

/**
 * Says what a screen reader should say of a run: every quarter, the first failure and the end; between
 * two sentences at least five seconds pass, except before the last one.
 */
export class Announcer {
  #last = Number.NEGATIVE_INFINITY;
  #quarter = 0;
  #failed = 0;
  #standing: Standing | undefined;

  /** @returns the sentence to say now; undefined for silence */
  next({ title, standing, done, failed, n }: Spoken, nowMs: number): string | undefined {
    const before = this.#standing;
    this.#standing = standing;
    if (standing !== "running") {
      // A view of a run that had ended before it was opened has nothing to tell.
      return before === "running" ? strings.spokenEnd(title, standing) : undefined;
    }
    if (nowMs - this.#last < QUIET_MS) return;
    const quarter = n === 0 ? 0 : Math.floor((4 * done) / n);
    const isFirstFailure = failed > 0 && this.#failed === 0;
    if (!isFirstFailure && quarter <= this.#quarter) return;
    this.#last = nowMs;
    this.#quarter = quarter;
    this.#failed = failed;
    return isFirstFailure ? strings.spokenFailure(title) : strings.spokenProgress(title, quarter * 25);
  }
}
