/**
 * Results on their way to whoever follows a run.
 * @module
 */
import type { ReportedResults } from "./reported-results.js";

/** For one reader: what it has read is gone, unlike in the log of events. Ends when it is closed. */
export class ReportQueue implements AsyncIterable<ReportedResults> {
  private unread: ReportedResults[] = [];
  private isClosed = false;
  private wake: () => void = () => undefined;

  push(report: ReportedResults): void {
    this.unread.push(report);
    this.wake();
  }

  /** Nothing more will come. */
  close(): void {
    this.isClosed = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReportedResults, void, undefined> {
    for (;;) {
      const reports = this.unread;
      this.unread = [];
      yield* reports;
      if (this.unread.length > 0) continue;
      if (this.isClosed) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
