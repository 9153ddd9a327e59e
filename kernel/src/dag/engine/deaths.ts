/**
 * Workers that ended while they ran a task.
 *
 * Such a task runs again, whatever its retries: it may have died of what ran beside it. One that ends its worker
 * time and again is the cause and is given up (Dask: `distributed.scheduler.allowed-failures`, 3 as well).
 * @module
 */
import { WorkerError } from "../../errors.js";
import { formatBytes } from "../../format-bytes.js";

/** One end of a worker, as it was found. */
export interface Death {
  /** what is known of the cause, such as an exit code */
  readonly reason: string;
  /** index of the worker */
  readonly worker: number;
  /** bytes: the process, and the blocks of arrays in it, just after the end; undefined if the process ended, too */
  readonly memory: { readonly process: number; readonly arrays: number } | undefined;
  /** keys of the tasks that ran on other workers */
  readonly others: readonly string[];
}

/** a task may end so many workers; with the next one it is given up */
const ALLOWED_DEATHS = 3;
/** an error names so many of the tasks that ran beside it */
const NAMED_OTHERS = 5;

/** Counts the deaths of one run. */
export class Deaths {
  private readonly counts = new Map<number, number>();

  /**
   * A worker ended while it ran the task.
   * @param key of the task
   * @returns the error with which the task is given up; undefined if it may run again
   */
  add(task: number, key: string, death: Death): WorkerError | undefined {
    const count = (this.counts.get(task) ?? 0) + 1;
    this.counts.set(task, count);
    return count > ALLOWED_DEATHS ? givenUp(key, count, death) : undefined;
  }
}

/** A worker cannot begin a task at all. */
export function neverBegan(key: string, reason: string): WorkerError {
  return new WorkerError(
    `no worker could begin task ${key}: each one ended before (${reason}). Free memory, raise the limits of the process ` +
      "(ulimit -a), or install dagbook again",
    { key, reason },
  );
}

/** How the sentence about what ran beside the task begins. */
function memoryHeld(memory: Death["memory"]): string {
  if (memory === undefined) return "Beside it ran";
  return `Then the process held ${formatBytes(memory.process)}, arrays ${formatBytes(memory.arrays)} of it; beside it ran`;
}

function givenUp(key: string, deaths: number, { reason, worker, memory, others }: Death): WorkerError {
  const more = others.length > NAMED_OTHERS ? ` and ${others.length - NAMED_OTHERS} more` : "";
  const beside = others.length === 0 ? "nothing" : others.slice(0, NAMED_OTHERS).join(", ") + more;
  const killed = memory === undefined ? ", or was killed from outside, as the system does when memory is short" : "";
  return new WorkerError(
    `task ${key} is given up: ${deaths} times a worker ended while it ran the task, the last time worker ${worker} (${reason}). ` +
      `${memoryHeld(memory)} ${beside}. ` +
      `The task called process.exit, ran out of memory, or left an error or a rejected promise that nothing caught${killed}`,
    { key, deaths, reason, worker, memory, others },
  );
}
