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
/** Heard of as it goes on; what follows is news. */
const LIVE: readonly (Standing | undefined)[] = ["running", "paused"];

/**
 * Says what a screen reader should say of a run: every quarter, the first failure, that it is paused or goes on again, and the
 * end; between two sentences on its progress at least five seconds pass.
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
    if (standing !== before && LIVE.includes(before)) return strings.spokenStanding(title, standing);
    // A view of a run that had ended before it was opened has nothing to tell.
    if (standing !== "running") return undefined;
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
