/**
 * Shows every run: in the cell that started it, and live in the views that ask for it.
 * @module
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Run, SeenRequest } from "../dag/engine/engine.js";
import type { RunEvent } from "../dag/engine/events.js";
import type { Comm } from "../jupyter/comm-manager.js";
import { type CellOutput, CellOutputs } from "./cell-outputs.js";
import { LiveRun, type Subscriber } from "./live-run.js";
import { COMM_TARGET, type EndMessage, type Pictures } from "./messages.js";
import { mimeOf, picturesOf } from "./mime.js";
import { packMessage } from "./pack-bundle.js";
import { pngOf } from "./png.js";
import { asWatchMessage, type PoolFacts, RunList, type RunListWatcher } from "./run-list.js";
import { asViewMessage } from "./view-message.js";

/** Where a dashboard speaks to: the kernel's iopub channel and its comms. */
export interface DashboardOutlet {
  publish(msgType: string, content: object, cell: string | undefined): void;
  registerTarget(name: string, onOpen: (comm: Comm, data: unknown) => void): void;
  /** a line for the log of the kernel */
  log?(line: string): void;
  /** undefined before there is a pool */
  pool?(): PoolFacts | undefined;
}

/** Views that come late still get the last runs. */
const FINISHED_RUNS = 20;
/** An idle message waits so long for the picture of a run that is over. */
const SETTLE_MS = 1_000;
/** A final picture in a shared output waits so long: in a loop the next run is there by then. */
const SHARED_MS = 100;

interface ObservedRun {
  readonly run: Run;
  readonly cell: string | undefined;
  readonly output: CellOutput;
  live: LiveRun | undefined;
}

export class Dashboard {
  readonly #outlet: DashboardOutlet;
  readonly #outputs = new CellOutputs();
  readonly #running = new Map<string, ObservedRun>();
  readonly #finished = new Map<string, Promise<EndMessage>>();
  /** runs that are over but whose final picture is not out yet, by cell */
  readonly #settling = new Map<Promise<void>, string | undefined>();
  readonly #list: RunList;

  constructor(outlet: DashboardOutlet) {
    this.#outlet = outlet;
    this.#list = new RunList(() => outlet.pool?.());
    outlet.registerTarget(COMM_TARGET, (comm, data) => this.#opened(comm, data));
  }

  /** Follows a run from its start to its end; a run without progress is not shown. */
  observe(run: Run, request: SeenRequest): void {
    if (!request.progress) return;
    const { cell } = request;
    const observed: ObservedRun = { run, cell, output: this.#outputs.take(run.id, cell), live: undefined };
    this.#running.set(run.id, observed);
    const shown = this.#follow(observed).catch((error: unknown) => {
      this.#running.delete(run.id);
      this.#list.remove(run.id);
      this.#outlet.log?.(`the view of run ${run.id} stopped: ${String(error)}`);
    });
    const isOver = () => {
      this.#settling.set(shown, request.cell);
      shown.finally(() => this.#settling.delete(shown)).catch(() => undefined);
    };
    run.results.then(isOver, isOver);
  }

  /**
   * Resolves when the runs of a cell that are over have their final picture in it, after a second at the
   * latest. Clients such as nbclient drop outputs that come after the cell's idle.
   */
  async settled(cell: string | undefined): Promise<void> {
    const open = [...this.#settling].filter(([, owner]) => owner === cell).map(([shown]) => shown);
    if (open.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, SETTLE_MS).unref();
    });
    await Promise.race([Promise.all(open), late]);
    clearTimeout(timer);
  }

  async #follow(observed: ObservedRun): Promise<void> {
    const { run } = observed;
    for await (const event of run.events) this.#applied(observed, event);
    const { live } = observed;
    this.#running.delete(run.id);
    if (live === undefined) return;
    if (!live.hasEnded) {
      // The engine went away in the middle of the run.
      live.apply({ type: "end", run: run.id, state: "cancelled", time: live.now, peak: 0 });
    }
    this.#list.end(run.id);
    const drawn = this.#withPictures(observed, live.finish());
    this.#keep(run.id, drawn);
    const { bundle, display } = await drawn;
    if (display !== undefined) this.#show(observed, mimeOf(bundle, display));
  }

  async #withPictures({ run, output }: ObservedRun, end: EndMessage): Promise<EndMessage> {
    if (output.isShared) await pause(SHARED_MS);
    // Its output shows a later run by now.
    if (output.run !== run.id) return end;
    return { ...end, display: await this.#finalPictures(end) };
  }

  async #finalPictures({ run, bundle }: EndMessage): Promise<Pictures> {
    const pictures = picturesOf(bundle);
    try {
      return { ...pictures, "image/png": await pngOf(pictures["image/svg+xml"]) };
    } catch (error) {
      this.#outlet.log?.(`run ${run} has no PNG: ${String(error)}`);
      return pictures;
    }
  }

  #applied(observed: ObservedRun, event: RunEvent): void {
    if (event.type === "start") {
      observed.live = new LiveRun(event, (data) => this.#show(observed, data));
      this.#list.add(observed.live.store);
    } else observed.live?.apply(event);
  }

  #show({ run, cell, output }: ObservedRun, data: object): void {
    if (output.run !== run.id) return;
    const content = { data, metadata: {}, transient: { display_id: output.displayId } };
    this.#outlet.publish(output.isOnPage ? "update_display_data" : "display_data", content, cell);
    output.isOnPage = true;
  }

  #keep(run: string, end: Promise<EndMessage>): void {
    this.#finished.set(run, end);
    for (const oldest of this.#finished.keys()) {
      if (this.#finished.size <= FINISHED_RUNS) break;
      this.#finished.delete(oldest);
      this.#list.remove(oldest);
    }
  }

  #opened(comm: Comm, data: unknown): void {
    const subscriber: Subscriber & RunListWatcher = { send: (message) => comm.send(packMessage(message)) };
    comm.onMessage = (message) => this.#received(message, subscriber);
    comm.onClose = () => {
      this.#list.unwatch(subscriber);
      for (const { live } of this.#running.values()) live?.unsubscribe(subscriber);
    };
    // The comm may be opened with its first message.
    this.#received(data, subscriber);
  }

  /** Malformed messages are dropped: a comm belongs to whatever script a page runs. */
  #received(data: unknown, subscriber: Subscriber & RunListWatcher): void {
    const watch = asWatchMessage(data);
    if (watch !== undefined) this.#list[watch.kind](subscriber);
    const message = asViewMessage(data);
    if (message === undefined) return;
    const { kind, run } = message;
    const observed = this.#running.get(run);
    if (kind === "cancel") observed?.run.cancel("cancelled in the view");
    else if (kind === "unsubscribe") observed?.live?.unsubscribe(subscriber);
    else if (observed?.live !== undefined) observed.live[kind](subscriber);
    else this.#sendFinished(run, subscriber);
  }

  #sendFinished(run: string, subscriber: Subscriber): void {
    const end = this.#finished.get(run);
    if (end === undefined) subscriber.send({ kind: "unknown", run });
    // One that failed is in the log.
    else end.then((message) => subscriber.send(message)).catch(() => undefined);
  }
}
