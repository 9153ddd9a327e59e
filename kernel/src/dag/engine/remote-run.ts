/**
 * A run on another thread as this thread knows it.
 * @module
 */
import type { OutcomeSettler } from "./deferred-outcome.js";
import { EventLog } from "./event-log.js";
import type { RunEvent } from "./events.js";
import { ReportQueue } from "./report-queue.js";

/** What the port tells of one run. */
export class RemoteRun {
  readonly log = new EventLog();
  readonly reports = new ReportQueue();
  readonly settler: OutcomeSettler;
  /** nobody can read its events any more: nothing is left to tell once it is settled */
  isForgotten = false;

  constructor(settler: OutcomeSettler) {
    this.settler = settler;
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
