/** When a frame may be drawn; tests pass one of their own. */
export interface FrameClock {
  now(): number;
  /** Calls back in the first frame after `ms`. @returns a function that prevents it */
  after(ms: number, callback: () => void): () => void;
}

/**
 * Draws at most every `everyMs`, and nothing while out of sight; a request made meanwhile is drawn as
 * soon as it may be. After a slow drawing it rests as long as that took, so that the page keeps half of
 * its time for the reader.
 */
export class Pacer {
  readonly #draw: () => void;
  readonly #everyMs: () => number;
  readonly #clock: FrameClock;
  #next = Number.NEGATIVE_INFINITY;
  #isWanted = false;
  #isVisible = true;
  #prevent: (() => void) | undefined;

  constructor(draw: () => void, everyMs: () => number, clock: FrameClock = browserClock) {
    this.#draw = draw;
    this.#everyMs = everyMs;
    this.#clock = clock;
  }

  /** Something has changed. */
  request(): void {
    this.#isWanted = true;
    this.#arm();
  }

  set isVisible(isVisible: boolean) {
    this.#isVisible = isVisible;
    if (isVisible) this.#arm();
    else this.#disarm();
  }

  dispose(): void {
    this.isVisible = false;
  }

  #arm(): void {
    if (!this.#isWanted || !this.#isVisible || this.#prevent) return;
    const wait = Math.max(0, this.#next - this.#clock.now());
    this.#prevent = this.#clock.after(wait, () => this.#run());
  }

  #disarm(): void {
    this.#prevent?.();
    this.#prevent = undefined;
  }

  #run(): void {
    this.#isWanted = false;
    const start = this.#clock.now();
    try {
      this.#draw();
    } finally {
      const end = this.#clock.now();
      this.#next = Math.max(start + this.#everyMs(), end + (end - start));
      // Only now: a drawing that asks for the next one must not get it at once.
      this.#prevent = undefined;
      this.#arm();
    }
  }
}

const browserClock: FrameClock = {
  now: () => performance.now(),
  after(ms, callback) {
    let frame = 0;
    const timer = setTimeout(() => {
      frame = requestAnimationFrame(callback);
    }, ms);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  },
};
