/**
 * The whole state of a run as plain data.
 * @module
 */

import { clipped } from "../clipped.js";
import type { RunStarted } from "../dag/engine/events.js";
import { groupEdges } from "./group-edges.js";
import { KEY_LIMIT, roundMs, TOLD_TASKS } from "./limits.js";
import type { GroupBundle, RunBundle, TaskColumns } from "./messages.js";
import { RunStore, STATES } from "./run-store.js";
import { splitGroups } from "./split-groups.js";

export interface BundleOptions {
  /** number of the last delta the bundle contains */
  readonly seq: number;
  /** time of the bundle; the run's own time if that is later */
  readonly now: number;
  /** what it is for; "brief" leaves out all tasks of a large run */
  readonly use: "saved" | "brief";
  /** id of the run that it repeats */
  readonly repeats?: string | undefined;
}

/** A brief bundle goes out every second, and nothing but a picture is made of it. */
const BRIEF_TASKS = 1_000;

/** The bundle of a run as it stands. */
export function bundleOf(store: RunStore, { seq, now, use, repeats }: BundleOptions): RunBundle {
  const { started, runState } = store;
  const isRunning = runState === "running";
  const time = isRunning ? Math.max(now, store.now) : store.now;
  return {
    v: 1,
    run: started.run,
    seq,
    title: clipped(started.title, KEY_LIMIT),
    state: runState,
    t0: started.time,
    t1: isRunning ? null : roundMs(store.now),
    now: roundMs(time),
    workers: started.workers,
    n: store.n,
    groups: groupBundles(store),
    tasks: store.n <= (use === "saved" ? TOLD_TASKS : BRIEF_TASKS) ? taskColumns(store) : null,
    errors: [...store.errors],
    peak: store.peak,
    memory: store.memory.columns(),
    ...(store.spilled > 0 && { spilled: store.spilled }),
    ...(store.sums && use === "saved" && { sums: store.sums.columns(time) }),
    ...(isRunning && store.isPaused && { isPaused: true }),
    ...(repeats !== undefined && { repeats }),
  };
}

/** The bundle of a graph that has not run. */
export function plannedBundle(started: RunStarted): RunBundle {
  return { ...bundleOf(new RunStore(splitGroups(started)), { seq: 0, now: 0, use: "saved" }), state: "planned" };
}

/** How each group stands, in the order of the run's groups. */
export function groupCounts(store: RunStore): { counts: number[]; ms: number }[] {
  return Array.from(store.ms, (ms, group) => ({
    counts: Array.from(store.counts.subarray(group * STATES, (group + 1) * STATES)),
    ms: roundMs(ms),
  }));
}

const edgesOf = new WeakMap<RunStarted, readonly GroupBundle["dependencies"][]>();

function groupBundles(store: RunStore): GroupBundle[] {
  const { started } = store;
  const edges = edgesOf.get(started) ?? groupEdges(started);
  edgesOf.set(started, edges);
  return groupCounts(store).map(({ counts, ms }, group) => ({
    name: clipped(started.groups[group], KEY_LIMIT),
    n: counts.reduce((sum, count) => sum + count, 0),
    counts,
    ms,
    dependencies: edges[group],
  }));
}

function taskColumns(store: RunStore): TaskColumns {
  const { keys, groupOf, dependencyStart, dependencies } = store.started;
  return {
    key: keys.map((key) => clipped(key, KEY_LIMIT)),
    group: Array.from(groupOf),
    state: Array.from(store.state) as TaskColumns["state"][number][],
    start: Array.from(store.start, roundMs),
    end: Array.from(store.end, roundMs),
    worker: Array.from(store.worker),
    fraction: Array.from(store.fraction, (fraction) => Math.round(fraction * 1_000) / 1_000),
    dependencyStart: Array.from(dependencyStart),
    dependencies: Array.from(dependencies),
  };
}
