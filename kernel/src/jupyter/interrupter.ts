import { setTimeout as delay } from "node:timers/promises";
import type { MainInspector } from "./main-inspector.js";
import type { MainLink } from "./main-link.js";
import type { SharedState } from "./shared-state.js";

/** A main thread that answers within this time is not busy: the cell waits for something. */
const PING_MS = 20;
/** Time for a free main thread to end the cell. */
const SETTLE_MS = 500;
/** A cell whose callbacks go on looping needs one cut for each. */
const MAX_CUTS = 10;

/** Stops the running cell and keeps the state of the session, also when the cell never gives the thread back. */
export class Interrupter {
  readonly #main: MainLink;
  readonly #inspector: MainInspector;
  readonly #shared: SharedState;

  constructor(main: MainLink, inspector: MainInspector, shared: SharedState) {
    this.#main = main;
    this.#inspector = inspector;
    this.#shared = shared;
  }

  /**
   * Ends cells and whatever else keeps the main thread busy.
   * @param cells the cells to end; none if none runs
   * @returns false if the main thread is in native code that nothing can stop
   */
  async interrupt(cells: readonly string[]): Promise<boolean> {
    try {
      for (let cuts = 0; cuts <= MAX_CUTS; cuts++) {
        if ((await this.#isFree()) && (await this.#settle(cells))) return true;
        await this.#cut();
      }
      return false;
    } finally {
      this.#shared.endCut();
    }
  }

  #isFree(): Promise<boolean> {
    return within(PING_MS, this.#main.ask({ type: "ping" }));
  }

  async #settle(cells: readonly string[]): Promise<boolean> {
    const settled = await within(SETTLE_MS, this.#main.ask({ type: "interrupt", cells }));
    // An outcome that the main thread had would be here by now: the port keeps the order.
    if (settled) this.#main.settleInterrupted(cells);
    return settled;
  }

  /** Code of the kernel is never cut: it is short, so it is waited for. */
  async #cut(): Promise<void> {
    for (let waitedMs = 0; this.#shared.isInKernelCode && waitedMs < SETTLE_MS; waitedMs++) await delay(1);
    this.#shared.startCut();
    await this.#inspector.cut();
  }
}

/** True if the promise is fulfilled within `ms`. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const limit = new AbortController();
  const late = delay(ms, false, { signal: limit.signal }).catch(() => false);
  const done = promise.then(
    () => true,
    () => false,
  );
  const result = await Promise.race([done, late]);
  limit.abort();
  return result;
}
