/**
 * Tasks for one worker, and what they mean for the other workers.
 * @module
 */
import type { TakenTasks } from "./branch.js";
import { messageMs } from "./pace.js";

export interface NextTasks extends TakenTasks {
  /** milliseconds they will take; undefined if nobody can know */
  readonly estimate: number | undefined;
  /** the worker should wait for what comes of them */
  readonly isContinued: boolean;
  /** so should the others: it comes sooner than a message */
  readonly isSoonOver: boolean;
}

/** @param isLight other branches may begin meanwhile: few and small results lie about until this one goes on */
export function nextTasks(taken: TakenTasks, estimate: number | undefined, isLight: boolean): NextTasks {
  const { continuation } = taken;
  return {
    ...taken,
    estimate,
    isContinued: continuation === "ready" || (continuation === "soon" && !isLight),
    isSoonOver: continuation !== "none" && estimate !== undefined && estimate <= messageMs,
  };
}
