/**
 * The errors a run ends with.
 * @module
 */
import { CancelledError, TaskError, WorkerError } from "../../errors.js";
import { errorOf } from "./error-data.js";
import { type FailedCall, withPlace } from "./failed-call.js";

/** The task's own error stands in `cause`. */
export function taskError({ key, unit, args, place, error }: FailedCall): TaskError {
  const message = withPlace(`task ${key} failed: ${error.name}: ${error.message}`, place);
  return new TaskError(message, { key, unit, args }, { cause: errorOf(error) });
}

export function workerError(key: string, reason: string): WorkerError {
  return new WorkerError(
    `the worker thread ended while it ran task ${key} (${reason}): it called process.exit, ran out of ` +
      "memory, or left an error or a rejected promise that nothing caught; give it retries if that happens by chance",
    { key },
  );
}

export function cancelledError(title: string, reason: string | undefined): CancelledError {
  const why = reason === undefined ? "" : `: ${reason}`;
  return new CancelledError(`run of ${title} was cancelled${why}`, { reason });
}
