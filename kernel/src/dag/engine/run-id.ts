/**
 * Names of runs.
 * @module
 */
import { randomUUID } from "node:crypto";

/** An id that no other run of any engine has. */
export function newRunId(): string {
  return `run-${randomUUID()}`;
}
