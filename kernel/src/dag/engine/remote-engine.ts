/**
 * An engine on another thread, reached through a port: in a kernel, cells run here and graphs on the
 * service thread, so that a graph goes on and reports while a cell is busy.
 * @module
 */
import type { MessagePort } from "node:worker_threads";
import { collectGarbage } from "../../collect-garbage.js";
import { CancelledError, WorkerError } from "../../errors.js";
import type { Kept, PackedGraph } from "../graph/packed.js";
import type { Holder } from "../memory/holders.js";
import { deferredOutcome } from "./deferred-outcome.js";
import type { Engine, Run, RunRequest, SeenRequest } from "./engine.js";
import type { FromHost, ToHost } from "./engine-messages.js";
import { errorOf } from "./error-data.js";
import { buffersOf, packValues, unpackValues } from "./packed-values.js";
import { RemoteFetches } from "./remote-fetches.js";
import { RemoteQuestions } from "./remote-questions.js";
import { RemoteEvents, RemoteRun } from "./remote-run.js";
import { decodedRun, decodeResults, encodeLiterals, releaseBlocks } from "./results.js";
import { newRunId } from "./run-id.js";

export class RemoteEngine implements Engine {
  private readonly port: MessagePort;
  private readonly runs = new Map<string, RemoteRun>();
  private readonly readers = new FinalizationRegistry<string>((id) => this.forget(id));
  private readonly fetches = new RemoteFetches();
  private readonly holderLists = new RemoteQuestions<readonly Holder[]>();
  private readonly shown = new Map<string, Run>();
  private readonly repeatListeners: ((of: string, run: Run) => void)[] = [];
  private hostName = "remote";
  private isClosed = false;
  private whenClosed: () => void = () => undefined;

  /** @param port its other end belongs to an `EngineHost` */
  constructor(port: MessagePort) {
    this.port = port;
    port.on("message", (message: FromHost) => this.received(message));
    port.on("close", () => this.lost());
    port.unref();
  }

  /** Name of the engine on the other side, known after its first answer. */
  get name(): string {
    return this.hostName;
  }

  /**
   * The typed arrays of the graph move to the other thread: the caller's are empty afterwards.
   * @throws {ArgumentError} if a literal of the graph cannot travel
   * @throws {CancelledError} if the engine was closed
   */
  start(request: RunRequest): Run {
    if (this.isClosed) throw new CancelledError("the engine is closed: make a new one", { engine: this.name });
    const { graph } = request;
    const literals = packValues(encodeLiterals(graph));
    const id = newRunId();
    const run = this.openRun(id, request.options.report);
    const moved = new Set([...columnsOf(graph), ...buffersOf(literals)]);
    this.send({ kind: "start", id, request: { ...request, graph: { ...graph, literals: [] } }, literals }, [...moved]);
    this.keepProcess();
    return run;
  }

  /** What the port tells of a run from now on, for its caller. */
  private openRun(id: string, hasReports = false): Run {
    const { outcome, settler } = deferredOutcome();
    const run = new RemoteRun(settler);
    this.runs.set(id, run);
    const events = new RemoteEvents(run.log, () => this.send({ kind: "watch", id }));
    this.readers.register(events, id);
    const cancel = (reason?: string): void => this.send({ kind: "cancel", id, reason });
    const reports = hasReports ? run.reports : undefined;
    const cancelTasks = (tasks: readonly number[]): void => this.send({ kind: "cancelTasks", id, tasks });
    const pause = (): void => this.send({ kind: "pause", id });
    const resume = (): void => this.send({ kind: "resume", id });
    return decodedRun({ id, events, outcome, cancel, cancelTasks, pause, resume, reports });
  }

  onRepeat(hear: (of: string, run: Run) => void): void {
    this.repeatListeners.push(hear);
  }

  async fetch(kept: readonly Kept[]): Promise<readonly unknown[]> {
    if (this.isClosed) throw new CancelledError("the engine is closed: its results are gone", { engine: this.name });
    const results = this.fetches.add((fetch) => this.send({ kind: "fetch", fetch, kept }));
    this.keepProcess();
    return decodeResults(await results);
  }

