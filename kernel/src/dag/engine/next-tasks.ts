/**
 * Tasks for one worker, and what they mean for the other workers.
 * @module
 */
import type { TakenTasks } from "./branch.js";
import { messageMs, type Pace } from "./pace.js";

export interface NextTasks extends TakenTasks {
  /** milliseconds they will take; undefined if nobody can know */
  readonly estimate: number | undefined;
  /** the worker should wait for what comes of them */
  readonly isContinued: boolean;
  /** so should the others: it comes sooner than a message */
  readonly isSoonOver: boolean;
}

/** @param isLight other branches may begin meanwhile: few and small results lie about until this one goes on */
export function nextTasks(taken: TakenTasks, pace: Pace, isLight: boolean): NextTasks {
  const { tasks, continuation } = taken;
  const estimate = pace.sum(tasks);
  // Only the last task of several can be one that nobody has timed. Most are like the others; `lateMs` ends the wait.
  const likely = estimate ?? pace.sum(tasks.slice(0, -1));
  return {
    ...taken,
    estimate,
    isContinued: continuation === "ready" || (continuation === "soon" && !isLight),
    isSoonOver: continuation !== "none" && likely !== undefined && likely <= messageMs,
  };
}
