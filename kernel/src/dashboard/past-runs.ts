import { roundMs } from "./limits.js";
import type { PastRun, RunBundle } from "./messages.js";

/** Graphs whose times are kept; the oldest goes first. */
const MOST_GRAPHS = 50;

/**
 * What the last finished run of every graph took, so that a view tells how long the next one will take; also a
 * page that was reloaded and has not seen it. Graphs are told apart by their functions, how many tasks these
 * have, and what they need.
 */
export class PastRuns {
  readonly #runs = new Map<string, PastRun>();

  /** Keeps the times of a run that has finished; of others nothing. */
  remember(bundle: RunBundle): void {
    if (bundle.state !== "finished" || bundle.n === 0) return;
    const structure = structureOf(bundle);
    this.#runs.delete(structure);
    const means = bundle.groups.map(({ n, ms }) => roundMs(ms / Math.max(1, n)));
    this.#runs.set(structure, { elapsed: bundle.t1 ?? bundle.now, means });
    if (this.#runs.size > MOST_GRAPHS) this.#runs.delete(this.#runs.keys().next().value ?? "");
  }

  /** The last finished run of the same graph. */
  of(bundle: RunBundle): PastRun | undefined {
    return this.#runs.get(structureOf(bundle));
  }
}

function structureOf({ groups, workers }: RunBundle): string {
  return JSON.stringify([workers, groups.map(({ name, n, dependencies }) => [name, n, dependencies])]);
}