  /** Shows a run of this thread where the other engine's runs are seen. What its tasks print was printed here already. */
  async show(run: Run, { options, title, progress, cell }: SeenRequest): Promise<void> {
    const { id } = run;
    this.shown.set(id, run);
    const request = { options, title, progress, ...(cell !== undefined && { cell }) };
    this.send({ kind: "shown", id, request });
    for await (const event of run.events) {
      if (event.type !== "output" && !this.isClosed) this.send({ kind: "shownEvent", id, event });
    }
    this.shown.delete(id);
  }

  async holders(): Promise<readonly Holder[]> {
    if (this.isClosed) return [];
    const answer = this.holderLists.add((fetch) => this.send({ kind: "askHolders", fetch }));
    this.keepProcess();
    return answer;
  }

  releaseResults(results: readonly unknown[]): void {
    releaseBlocks(results);
  }

  release(kept: readonly Kept[]): void {
    this.send({ kind: "release", kept });
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.port.ref();
    await new Promise<void>((resolve) => {
      this.whenClosed = resolve;
      this.send({ kind: "close" });
    });
    this.port.close();
  }

  private received(message: FromHost): void {
    switch (message.kind) {
      case "hello":
        this.hostName = message.name;
        break;
      case "closed":
        this.whenClosed();
        break;
      case "unknown":
        this.runs.get(message.id)?.log.close();
        break;
      case "fetched":
      case "unfetched":
        this.fetches.received(message);
        this.keepProcess();
        break;
      case "event":
        this.runs.get(message.id)?.log.push(message.event);
        break;
      case "report":
        this.runs.get(message.id)?.reports.push(message.report);
        break;
      case "holders":
        this.holderLists.answered(message.fetch, message.holders);
        this.keepProcess();
        break;
      case "collect":
        void collectGarbage().finally(() => this.send({ kind: "collected" }));
        break;
      case "cancelShown":
        this.shown.get(message.id)?.cancel(message.reason);
        break;
      case "pauseShown":
        this.shown.get(message.id)?.pause();
        break;
      case "resumeShown":
        this.shown.get(message.id)?.resume();
        break;
      case "repeated": {
        const run = this.openRun(message.by);
        for (const hear of this.repeatListeners) hear(message.id, run);
        break;
      }
      default:
        this.settle(message);
    }
  }

  private settle(message: Extract<FromHost, { id: string }>): void {
    const run = this.runs.get(message.id);
    if (message.kind === "kept") run?.settler.succeed({ kept: message.kept });
    else if (message.kind === "failed") run?.settler.fail(errorOf(message.error));
    else if (message.kind === "results") {
      run?.settler.succeed({ values: unpackValues(message.values), places: message.places });
    }
    if (run?.isForgotten) this.runs.delete(message.id);
    this.keepProcess();
  }

  /** A process waits for its runs, but not for an idle engine. */
  private keepProcess(): void {
    if (
      this.fetches.size > 0 ||
      this.holderLists.size > 0 ||
      [...this.runs.values()].some((run) => !run.settler.isSettled)
    )
      this.port.ref();
    else this.port.unref();
  }

  /** Nobody can read the events of the run any more. */
  private forget(id: string): void {
    this.send({ kind: "forget", id });
    const run = this.runs.get(id);
    if (run === undefined) return;
    run.isForgotten = true;
    if (run.settler.isSettled) this.runs.delete(id);
  }

  /** The other thread is gone. */
  private lost(): void {
    this.whenClosed();
    for (const run of this.runs.values()) {
      run.settler.fail(new WorkerError("the thread of the engine ended: restart the kernel", {}));
      run.log.close();
      run.reports.close();
    }
    this.runs.clear();
    this.fetches.lost();
    this.holderLists.lost();
  }

  private send(message: ToHost, move: ArrayBuffer[] = []): void {
    this.port.postMessage(message, move);
  }
}

/** Buffers of the graph's columns that belong to one column alone. */
function columnsOf(graph: PackedGraph): ArrayBuffer[] {
  return Object.values(graph).flatMap((column: unknown) =>
    (column instanceof Int32Array || column instanceof Float64Array) && column.byteLength === column.buffer.byteLength
      ? [column.buffer as ArrayBuffer]
      : [],
  );
}
