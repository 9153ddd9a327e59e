import type { RunBundle, StateCode, TaskColumns } from "dagbook/dashboard-messages";
import type { RunStore } from "../store/run-store.js";
import { STATE_COUNT } from "../store/state.js";

/** The run as the view knows it now, as one bundle again: the last one, and all that came after it. */
export function bundleOfStore(store: RunStore): RunBundle {
  const { bundle, elapsed, errors, groups, memory, peak, seq, tasks } = store;
  const rows = tasks.groupCounts;
  return {
    ...bundle,
    seq,
    now: elapsed,
    groups: groups.map((group, g) => ({
      ...group,
      counts: Array.from(rows.subarray(g * STATE_COUNT, (g + 1) * STATE_COUNT)),
      ms: tasks.groupMs[g]!,
    })),
    tasks: bundle.tasks && columnsOf(bundle.tasks, tasks),
    errors,
    peak,
    memory: { t: memory.t, bytes: memory.bytes },
  };
}

/** Names and dependencies stay as they are; all that may have changed is read from the table. */
function columnsOf(before: TaskColumns, now: RunStore["tasks"]): TaskColumns {
  return {
    ...before,
    state: Array.from(now.state) as StateCode[],
    start: Array.from(now.start),
    end: Array.from(now.end),
    worker: Array.from(now.worker),
    fraction: Array.from(now.fraction),
  };
}
