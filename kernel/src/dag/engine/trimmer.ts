/**
 * Gives memory of the arena back to the system when an engine has had nothing to do for some time.
 * @module
 */
import { arena } from "../memory/arena.js";
import { discarder } from "../memory/discard.js";

/** milliseconds without a run: the next one pays for new pages, 40 to 60 ms for 64 MB, and may be a cell away */
const IDLE_MS = 60_000;
/** less is not worth it */
const LEAST_BYTES = 64 * 2 ** 20;

export class Trimmer {
  private readonly isBusy: () => boolean;
  private readonly idleMs: number;
  private timer: NodeJS.Timeout | undefined;
  private isUsed = false;

  /** @param isBusy true while runs go on */
  constructor(isBusy: () => boolean, idleMs = IDLE_MS) {
    this.isBusy = isBusy;
    this.idleMs = idleMs;
  }

  /** A run began. */
  used(): void {
    this.isUsed = true;
    if (this.timer !== undefined) return;
    this.timer = setInterval(() => void this.look(), this.idleMs);
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    const wasUsed = this.isUsed;
    this.isUsed = false;
    if (wasUsed || this.isBusy()) return;
    this.close();
    const { peak, used } = arena();
    if (peak - used < LEAST_BYTES) return;
    const discard = discarder();
    if (discard !== undefined) await arena().trim(discard, () => this.timer === undefined);
  }
}
