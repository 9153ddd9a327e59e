/**
 * Shows every run: in the cell that started it, and live in the views that ask for it.
 * @module
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Run, SeenRequest } from "../dag/engine/engine.js";
import type { RunEvent, TaskErred } from "../dag/engine/events.js";
import type { Comm } from "../jupyter/comm-manager.js";
import { type CellOutput, CellOutputs } from "./cell-outputs.js";
import { ERROR_LIMIT } from "./limits.js";
import { LiveRun, type Subscriber } from "./live-run.js";
import { COMM_TARGET, type EndMessage, type Pictures } from "./messages.js";
import { mimeOf, picturesOf } from "./mime.js";
import { packMessage } from "./pack-bundle.js";
import { PastRuns } from "./past-runs.js";
import { pngOf } from "./png.js";
import { act } from "./run-actions.js";
import { asWatchMessage, type PoolFacts, RunList, type RunListWatcher } from "./run-list.js";
import { TaskLog } from "./task-log.js";
import { asViewMessage } from "./view-message.js";

/** Where a dashboard speaks to: the kernel's iopub channel and its comms. */
export interface DashboardOutlet {
  publish(msgType: string, content: object, cell: string | undefined): void;
  registerTarget(name: string, onOpen: (comm: Comm, data: unknown) => void): void;
  /** a line for the log of the kernel */
  log?(line: string): void;
  /** undefined before there is a pool */
  pool?(): PoolFacts | undefined;
  /** a stack of compiled cells with the places in the cells as they were written; undefined if nobody has time to look */
  writtenStack?(stack: string): Promise<string | undefined>;
}

/** Views that come late still get the last runs. */
const FINISHED_RUNS = 20;
/** An idle message waits so long for the picture of a run that is over, */
const SETTLE_MS = 1_000;
/** and so much longer for each further one: on a busy machine one takes that long. */
const FURTHER_MS = 500;
/** A final picture in a shared output waits so long: in a loop the next run is there by then. */
const SHARED_MS = 100;

interface ObservedRun {
  readonly run: Run;
  readonly cell: string | undefined;
  readonly output: CellOutput;
  live: LiveRun | undefined;
  log: TaskLog | undefined;
  readonly repeats: string | undefined;
  /** views that want to hear of it */
  readonly views: Set<Subscriber>;
  /** its final state as long as the cell does not show it: a PNG takes its time */
  unshown: EndMessage | undefined;
}

export class Dashboard {
  readonly #outlet: DashboardOutlet;
  readonly #outputs = new CellOutputs();
  readonly #running = new Map<string, ObservedRun>();
  readonly #finished = new Map<string, Promise<EndMessage>>();
  /** runs that go on, and the last that have ended: what can be done with them */
  readonly #known = new Map<string, ObservedRun>();
  /** runs that are over but whose final picture is not out yet */
  readonly #settling = new Map<Promise<void>, ObservedRun>();
  readonly #list: RunList;
  readonly #pastRuns = new PastRuns();

  constructor(outlet: DashboardOutlet) {
    this.#outlet = outlet;
    this.#list = new RunList(() => outlet.pool?.());
    outlet.registerTarget(COMM_TARGET, (comm, data) => this.#opened(comm, data));
  }

  /** Follows a run from its start to its end; a run without progress is not shown. */
  observe(run: Run, request: SeenRequest): void {
    if (!request.progress) return;
    const { cell, repeats } = request;
    const output = this.#outputs.take(run.id, cell, this.#known.get(repeats ?? "")?.output);
    const views = new Set<Subscriber>();
    const observed: ObservedRun = {
      run,
      cell,
      output,
      live: undefined,
      log: undefined,
      repeats,
      views,
      unshown: undefined,
    };
    this.#running.set(run.id, observed);
    this.#known.set(run.id, observed);
    const shown = this.#follow(observed).catch((error: unknown) => {
      this.#running.delete(run.id);
      this.#list.remove(run.id);
      this.#outlet.log?.(`the view of run ${run.id} stopped: ${String(error)}`);
    });
    const isOver = () => {
      this.#settling.set(shown, observed);
      shown.finally(() => this.#settling.delete(shown)).catch(() => undefined);
    };
    run.results.then(isOver, isOver);
  }

