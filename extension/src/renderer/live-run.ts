import type { EndMessage, RunBundle } from "dagbook/dashboard-messages";
import { type PastRun, PastRuns, RunStore } from "../view/index.js";
import type { CommClient, Loss, RunListener } from "./comm-client.js";
import { shortErrors, shortLabels } from "./short-labels.js";
import type { Standing } from "./strings.js";

/** The part of the comm client that one run uses. */
export type RunLine = Pick<CommClient, "subscribe" | "snapshot" | "cancel" | "pause" | "resume" | "ask">;

/** Older than this, a "running" that no kernel confirms is only what a notebook was saved with. */
const FRESH_MS = 3000;

/** Of all runs that this page has shown. */
const pastRuns = new PastRuns();

export interface LiveRunEvents {
  /** something to draw has changed */
  changed(): void;
  /** the kernel sent the final state */
  ended(message: EndMessage): void;
}

/**
 * One run as one view knows it: the bundle of its output, kept up to date by the kernel as long as the
 * run goes on. A bundle that is not running asks nothing of any kernel.
 */
export class LiveRun implements RunListener {
  readonly store: RunStore;
  readonly #client: RunLine | undefined;
  readonly #events: LiveRunEvents;
  #unsubscribe: (() => void) | undefined;
  #loss: Loss | undefined;
  #isSnapshotAsked = false;
  #isPaused = false;
  #past: PastRun | undefined;
  /** when the bundle was made, milliseconds since 1970 */
  readonly #madeAt: number;
  /** when the kernel was last heard (page time), and what time of the run it was then; undefined before */
  #heard: { readonly at: number; readonly now: number } | undefined;

  constructor(bundle: RunBundle, client: RunLine | undefined, events: LiveRunEvents) {
    this.store = RunStore.fromBundle(shortLabels(bundle));
    this.#past = bundle.past;
    this.#madeAt = bundle.t0 + bundle.now;
    this.#client = client;
    this.#events = events;
    pastRuns.remember(this.store);
    if (bundle.state === "running") this.#unsubscribe = client?.subscribe(bundle.run, this);
  }

  get standing(): Standing {
    const { state } = this.store;
    if (state !== "running") return state;
    if (this.#loss) return this.#loss;
    if (this.#heard && this.#isPaused) return "paused";
    return this.#heard || Date.now() - this.#madeAt < FRESH_MS ? "running" : "saved";
  }

  /** The last finished run of the same graph: as this page has seen it, or as the kernel tells of it. */
  get past(): PastRun | undefined {
    return pastRuns.of(this.store) ?? this.#past;
  }

  /** True while the kernel is heard and the run goes on. */
  get isLive(): boolean {
    return this.#heard !== undefined && this.store.state === "running";
  }

  /** Takes over the output's bundle if it knows more than was heard. */
  load(bundle: RunBundle): void {
    const isFinal = bundle.state !== "running" && this.store.state === "running";
    if (!isFinal && bundle.seq <= this.store.seq) return;
    this.store.replace(shortLabels(bundle));
    if (bundle.state !== "running") this.#end();
  }

  receive(message: Parameters<RunListener["receive"]>[0]): void {
    if (message.kind === "delta") {
      if (this.store.apply({ ...message, errors: shortErrors(message.errors) }) === "gap") {
        this.#askSnapshot();
        return;
      }
      this.#heard = { at: performance.now(), now: message.now };
    } else if (message.kind === "paused") {
      this.#isPaused = message.isPaused;
    } else {
      this.#isSnapshotAsked = false;
      this.#isPaused = message.bundle.isPaused === true;
      this.store.replace(shortLabels(message.bundle));
      this.#past = message.bundle.past;
      this.#heard = { at: performance.now(), now: message.bundle.now };
    }
    if (this.store.state !== "running") this.#end();
    if (message.kind === "end") this.#events.ended(message);
    this.#events.changed();
  }

  lose(loss: Loss): void {
    this.#loss = loss;
    this.#leave();
    this.#events.changed();
  }

  cancel(): void {
    this.#client?.cancel(this.store.run);
  }

  /** Lets the clock go on between two messages. */
  tick(): void {
    if (this.#heard) this.store.advanceTo(this.#heard.now + performance.now() - this.#heard.at);
  }

  dispose(): void {
    this.#leave();
  }

  /** Asks once: until the answer comes every delta shows the same gap. */
  #askSnapshot(): void {
    if (this.#isSnapshotAsked) return;
    this.#isSnapshotAsked = true;
    this.#client?.snapshot(this.store.run);
  }

  #end(): void {
    pastRuns.remember(this.store);
    this.#leave();
  }

  #leave(): void {
    this.#heard = undefined;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
