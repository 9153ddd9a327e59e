import { setTimeout as delay } from "node:timers/promises";
import { soon } from "../soon.js";
import { isMainThreadAsleep, signalDescendants } from "./descendants.js";
import type { MainInspector } from "./main-inspector.js";
import type { MainLink } from "./main-link.js";
import type { SharedState } from "./shared-state.js";

/** A main thread that answers within this time is not busy: the cell waits for something. */
const PING_MS = 20;
/** Time for a free main thread to end the cell. */
const SETTLE_MS = 500;
/** JavaScript is cut within this time; who takes longer may wait for a child. */
const CUT_MS = 150;
/** A child that was asked to end has this time to do it by itself. */
const CHILD_MS = 400;
/** From here on code is cut that is not the user's, because it may have been called with something huge. */
const CUT_ANYWHERE_MS = 400;
/** Nothing of ours can stop native code that takes longer. */
const GIVE_UP_MS = 5000;

/** What an interrupter works with. */
export interface InterrupterParts {
  readonly main: MainLink;
  readonly inspector: MainInspector;
  readonly shared: SharedState;
  /** ids of child processes that no cell has started */
  readonly spare: () => readonly number[];
}

/** Stops the running cell and keeps the state of the session, also when the cell never gives the thread back. */
export class Interrupter {
  readonly #parts: InterrupterParts;

  constructor(parts: InterrupterParts) {
    this.#parts = parts;
  }

  /**
   * Ends cells and whatever else keeps the main thread busy.
   * @param cells the cells to end; none if none runs
   * @returns false if the main thread is in native code that nothing can stop
   */
  async interrupt(cells: readonly string[]): Promise<boolean> {
    const begin = performance.now();
    try {
      for (let ms = 0; ms < GIVE_UP_MS; ms = performance.now() - begin) {
        // A cell whose callbacks go on looping needs one cut for each.
        if ((await this.#isFree()) && (await this.#settle(cells))) return true;
        await this.#cut(ms, GIVE_UP_MS - ms);
      }
      return false;
    } finally {
      this.#parts.shared.endCut();
    }
  }

  #isFree(): Promise<boolean> {
    return within(PING_MS, this.#parts.main.ask({ type: "ping" }));
  }

  async #settle(cells: readonly string[]): Promise<boolean> {
    const settled = await within(SETTLE_MS, this.#parts.main.ask({ type: "interrupt", cells }));
    // An outcome that the main thread had would be here by now: the port keeps the order.
    if (settled) this.#parts.main.settleInterrupted(cells);
    return settled;
  }

  /** Code of the kernel is never cut while it says so: it is short, so it is waited for. */
  async #cut(elapsedMs: number, patienceMs: number): Promise<void> {
    const { shared, inspector } = this.#parts;
    for (let waitedMs = 0; shared.isInKernelCode && waitedMs < SETTLE_MS; waitedMs++) await delay(1);
    shared.startCut();
    const cut = inspector.cut(elapsedMs < CUT_ANYWHERE_MS ? "user" : "anywhere", patienceMs);
    if (!(await within(CUT_MS, cut))) await this.#endChildren(cut);
  }

  /** Native code that waits for a child goes on when the child has ended. */
  async #endChildren(cut: Promise<boolean>): Promise<void> {
    for (const signal of ["SIGINT", "SIGKILL"] as const) {
      if (!(await isMainThreadAsleep())) break;
      await signalDescendants(signal, this.#parts.spare());
      if (await within(CHILD_MS, cut)) return;
    }
    await cut;
  }
}

/** True if the promise is fulfilled within `ms`. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const isDone = promise.then(() => true);
  return (await soon(isDone, ms)) === true;
}
