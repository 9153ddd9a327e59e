import type { RunBundle } from "dagbook/dashboard-messages";

/** A well-formed bundle: `load` is done, `sum` runs. */
export function bundle(changes: Partial<RunBundle> = {}): RunBundle {
  return {
    v: 1,
    run: "r1",
    seq: 4,
    title: "report",
    state: "running",
    t0: 1_700_000_000_000,
    t1: null,
    now: 120,
    workers: 2,
    n: 2,
    groups: [
      { name: "load", n: 1, counts: [0, 0, 0, 1, 0, 0, 0], ms: 50, dependencies: [] },
      { name: "sum", n: 1, counts: [0, 0, 1, 0, 0, 0, 0], ms: 0, dependencies: [[0, 1]] },
    ],
    tasks: {
      key: ["load", "sum"],
      group: [0, 1],
      state: [3, 2],
      start: [0, 60],
      end: [50, -1],
      worker: [0, 1],
      fraction: [1, 0.25],
      dependencyStart: [0, 0, 1],
      dependencies: [0],
    },
    errors: [],
    peak: 800,
    memory: { t: [50], bytes: [800] },
    ...changes,
  };
}
