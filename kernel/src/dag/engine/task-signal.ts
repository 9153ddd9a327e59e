/**
 * The worker's side of `taskSignal`: an AbortSignal for the running task, made when the task asks for it.
 * @module
 */
import { CancelledError } from "../../errors.js";
import type { WorkerControl } from "./worker-control.js";

export class TaskSignals {
  private readonly control: WorkerControl;
  private controller = new AbortController();
  private ticket = 0;
  private isWatching = false;

  constructor(control: WorkerControl) {
    this.control = control;
  }

  /** That of the running task; the same one each time. */
  get current(): AbortSignal {
    const { ticket } = this.control;
    if (ticket !== this.ticket) {
      this.ticket = ticket;
      this.controller = new AbortController();
    }
    if (!this.isWatching) void this.watch();
    return this.controller.signal;
  }

  /** One for all tasks: a wait cannot be given up, so one for each would stay behind each. */
  private async watch(): Promise<void> {
    this.isWatching = true;
    for (;;) {
      const { aborted } = this.control;
      if (aborted === this.ticket) this.controller.abort(taskCancelled());
      await this.control.abortedAfter(aborted);
    }
  }
}

/** The reason of a task's signal. */
export function taskCancelled(): CancelledError {
  return new CancelledError("this task, or its run, was cancelled: end what it does, nobody will use the result");
}
