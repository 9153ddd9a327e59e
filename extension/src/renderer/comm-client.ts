import type { KernelMessage, RunListMessage, ViewMessage, WatchMessage } from "dagbook/dashboard-messages";
import { type Answer, OpenQuestions, type Question } from "./open-questions.js";
import { readKernelMessage } from "./read-message.js";
import { readRunList } from "./read-run-list.js";

/** Name of the comm target; the type makes the compiler compare it with the kernel's. */
export const COMM_TARGET: typeof import("dagbook/dashboard-messages").COMM_TARGET = "dagbook.run";

/**
 * A kernel forgets a watcher that it has not heard of for three minutes: of a page that crashed nobody would tell it. And
 * a watcher that gets no answer by then talks to a new process, which knows nothing of the old one's comms.
 */
const WATCH_AGAIN_MS = 60_000;

/** Why a run will send nothing more although it had not ended. */
export type Loss =
  /** the kernel process that ran it is gone */
  | "restarted"
  /** the kernel does not know the run, or ended */
  | "gone";

/** Who wants to hear of a run. */
export interface RunListener {
  receive(message: Extract<KernelMessage, { kind: "snapshot" | "delta" | "end" | "paused" }>): void;
  /** Nothing more will come; the listener is unsubscribed. */
  lose(loss: Loss): void;
}

/** Hears how all runs of a kernel stand; of undefined when the kernel is not heard any more. */
export type RunListListener = (list: RunListMessage | undefined) => void;

/** The part of a Lumino signal that is used here. */
interface Signal<T> {
  connect(slot: (sender: unknown, args: T) => void): boolean;
  disconnect(slot: (sender: unknown, args: T) => void): boolean;
}

/** The part of JupyterLab's `IComm` that is used here. */
export interface FrontEndComm {
  onMsg: (message: never) => void | PromiseLike<void>;
  onClose: (message: never) => void | PromiseLike<void>;
  open(): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: JupyterLab types it as JSON, which has no place for an interface
  send(data: any): unknown;
  close(): unknown;
  readonly isDisposed: boolean;
}

/** The part of JupyterLab's kernel connection that is used here. */
export interface KernelLink {
  readonly connectionStatus: string;
  readonly handleComms: boolean;
  createComm(target: string): FrontEndComm;
}

/** The part of `ISessionContext` that is used here. */
export interface KernelSource {
  readonly session: { readonly kernel: KernelLink | null } | null;
  readonly kernelChanged: Signal<unknown>;
  readonly statusChanged: Signal<string>;
  readonly connectionStatusChanged: Signal<string>;
  readonly disposed: Signal<unknown>;
}

/**
 * The live line between the views of one kernel connection and its kernel: one comm, opened by the
 * front end and only while somebody wants to hear of a run. A reloaded page can open one again, which
 * a comm opened by the kernel could not.
 */
export class CommClient {
  readonly #source: KernelSource;
  readonly #listeners = new Map<string, Set<RunListener>>();
  readonly #watchers = new Set<RunListListener>();
  readonly #questions = new OpenQuestions();
  #watchAgain: ReturnType<typeof setInterval> | undefined;
  #isUnanswered = false;
  #kernel: KernelLink | null = null;
  #comm: FrontEndComm | undefined;
  /** the kernel closed the comm: asking again at every sign of life would never end */
  #isRefused = false;

