import { NONE, type RunTimeline } from "./timeline.js";

/** The chain of tasks, each needing the one before, whose running times have the largest sum. */
export interface CriticalPath {
  /** from the first task to the last */
  readonly keys: readonly string[];
  /** milliseconds that its tasks ran: no number of workers makes the run shorter than that */
  readonly ms: number;
}

/** The critical path through the tasks that have finished, by their measured times (Kelley and Walker, 1959). */
export function criticalPathOf({ started, finished, attempts, last }: RunTimeline): CriticalPath {
  const { keys, dependencyStart, dependencies } = started;
  const longest = new Float64Array(keys.length);
  const previous = new Int32Array(keys.length).fill(NONE);
  let end = NONE;
  for (const task of finished) {
    for (let i = dependencyStart[task]; i < dependencyStart[task + 1]; i++) {
      const needed = dependencies[i];
      if (previous[task] === NONE || longest[needed] > longest[previous[task]]) previous[task] = needed;
    }
    const { start, end: stop } = attempts[last[task]];
    longest[task] = stop - start + (previous[task] === NONE ? 0 : longest[previous[task]]);
    if (end === NONE || longest[task] > longest[end]) end = task;
  }
  const path: string[] = [];
  for (let task = end; task !== NONE; task = previous[task]) path.push(keys[task]);
  return { keys: path.reverse(), ms: end === NONE ? 0 : longest[end] };
}
