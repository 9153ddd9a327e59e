/**
 * The far side of a `RemoteEngine`: runs what comes through a port on an engine of this thread.
 * @module
 */
import type { MessagePort } from "node:worker_threads";
import type { RepeatKind, Run, RunRequest, SeenRequest } from "./engine.js";
import type { FromHost, ToHost } from "./engine-messages.js";
import { errorData } from "./error-data.js";
import { EventLog } from "./event-log.js";
import { buffersOf, packValues, unpackValues } from "./packed-values.js";
import type { EncodedRun, RunOutcome } from "./results.js";
import type { ThreadEngine } from "./thread-engine.js";

/** Sees every run that starts, for its events. The `results` it gets are always empty: only the caller opens those. */
export type Observer = (run: Run, request: SeenRequest) => void;

export class EngineHost {
  private readonly engine: ThreadEngine;
  private readonly port: MessagePort;
  private readonly observe: Observer;
  /** without their outcomes: values are not held once they are sent */
  private readonly runs = new Map<string, Omit<EncodedRun, "outcome" | "reports">>();

  private whenCollected: () => void = () => undefined;
  private readonly shown = new Map<string, { readonly events: EventLog; readonly end: () => void }>();

  constructor(engine: ThreadEngine, port: MessagePort, observe: Observer = () => undefined) {
    this.engine = engine;
    this.port = port;
    this.observe = observe;
    port.on("message", (message: ToHost) => this.received(message));
    port.on("close", () => this.cancelAll());
    // The handles are there.
    engine.collectWith(() => this.askToCollect());
    this.send({ kind: "hello", name: engine.name });
  }

  private received(message: ToHost): void {
    switch (message.kind) {
      case "start":
        this.start(message);
        break;
      case "watch":
        void this.tellEvents(message.id);
        break;
      case "forget":
        this.runs.delete(message.id);
        break;
      case "cancel":
        this.runs.get(message.id)?.cancel(message.reason);
        break;
      case "release":
        this.engine.release(message.kept);
        break;
      case "cancelTasks":
        this.runs.get(message.id)?.cancelTasks(message.tasks);
        break;
      case "fetch":
        void this.fetch(message);
        break;
      case "close":
        void this.close();
        break;
      case "shown":
        this.show(message);
        break;
      case "shownEvent":
        this.tellShown(message);
        break;
      case "collected":
        this.whenCollected();
        break;
      case "askHolders":
        void this.tellHolders(message.fetch);
        break;
      case "pause":
      case "resume":
        this.runs.get(message.id)?.[message.kind]();
        break;
    }
  }

  private start({ id, request, literals }: Extract<ToHost, { kind: "start" }>): void {
    try {
      this.started(this.engine.startEncoded({ id, request, literals: unpackValues(literals) }), request);
    } catch (error) {
      this.send({ kind: "failed", id, error: errorData(error) });
    }
  }

  private started({ outcome, reports, ...run }: EncodedRun, request: RunRequest): void {
    const { id } = run;
    this.runs.set(id, run);
    if (reports !== undefined) void this.tellReports(id, reports);
    const later = {
      repeat: (kind: RepeatKind) => this.repeat(id, kind),
      describe: (task: number) => this.engine.describeTask(id, task),
    };
    this.observe(
      { ...run, ...(request.options.isRepeatable && later), results: outcome.then(nothing, nothing) },
      request,
    );
    outcome.then(
      (outcome) => this.tellOutcome(id, outcome),
      (error: unknown) => this.send({ kind: "failed", id, error: errorData(error) }),
    );
  }

  private repeat(of: string, kind: RepeatKind): string {
    const { run, request } = this.engine.repeatEncoded(of, kind);
    this.send({ kind: "repeated", id: of, by: run.id });
    this.started(run, request);
    return run.id;
  }

  /** A run of the caller's thread is seen here as if it ran here. */
  private show({ id, request }: Extract<ToHost, { kind: "shown" }>): void {
    const events = new EventLog();
    let end: (results: readonly unknown[]) => void = () => undefined;
    const results = new Promise<readonly unknown[]>((resolve) => {
      end = resolve;
    });
    this.shown.set(id, { events, end: () => end([]) });
    const cancel = (reason?: string): void => this.send({ kind: "cancelShown", id, reason });
    const pause = (): void => this.send({ kind: "pauseShown", id });
    const resume = (): void => this.send({ kind: "resumeShown", id });
    this.observe({ id, events, results, cancel, pause, resume }, request);
  }

  private tellShown({ id, event }: Extract<ToHost, { kind: "shownEvent" }>): void {
    const shown = this.shown.get(id);
    shown?.events.push(event);
    if (event.type !== "end") return;
    shown?.end();
    this.shown.delete(id);
  }

  private tellOutcome(id: string, outcome: RunOutcome): void {
    if ("kept" in outcome) {
      this.send({ kind: "kept", id, kept: outcome.kept });
      return;
    }
    const values = packValues(outcome.values);
    this.send({ kind: "results", id, values, places: outcome.places }, buffersOf(values));
  }

  private async tellReports(id: string, reports: NonNullable<EncodedRun["reports"]>): Promise<void> {
    for await (const report of reports) this.send({ kind: "report", id, report });
  }

  private async fetch({ fetch, kept }: Extract<ToHost, { kind: "fetch" }>): Promise<void> {
    try {
      const { values, places } = await this.engine.fetchEncoded(kept);
      // Copied, not moved: they stay here as well.
      this.send({ kind: "fetched", fetch, values: packValues(values), places });
    } catch (error) {
      this.send({ kind: "unfetched", fetch, error: errorData(error) });
    }
  }

  private async tellEvents(id: string): Promise<void> {
    const run = this.runs.get(id);
    if (run === undefined) this.send({ kind: "unknown", id });
    else for await (const event of run.events) this.send({ kind: "event", id, event });
  }

  private askToCollect(): Promise<void> {
    return new Promise((resolve) => {
      this.whenCollected = resolve;
      this.send({ kind: "collect" });
    });
  }

  private async tellHolders(fetch: number): Promise<void> {
    this.send({ kind: "holders", fetch, holders: await this.engine.holders() });
  }

  private async close(): Promise<void> {
    await this.engine.close();
    this.send({ kind: "closed" });
  }

  private cancelAll(): void {
    for (const run of this.runs.values()) run.cancel("the thread that asked for it ended");
    for (const { events, end } of this.shown.values()) {
      events.close();
      end();
    }
    this.shown.clear();
  }

  private send(message: FromHost, move: ArrayBuffer[] = []): void {
    this.port.postMessage(message, move);
  }
}

function nothing(): readonly unknown[] {
  return [];
}
