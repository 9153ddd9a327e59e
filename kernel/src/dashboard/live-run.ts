/**
 * One run while it goes: its display in the cell and the deltas to the views that subscribed.
 * @module
 */
import type { RunEvent, RunStarted } from "../dag/engine/events.js";
import { type BundleOptions, bundleOf } from "./bundle.js";
import { Deltas } from "./deltas.js";
import { VAST_TASKS } from "./limits.js";
import type { EndMessage, KernelMessage, PastRun, RunBundle } from "./messages.js";
import { type MimeBundle, mimeOf } from "./mime.js";
import { PastRuns } from "./past-runs.js";
import { RunStore } from "./run-store.js";
import { splitGroups } from "./split-groups.js";

/** Between two deltas: at most 20 a second. */
const DELTA_MS = 50;
/** The same for a run of more than 100,000 tasks: every delta of it is large. */
const VAST_DELTA_MS = 500;
/** Between two pictures where no view subscribed, and before the first. */
const PICTURE_MS = 1_000;

/** A view, as far as a run knows it. */
export interface Subscriber {
  send(message: KernelMessage): void;
}

/** Shows `data` as the output of the run, in place of what was there. */
export type ShowRun = (data: MimeBundle) => void;

/** What a run has to do with others. */
interface Relatives {
  /** asked for the last run of the same graph, and told of this one once it has ended */
  readonly pastRuns?: PastRuns;
  /** id of the run that it repeats */
  readonly repeats?: string | undefined;
}

export class LiveRun {
  readonly #store: RunStore;
  readonly #deltas: Deltas;
  readonly #show: ShowRun;
  readonly #repeats: string | undefined;
  readonly #subscribers = new Set<Subscriber>();
  /** asked for a snapshot while a delta was due: they get it right after that delta */
  readonly #waiting = new Set<Subscriber>();
  readonly #pastRuns: PastRuns;
  #past: PastRun | undefined;
  #seq = 0;
  #deltaAt = Number.NEGATIVE_INFINITY;
  #deltaTimer: NodeJS.Timeout | undefined;
  #pictureTimer: NodeJS.Timeout | undefined;
  #wasSubscribed = false;
  #hasNews = false;

  /**
   * Shows the run at once.
   * @param relatives other runs that it is told with
   */
  constructor(started: RunStarted, show: ShowRun, { pastRuns = new PastRuns(), repeats }: Relatives = {}) {
    this.#pastRuns = pastRuns;
    this.#repeats = repeats;
    this.#store = new RunStore(splitGroups(started));
    this.#deltas = new Deltas(this.#store);
    this.#show = show;
    this.#past = pastRuns.of(this.#bundle("brief"));
    this.#show(mimeOf(this.#bundle("saved")));
    this.#schedulePicture();
  }

  get hasEnded(): boolean {
    return this.#store.runState !== "running";
  }

  /** Time of the last event, in milliseconds since the start. */
  get now(): number {
    return this.#store.now;
  }

  /** How the run stands. */
  get store(): RunStore {
    return this.#store;
  }

  apply(event: RunEvent): void {
    this.#store.apply(event);
    this.#deltas.note(event);
    this.#hasNews = true;
    if (this.hasEnded) this.#stop();
    else if (this.#subscribers.size > 0) this.#scheduleDelta();
  }

  /** Sends a snapshot now, or right after a delta that is due, and deltas from then on. */
  subscribe(subscriber: Subscriber): void {
    this.#wasSubscribed = true;
    this.snapshot(subscriber);
    this.#subscribers.add(subscriber);
  }

  unsubscribe(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    this.#waiting.delete(subscriber);
  }

  /** Sends the whole state once. */
  snapshot(subscriber: Subscriber): void {
    // With nobody listening a snapshot can tell the changes; else those who listen need them as a delta first.
    if (this.#subscribers.size === 0) this.#deltas.clear();
    if (this.#deltas.isEmpty) this.#sendSnapshot(subscriber);
    else this.#waiting.add(subscriber);
  }

  /** The final state, sent to every subscriber. Call it once, after the event `end`. */
  finish(): EndMessage {
    this.#seq += 1;
    const bundle = this.#bundle("saved");
    this.#pastRuns.remember(bundle);
    const end: EndMessage = { kind: "end", run: bundle.run, bundle };
    for (const subscriber of new Set([...this.#subscribers, ...this.#waiting])) subscriber.send(end);
    this.#subscribers.clear();
    this.#waiting.clear();
    return end;
  }

  #bundle(use: BundleOptions["use"]): RunBundle {
    const bundle = bundleOf(this.#store, { seq: this.#seq, now: this.#clock(), use, repeats: this.#repeats });
    return this.#past && !this.hasEnded ? { ...bundle, past: this.#past } : bundle;
  }

  #clock(): number {
    return Math.max(this.#store.now, Date.now() - this.#store.started.time);
  }

  #sendSnapshot(subscriber: Subscriber): void {
    subscriber.send({ kind: "snapshot", run: this.#store.started.run, bundle: this.#bundle("saved") });
  }

  #scheduleDelta(): void {
    if (this.#deltaTimer !== undefined) return;
    const everyMs = this.#store.n > VAST_TASKS ? VAST_DELTA_MS : DELTA_MS;
    const waitMs = Math.max(0, this.#deltaAt + everyMs - performance.now());
    this.#deltaTimer = setTimeout(() => this.#sendDelta(), waitMs).unref();
  }

  #sendDelta(): void {
    this.#deltaTimer = undefined;
    this.#deltaAt = performance.now();
    if (this.#subscribers.size > 0 && !this.#deltas.isEmpty) {
      this.#seq += 1;
      const delta = this.#deltas.take(this.#seq, this.#clock());
      for (const subscriber of this.#subscribers) if (!this.#waiting.has(subscriber)) subscriber.send(delta);
    }
    for (const subscriber of this.#waiting) this.#sendSnapshot(subscriber);
    this.#waiting.clear();
  }

  /** Without the extension nobody subscribes: then a small picture in the output follows the run. */
  #schedulePicture(): void {
    this.#pictureTimer = setTimeout(() => {
      if (this.#wasSubscribed) return;
      if (this.#hasNews) this.#show(mimeOf(this.#bundle("brief")));
      this.#hasNews = false;
      this.#schedulePicture();
    }, PICTURE_MS).unref();
  }

  #stop(): void {
    clearTimeout(this.#deltaTimer);
    clearTimeout(this.#pictureTimer);
  }
}