  constructor(source: KernelSource) {
    this.#source = source;
    this.#kernel = source.session?.kernel ?? null;
    source.kernelChanged.connect(this.#onKernel);
    source.statusChanged.connect(this.#onStatus);
    source.connectionStatusChanged.connect(this.#onConnection);
    source.disposed.connect(this.#onDisposed);
  }

  /**
   * Hears of a run from now on: a snapshot first, then deltas, then its end.
   * @returns a function that ends it
   */
  subscribe(run: string, listener: RunListener): () => void {
    const listeners = this.#listeners.get(run) ?? new Set();
    this.#listeners.set(run, listeners.add(listener));
    if (!this.#connect()) this.#send({ kind: "subscribe", run });
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      // A run that ended or was lost is not in the map any more: the kernel needs no word.
      if (this.#listeners.get(run) !== listeners) return;
      this.#listeners.delete(run);
      this.#send({ kind: "unsubscribe", run });
    };
  }

  /** Asks for the whole state of a run, after a delta was missed. */
  snapshot(run: string): void {
    this.#send({ kind: "snapshot", run });
  }

  /** Asks the kernel to stop a run. */
  cancel(run: string): void {
    this.#send({ kind: "cancel", run });
  }

  /**
   * Hears of all runs of the kernel from now on, also of the next process of a kernel that restarts.
   * @returns a function that ends it
   */
  watch(listener: RunListListener): () => void {
    this.#watchers.add(listener);
    if (!this.#connect()) this.#send({ kind: "watch" });
    this.#watchAgain ??= setInterval(() => this.#askAgain(), WATCH_AGAIN_MS);
    return () => {
      if (!this.#watchers.delete(listener) || this.#watchers.size > 0) return;
      this.#stopWatching();
      this.#send({ kind: "unwatch" });
    };
  }

  /** Asks the kernel to begin no more tasks of a run until `resume`. */
  pause(run: string): void {
    this.#send({ kind: "pause", run });
  }

  resume(run: string): void {
    this.#send({ kind: "resume", run });
  }

  /**
   * Asks for a task, or for a run once more. `hear` is called once: with the answer, or with `undefined` if the kernel
   * does not know the run or went away.
   */
  ask(question: Question, hear: (answer: Answer | undefined) => void): void {
    this.#questions.add(question, hear);
    if (!this.#connect()) this.#send(question);
    if (!this.#comm) this.#questions.lost();
  }

  /** Tells the kernel that the page goes: a comm that nobody reads would be fed until its runs end. */
  close(): void {
    this.#disconnect();
  }

  /** Opens the comm and subscribes to every run. @returns whether it did */
  #connect(): boolean {
    const kernel = this.#kernel;
    // A second connection to a kernel (a console beside its notebook) has no comms.
    const isWanted = this.#listeners.size + this.#watchers.size + this.#questions.size > 0;
    if (this.#comm || !isWanted || kernel?.connectionStatus !== "connected" || !kernel.handleComms) return false;
    const comm = kernel.createComm(COMM_TARGET);
    comm.onMsg = (message: { readonly content: { readonly data: unknown } }) => this.#receive(message.content.data);
    comm.onClose = () => {
      this.#comm = undefined;
      this.#isRefused = true;
      this.#loseAll("gone");
    };
    comm.open();
    this.#comm = comm;
    for (const run of this.#listeners.keys()) this.#send({ kind: "subscribe", run });
    if (this.#watchers.size > 0) this.#send({ kind: "watch" });
    for (const question of this.#questions.open) this.#send(question);
    return true;
  }

  #askAgain(): void {
    if (this.#isUnanswered) {
      this.#disconnect();
      this.#loseAll("restarted");
      this.#connect();
    } else this.#send({ kind: "watch" });
    this.#isUnanswered = this.#comm !== undefined;
  }

  #stopWatching(): void {
    clearInterval(this.#watchAgain);
    this.#watchAgain = undefined;
  }

  #disconnect(): void {
    const comm = this.#comm;
    this.#comm = undefined;
    this.#isUnanswered = false;
    if (!comm || comm.isDisposed) return;
    comm.onMsg = comm.onClose = () => {};
    comm.close();
  }

  #send(message: ViewMessage | WatchMessage): void {
    if (this.#comm && !this.#comm.isDisposed) this.#comm.send(message);
  }

  #receive(data: unknown): void {
    const list = readRunList(data);
    if (list) {
      this.#isUnanswered = false;
      this.#tellWatchers(list);
    }
    const message = readKernelMessage(data);
    if (!message) return;
    if (message.kind === "task" || message.kind === "repeated" || message.kind === "refused") {
      this.#questions.answered(message);
      return;
    }
    if (message.kind === "unknown") this.#questions.unknown(message.run);
    const listeners = this.#listeners.get(message.run);
    if (!listeners) return;
    if (message.kind === "unknown" || message.kind === "end") this.#listeners.delete(message.run);
    for (const listener of listeners) {
      if (message.kind === "unknown") listener.lose("gone");
      else listener.receive(message);
    }
  }

  #loseAll(loss: Loss): void {
    const lost = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listeners of lost) for (const listener of listeners) listener.lose(loss);
    this.#questions.lost();
    this.#tellWatchers(undefined);
  }

  #tellWatchers(list: RunListMessage | undefined): void {
    for (const watcher of this.#watchers) watcher(list);
  }

  readonly #onKernel = (): void => {
    const kernel = this.#source.session?.kernel ?? null;
    if (kernel === this.#kernel) return;
    const before = this.#kernel;
    this.#kernel = kernel;
    this.#comm = undefined;
    this.#isRefused = false;
    if (before) this.#loseAll(kernel ? "restarted" : "gone");
    this.#connect();
  };

  readonly #onStatus = (_sender: unknown, status: string): void => {
    const loss = LOSS_BY_STATUS[status];
    if (!loss) {
      // The new process of a kernel that restarted by itself, on the same connection.
      if (!this.#isRefused && (status === "idle" || status === "busy")) this.#connect();
      return;
    }
    // The old process has said that it ends: nothing more is lost.
    if (status === "starting" && !this.#comm) return;
    // JupyterLab may have disposed the comm without calling onClose.
    this.#disconnect();
    this.#isRefused = false;
    this.#loseAll(loss);
  };

  readonly #onConnection = (_sender: unknown, status: string): void => {
    if (status !== "connected") return;
    // Messages of the time without a connection may be lost: begin again with a snapshot.
    this.#disconnect();
    this.#connect();
  };

  readonly #onDisposed = (): void => {
    this.#source.kernelChanged.disconnect(this.#onKernel);
    this.#source.statusChanged.disconnect(this.#onStatus);
    this.#source.connectionStatusChanged.disconnect(this.#onConnection);
    this.#source.disposed.disconnect(this.#onDisposed);
    this.#comm = undefined;
    this.#listeners.clear();
    this.#watchers.clear();
    this.#stopWatching();
    this.#questions.lost();
  };
}

const LOSS_BY_STATUS: Readonly<Record<string, Loss>> = {
  restarting: "restarted",
  autorestarting: "restarted",
  // All that is heard of a restart by another page: the first word of the new process.
  starting: "restarted",
  dead: "gone",
  terminating: "gone",
};
