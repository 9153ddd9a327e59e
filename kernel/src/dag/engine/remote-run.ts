/**
 * A run on another thread as this thread knows it.
 * @module
 */
import { EventLog } from "./event-log.js";
import type { RunEvent } from "./events.js";
import type { RunOutcome } from "./results.js";

/** What the port tells of one run. */
export class RemoteRun {
  readonly log = new EventLog();
  readonly outcome: Promise<RunOutcome>;
  isSettled = false;
  private settle!: { resolve: (outcome: RunOutcome) => void; reject: (error: Error) => void };

  constructor() {
    this.outcome = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    // Whoever wants the results hears of the failure; that nobody does must not end the process.
    this.outcome.catch(() => undefined);
  }

  succeed(outcome: RunOutcome): void {
    this.isSettled = true;
    this.settle.resolve(outcome);
  }

  fail(error: Error): void {
    this.isSettled = true;
    this.settle.reject(error);
  }
}

/** The events of a remote run; they start to come when somebody reads. */
export class RemoteEvents implements AsyncIterable<RunEvent> {
  private readonly log: EventLog;
  private readonly watch: () => void;
  private isWatched = false;

  constructor(log: EventLog, watch: () => void) {
    this.log = log;
    this.watch = watch;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent, void, undefined> {
    if (!this.isWatched) this.watch();
    this.isWatched = true;
    yield* this.log;
  }
}
