import type { PastRun } from "./past-runs.js";
import type { RunStore } from "./run-store.js";
import { State } from "./state.js";

/**
 * Milliseconds a running run still needs. Where the same graph has run before: the share of that run's time
 * that its work still to do took. Else what is left of every group at the mean time of its finished
 * tasks (of all finished tasks where the group has none), spread over the workers.
 * @returns undefined before any task has finished, and once the run has ended
 */
export function remainingMs(store: RunStore, past?: PastRun): number | undefined {
  if (store.state !== "running") return undefined;
  if (past) return remainingAs(past, store);
  const all = store.forms();
  if (all.done === 0) return undefined;
  let totalMs = 0;
  for (const ms of store.tasks.groupMs) totalMs += ms;
  const meanOfAll = totalMs / all.done;
  let work = 0;
  for (const g of store.groups.keys()) {
    const { done, running, queued, waiting } = store.forms(g);
    const mean = done > 0 ? store.tasks.groupMs[g]! / done : meanOfAll;
    work += mean * (running + queued + waiting);
  }
  work -= runSoFar(store);
  return Math.max(0, work) / Math.max(1, store.workers);
}

function remainingAs({ elapsed, means }: PastRun, store: RunStore): number {
  let [all, left] = [0, 0];
  for (const [g, { n }] of store.groups.entries()) {
    all += n * means[g]!;
    left += (n - store.forms(g).done) * means[g]!;
  }
  return all === 0 ? elapsed : elapsed * (Math.max(0, left - runSoFar(store)) / all);
}

function runSoFar(store: RunStore): number {
  const { state, start } = store.tasks;
  let sum = 0;
  for (let i = 0; i < state.length; i++) {
    if (state[i] === State.processing && start[i]! >= 0) sum += store.elapsed - start[i]!;
  }
  return sum;
}
