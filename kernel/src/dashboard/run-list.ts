/**
 * The runs a kernel still knows and what its pool does, for views that show all runs.
 * @module
 */

import { clipped } from "../clipped.js";
import { State } from "../dag/engine/events.js";
import { ERROR_LIMIT, KEY_LIMIT } from "./limits.js";
import type { PoolState, RunEntry, RunListMessage, WatchMessage } from "./messages.js";
import type { RunStore } from "./run-store.js";

/** Between two looks for changes: at most 2 messages a second. */
const LOOK_MS = 500;
/** A watcher that has not asked again for so long is gone. Pages ask every minute, which is what browsers let hidden ones do. */
const WATCH_MS = 180_000;

/** A view that shows all runs. */
export interface RunListWatcher {
  send(message: RunListMessage): void;
}

/** What the pool tells of itself; the list counts the tasks. */
export type PoolFacts = Omit<PoolState, "running">;

/** As long as nobody has loaded an engine. */
const NO_POOL: PoolFacts = { workers: 0, bytes: 0, limit: 0 };

/** The message that `data` is; undefined for anything else. */
export function asWatchMessage(data: unknown): WatchMessage | undefined {
  const kind = typeof data === "object" && data !== null && "kind" in data ? data.kind : undefined;
  return kind === "watch" || kind === "unwatch" ? { kind } : undefined;
}

/** Tells its watchers how all runs stand. Looks for changes only while somebody watches. */
export class RunList {
  readonly #runs = new Map<string, () => RunEntry>();
  /** when each has asked last */
  readonly #watchers = new Map<RunListWatcher, number>();
  readonly #pool: () => PoolFacts | undefined;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #told = "";
  #toldAt = Number.NEGATIVE_INFINITY;

  /**
   * @param pool undefined before the engine has started
   * @param now milliseconds since 1970
   */
  constructor(pool: () => PoolFacts | undefined, now: () => number = Date.now) {
    this.#pool = pool;
    this.#now = now;
  }

  /** Lists a run from now on; its state is read whenever somebody wants to know. */
  add(store: RunStore): void {
    this.#runs.set(store.started.run, () => entryOf(store));
    this.lookSoon();
  }

  /** The run has ended: what is said of it stays, its columns need not. */
  end(run: string): void {
    const entry = this.#runs.get(run)?.();
    if (entry !== undefined) this.#runs.set(run, () => entry);
    this.lookSoon();
  }

  /** A run stands differently: that is told at once, unless something was told just before. */
  lookSoon(): void {
    if (this.#timer !== undefined && performance.now() - this.#toldAt >= LOOK_MS) this.#look();
  }

  /** The kernel does not know the run any more. */
  remove(run: string): void {
    this.#runs.delete(run);
  }

  /**
   * Tells `watcher` the list now and whenever it changed, until `unwatch` or, because a page that crashed says nothing,
   * three minutes after it asked last.
   */
  watch(watcher: RunListWatcher): void {
    const message = this.#message();
    if (this.#watchers.size === 0) {
      this.#told = contentOf(message);
      this.#toldAt = performance.now();
    }
    watcher.send(message);
    this.#watchers.set(watcher, performance.now());
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS).unref();
  }

  unwatch(watcher: RunListWatcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const now = performance.now();
    for (const [watcher, askedAt] of this.#watchers) if (now - askedAt > WATCH_MS) this.unwatch(watcher);
    const message = this.#message();
    const content = contentOf(message);
    if (content === this.#told) return;
    this.#told = content;
    this.#toldAt = now;
    this.#timer?.refresh();
    for (const watcher of this.#watchers.keys()) watcher.send(message);
  }

  #message(): RunListMessage {
    const runs = [...this.#runs.values()].map((entry) => entry()).reverse();
    const running = runs.reduce((sum, entry) => sum + entry.running, 0);
    return { kind: "runs", now: this.#now(), runs, pool: { ...(this.#pool() ?? NO_POOL), running } };
  }
}

/** Two lists with the same content tell the same: the clock goes on in the view. */
function contentOf({ runs, pool }: RunListMessage): string {
  return JSON.stringify([runs, pool]);
}

function entryOf(store: RunStore): RunEntry {
  const { started, runState, isPaused, n } = store;
  return {
    run: started.run,
    title: clipped(started.title, KEY_LIMIT),
    state: runState,
    t0: started.time,
    t1: runState === "running" ? null : Math.round(store.now),
    n,
    done: store.count([State.memory, State.released]),
    erred: failedIn(store),
    running: runState === "running" ? store.count([State.processing]) : 0,
    ...(started.cell !== undefined && { cell: started.cell }),
    ...(isPaused && runState === "running" && { isPaused }),
  };
}

/** Tasks that threw. Errors are kept up to a number; beyond, a task that is erred and had started threw as well. */
function failedIn({ errors, state, start }: RunStore): number {
  if (errors.length < ERROR_LIMIT) return errors.length;
  return state.reduce((sum, code, task) => (code === State.erred && start[task] >= 0 ? sum + 1 : sum), 0);
}
