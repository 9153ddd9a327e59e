/**
 * Garbage collections for the sake of array memory. A kept result lives as long as its handle, and V8 collects handles
 * when its own heap is full: a handle of a few bytes that holds 50 MB of shared memory is nothing to it.
 * @module
 */
import { collectGarbage } from "../../collect-garbage.js";

/** A collection is worth its time when results of this share of the limit may have lost their handles since the last one. */
const WORTH_SHARE = 1 / 8;
/** The same in bytes while there is no lack of memory: dropped results should not pile up to the limit. */
const WORTH_BYTES = 256 * 2 ** 20;
/** milliseconds that the owner of the handles is waited for: it may be busy with a cell */
const WAIT_MS = 250;

export class DroppedHandles {
  /** how the thread that has the handles collects its garbage; resolves when the engine knows what was dropped */
  collect: () => Promise<void> = collectGarbage;
  /** counts collections: what is released after one was not counted again since */
  private round = 0;
  private keptBytes = 0;
  private elsewhere = 0;
  private isAsked = false;

  /**
   * A handle was given for a result of so many bytes.
   * @returns its round, for `released`
   */
  given(bytes: number): number {
    this.keptBytes += bytes;
    return this.round;
  }

  /** Its result was released, so nothing is lost with it. @param round what `given` returned for it */
  released(bytes: number, round: number): void {
    if (round === this.round) this.keptBytes -= bytes;
  }

  /** True if `free` is worth its time even with memory left. */
  get isWorthIt(): boolean {
    return this.keptBytes >= WORTH_BYTES;
  }

  /**
   * Starts a collection if it may free much.
   * @param limit bytes that all results may take
   * @param elsewhere bytes that the engine does not know: arguments and arrays that others hold
   * @returns resolves when it is done, or the owner has not answered for a while; undefined if it is not worth it
   */
  free(limit: number, elsewhere: number): Promise<void> | undefined {
    const dropped = this.keptBytes + Math.max(0, elsewhere - this.elsewhere);
    if (this.isAsked || dropped < WORTH_SHARE * limit) return undefined;
    this.keptBytes = 0;
    this.round += 1;
    this.elsewhere = elsewhere;
    return this.ask();
  }

  private async ask(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, WAIT_MS);
    });
    // Who has not answered is not asked again before it does.
    this.isAsked = true;
    const collected = this.collect().finally(() => {
      this.isAsked = false;
    });
    await Promise.race([collected, late]);
    clearTimeout(timer);
  }
}