  /**
   * Resolves when the runs of a cell that are over have their final picture in it, after a second at the
   * latest, and half of one more for each further run. Clients such as nbclient drop outputs that come after the cell's
   * idle: a run whose PNG takes longer is shown without.
   */
  async settled(cell: string | undefined): Promise<void> {
    const open = [...this.#settling].filter(([, observed]) => observed.cell === cell);
    if (open.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, SETTLE_MS + FURTHER_MS * (open.length - 1)).unref();
    });
    await Promise.race([Promise.all(open.map(([shown]) => shown)), late]);
    clearTimeout(timer);
    for (const [, observed] of open) if (observed.unshown) this.#show(observed, mimeOf(observed.unshown.bundle));
  }

  async #follow(observed: ObservedRun): Promise<void> {
    const { run } = observed;
    const withPlaces = this.#stackReader();
    for await (const event of run.events) {
      this.#applied(observed, event.type === "error" ? await withPlaces(event) : event);
    }
    const { live } = observed;
    this.#running.delete(run.id);
    observed.live = undefined;
    observed.views.clear();
    if (live === undefined) return;
    if (!live.hasEnded) {
      // The engine went away in the middle of the run.
      live.apply({ type: "end", run: run.id, state: "cancelled", time: live.now, peak: 0 });
    }
    this.#list.end(run.id);
    observed.unshown = live.finish();
    const drawn = this.#withPictures(observed, observed.unshown);
    this.#keep(run.id, drawn);
    const { bundle, display } = await drawn;
    observed.unshown = undefined;
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
      const { repeats } = observed;
      const show = (data: object) => this.#show(observed, data);
      observed.live = new LiveRun(event, show, { pastRuns: this.#pastRuns, repeats });
      this.#list.add(observed.live.store);
      for (const view of observed.views) observed.live.subscribe(view);
      observed.log = new TaskLog(event);
    } else if (event.type === "paused") {
      observed.live?.apply(event);
      this.#list.lookSoon();
      const { run, isPaused } = event;
      for (const view of observed.views) view.send({ kind: "paused", run, isPaused });
    } else {
      observed.log?.apply(event);
      observed.live?.apply(event);
    }
  }

  /** Puts the places of the user's text into errors; of a run that meets a busy cell, into no more of them. */
  #stackReader(): (event: TaskErred) => Promise<TaskErred> {
    let isBusy = this.#outlet.writtenStack === undefined;
    let count = 0;
    return async (event) => {
      count += 1;
      // What is told of no more errors needs no places.
      if (isBusy || count > ERROR_LIMIT) return event;
      const stack = await this.#outlet.writtenStack?.(event.stack);
      isBusy = stack === undefined;
      return stack === undefined ? event : { ...event, stack };
    };
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
    for (const id of this.#known.keys()) if (!this.#finished.has(id) && !this.#running.has(id)) this.#known.delete(id);
  }

  #opened(comm: Comm, data: unknown): void {
    const subscriber: Subscriber & RunListWatcher = { send: (message) => comm.send(packMessage(message)) };
    comm.onMessage = (message) => this.#received(message, subscriber);
    comm.onClose = () => {
      this.#list.unwatch(subscriber);
      for (const observed of this.#running.values()) this.#unsubscribe(observed, subscriber);
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
    const observed = this.#known.get(message.run);
    switch (message.kind) {
      case "unsubscribe":
        if (observed !== undefined) this.#unsubscribe(observed, subscriber);
        break;
      case "subscribe":
      case "snapshot":
        if (observed?.live !== undefined) this.#sendLive(observed, observed.live, message.kind, subscriber);
        // One that was just asked for: it has not told its first event.
        else if (this.#running.has(message.run)) observed?.views.add(subscriber);
        else this.#sendFinished(message.run, subscriber);
        break;
      default:
        if (observed === undefined) subscriber.send({ kind: "unknown", run: message.run });
        else act(observed, message, subscriber);
    }
  }

  #sendLive(observed: ObservedRun, live: LiveRun, kind: "subscribe" | "snapshot", subscriber: Subscriber): void {
    live[kind](subscriber);
    if (kind === "subscribe") observed.views.add(subscriber);
  }

  #unsubscribe({ live, views }: ObservedRun, subscriber: Subscriber): void {
    live?.unsubscribe(subscriber);
    views.delete(subscriber);
  }

  #sendFinished(run: string, subscriber: Subscriber): void {
    const end = this.#finished.get(run);
    if (end === undefined) subscriber.send({ kind: "unknown", run });
    // One that failed is in the log.
    else end.then((message) => subscriber.send(message)).catch(() => undefined);
  }
}
