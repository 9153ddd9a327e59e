// A dashboard whose runs and views the test plays.
import { setImmediate } from "node:timers/promises";
import type { Run, RunRequest } from "../../kernel/src/dag/engine/engine.js";
import type { RunEvent } from "../../kernel/src/dag/engine/events.js";
import { Dashboard } from "../../kernel/src/dashboard/dashboard.js";
import { COMM_TARGET, type Pictures, type RunBundle } from "../../kernel/src/dashboard/messages.js";
import type { Comm } from "../../kernel/src/jupyter/comm-manager.js";
import { simulate, smallGraph } from "./simulated-run.js";

export interface Published {
  readonly msgType: string;
  readonly content: { data: Record<string, unknown>; transient: { display_id: string } };
  readonly cell: string | undefined;
}

/** A run whose events and end the test decides. */
export class FakeRun implements Run {
  readonly id: string;
  readonly cancelled: (string | undefined)[] = [];
  readonly asked: string[] = [];
  readonly results: Promise<readonly unknown[]>;
  readonly #queue: RunEvent[] = [];
  #wake = () => {};
  #isOver = false;
  finish!: () => void;

  constructor(id: string) {
    this.id = id;
    this.results = new Promise((resolve) => {
      this.finish = () => resolve([]);
    });
  }

  cancel(reason?: string): void {
    this.cancelled.push(reason);
  }

  pause(): void {
    this.asked.push("pause");
  }

  resume(): void {
    this.asked.push("resume");
  }

  /** Resolves when the events have been read. */
  async send(events: readonly RunEvent[], isLast = false): Promise<void> {
    this.#queue.push(...events);
    this.#isOver = isLast;
    this.#wake();
    await setImmediate();
  }

  readonly events: AsyncIterable<RunEvent> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        while (this.#queue.length === 0 && !this.#isOver) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
        const value = this.#queue.shift();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
    }),
  };
}

export class FakeComm implements Comm {
  readonly id = "comm";
  readonly sent: { kind: string; run: string; bundle?: RunBundle; display?: Pictures }[] = [];
  onMessage: ((data: unknown) => void) | undefined;
  onClose: (() => void) | undefined;
  send(data: object): void {
    this.sent.push(data as FakeComm["sent"][number]);
  }
  close(): void {}
}

/** A dashboard, and all that it says. */
export function begin() {
  const published: Published[] = [];
  const log: string[] = [];
  let open: (comm: Comm, data: unknown) => void = () => {};
  const dashboard = new Dashboard({
    publish: (msgType, content, cell) => published.push({ msgType, content, cell } as Published),
    registerTarget: (name, onOpen) => {
      expect(name).toBe(COMM_TARGET);
      open = onOpen;
    },
    log: (line) => log.push(line),
  });
  const connect = (data: unknown = {}): FakeComm => {
    const comm = new FakeComm();
    open(comm, data);
    return comm;
  };
  const observe = (id: string, progress = true): FakeRun => {
    const run = new FakeRun(id);
    dashboard.observe(run, { progress, cell: "cell-1" } as RunRequest);
    return run;
  };
  return { dashboard, published, log, connect, observe };
}

/** Of a run of 13 tasks from its start to its end. */
export function eventsOf(run: string): RunEvent[] {
  return simulate(smallGraph(), { run, title: "report", workers: 4 });
}
