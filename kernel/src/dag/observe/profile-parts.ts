/**
 * What a profile consists of: tasks, functions and workers of a run, each with its times.
 * @module
 */
import { State } from "../engine/events.js";
import { lengthOf, NONE, type RunTimeline } from "./timeline.js";

/** Names of the states of a task. */
export type StateName = keyof typeof State;

/** One task. Times are milliseconds since the run began, of its last attempt; undefined for what has not happened. */
export interface TaskProfile {
  readonly key: string;
  /** name of its function */
  readonly group: string;
  readonly state: StateName;
  /** index of the worker that ran it */
  readonly worker: number | undefined;
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** milliseconds it ran; up to now if it still runs, 0 if it never did */
  readonly ms: number;
  /** milliseconds from when everything it needs was there to when it began */
  readonly wait: number | undefined;
  /** how often it ran: more than once after an error or the loss of a worker */
  readonly attempts: number;
  /** of its result; undefined before there is one, and if no other worker nor the caller needed it */
  readonly bytes: number | undefined;
}

/** The tasks of one function. Every attempt counts. */
export interface FunctionProfile {
  readonly name: string;
  /** attempts that began */
  readonly count: number;
  /** milliseconds of all of them */
  readonly total: number;
  readonly mean: number;
  readonly max: number;
  /** of the results of its tasks, as far as they are known (see `TaskProfile.bytes`) */
  readonly bytes: number;
}

/** One worker. */
export interface WorkerProfile {
  readonly worker: number;
  /** attempts that began on it */
  readonly count: number;
  /** milliseconds it ran tasks */
  readonly busy: number;
  /** milliseconds of the run in which it ran none */
  readonly idle: number;
}

/** By state code. */
export const stateNames: readonly StateName[] = Object.keys(State) as StateName[];

/** Every task of the graph, in its order. */
export function tasksOf(timeline: RunTimeline): TaskProfile[] {
  const { started, state, attempts, last, tries, bytes } = timeline;
  return started.keys.map((key, task) => {
    const attempt = last[task] === NONE ? undefined : attempts[last[task]];
    return {
      key,
      group: started.groups[started.groupOf[task]],
      state: stateNames[state[task]],
      worker: attempt?.worker,
      start: attempt?.start,
      end: attempt === undefined || attempt.end === NONE ? undefined : attempt.end,
      ms: attempt === undefined ? 0 : lengthOf(attempt, timeline),
      wait: attempt === undefined ? undefined : Math.max(0, attempt.start - readyAt(timeline, task)),
      attempts: tries[task],
      bytes: bytes[task] === NONE ? undefined : bytes[task],
    };
  });
}

/** When the last thing the task needs was there; without needs, when the run had it ready. */
function readyAt({ started, attempts, last, queued }: RunTimeline, task: number): number {
  const { dependencyStart, dependencies } = started;
  let ready = Math.max(0, dependencyStart[task] === dependencyStart[task + 1] ? queued[task] : 0);
  for (let i = dependencyStart[task]; i < dependencyStart[task + 1]; i++) {
    const needed = last[dependencies[i]];
    if (needed !== NONE) ready = Math.max(ready, attempts[needed].end);
  }
  return ready;
}

/** The function that took most time first. */
export function functionsOf(timeline: RunTimeline): FunctionProfile[] {
  const { groups, groupOf } = timeline.started;
  const sums = groups.map((name) => ({ name, count: 0, total: 0, mean: 0, max: 0, bytes: 0 }));
  for (const attempt of timeline.attempts) {
    const sum = sums[groupOf[attempt.task]];
    const ms = lengthOf(attempt, timeline);
    sum.count += 1;
    sum.total += ms;
    sum.mean = sum.total / sum.count;
    sum.max = Math.max(sum.max, ms);
  }
  for (const [task, bytes] of timeline.bytes.entries()) if (bytes !== NONE) sums[groupOf[task]].bytes += bytes;
  return sums.sort((a, b) => b.total - a.total);
}

/** Every worker that the run might use, by index. */
export function workersOf(timeline: RunTimeline): WorkerProfile[] {
  const loads = Array.from({ length: timeline.started.workers }, () => ({ count: 0, busy: 0 }));
  for (const attempt of timeline.attempts) {
    // A worker that died has a successor, which may have a new index.
    while (loads.length <= attempt.worker) loads.push({ count: 0, busy: 0 });
    loads[attempt.worker].count += 1;
    loads[attempt.worker].busy += lengthOf(attempt, timeline);
  }
  return loads.map((load, worker) => ({ worker, ...load, idle: Math.max(0, timeline.time - load.busy) }));
}
