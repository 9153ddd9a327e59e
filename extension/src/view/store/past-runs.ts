import type { PastRun } from "dagbook/dashboard-messages";
import type { RunStore } from "./run-store.js";

export type { PastRun };

/** Graphs whose times are kept; the oldest goes first. */
const MOST_GRAPHS = 50;

/** The last finished run of every graph, told apart by their functions, how many tasks these have, and what they need. */
export class PastRuns {
  readonly #runs = new Map<string, PastRun>();

  /** Keeps the times of a run that has finished; of others nothing. */
  remember(store: RunStore): void {
    if (store.state !== "finished" || store.n === 0) return;
    const structure = structureOf(store);
    this.#runs.delete(structure);
    const means = store.groups.map(({ n }, g) => store.tasks.groupMs[g]! / Math.max(1, n));
    this.#runs.set(structure, { elapsed: store.elapsed, means });
    if (this.#runs.size > MOST_GRAPHS) this.#runs.delete(this.#runs.keys().next().value ?? "");
  }

  /** The last finished run of the same graph. */
  of(store: RunStore): PastRun | undefined {
    return this.#runs.get(structureOf(store));
  }
}

function structureOf({ groups, workers }: RunStore): string {
  return JSON.stringify([workers, groups.map(({ name, n, dependencies }) => [name, n, dependencies])]);
}
