import type { StateCode } from "dagbook/dashboard-messages";

/** Codes of task states, as the kernel sends them (only types of the kernel may be imported here). */
export const State = {
  waiting: 0,
  queued: 1,
  processing: 2,
  memory: 3,
  released: 4,
  erred: 5,
  cancelled: 6,
} as const satisfies Record<string, StateCode>;

export const STATE_COUNT = 7;

/**
 * How a task is drawn. "failed" threw itself; "stopped" will never run: it was cancelled, or needs a
 * task that failed.
 */
export const FORMS = ["done", "failed", "running", "queued", "waiting", "stopped"] as const;
export type Form = (typeof FORMS)[number];
export type FormCounts = Record<Form, number>;

/** True for a task whose result was computed, whether or not it is still held. */
export function isDone(state: number): boolean {
  return state === State.memory || state === State.released;
}
