/**
 * The errors a run ends with.
 * @module
 */
import { CancelledError, TaskError } from "../../errors.js";
import { errorOf } from "./error-data.js";
import { type FailedCall, withPlace } from "./failed-call.js";

/** The task's own error stands in `cause`. */
export function taskError({ key, unit, args, place, error }: FailedCall): TaskError {
  const message = withPlace(`task ${key} failed: ${error.name}: ${error.message}`, place);
  return new TaskError(message, { key, unit, args }, { cause: errorOf(error) });
}

export function cancelledError(title: string, reason: string | undefined): CancelledError {
  const why = reason === undefined ? "" : `: ${reason}`;
  return new CancelledError(`run of ${title} was cancelled${why}`, { reason });
}
