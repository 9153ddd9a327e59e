/**
 * Everything that happened in a run, for as many readers as want it.
 * @module
 */
import type { RunEvent } from "./events.js";

/** Each iterator sees every event from the first on, and ends after the event `end`. */
export class EventLog implements AsyncIterable<RunEvent> {
  private readonly events: RunEvent[] = [];
  private isEnded = false;
  private wake: (() => void)[] = [];

  push(event: RunEvent): void {
    this.events.push(event);
    if (event.type === "end") this.isEnded = true;
    this.wakeAll();
  }

  /** Ends the log without the event `end`: nobody will tell more. */
  close(): void {
    this.isEnded = true;
    this.wakeAll();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent, void, undefined> {
    for (let next = 0; ; next++) {
      while (next >= this.events.length) {
        if (this.isEnded) return;
        await new Promise<void>((resolve) => this.wake.push(resolve));
      }
      yield this.events[next];
    }
  }

  private wakeAll(): void {
    const waiting = this.wake;
    this.wake = [];
    for (const resume of waiting) resume();
  }
}
