import type { RunStore } from "./run-store.js";
import { State } from "./state.js";

/**
 * Milliseconds a running run still needs: what is left of every group at the mean time of its finished
 * tasks (of all finished tasks where the group has none), spread over the workers.
 * @returns undefined before any task has finished, and once the run has ended
 */
export function remainingMs(store: RunStore): number | undefined {
  if (store.state !== "running") return undefined;
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

function runSoFar(store: RunStore): number {
  const { state, start } = store.tasks;
  let sum = 0;
  for (let i = 0; i < state.length; i++) {
    if (state[i] === State.processing && start[i]! >= 0) sum += store.elapsed - start[i]!;
  }
  return sum;
}
