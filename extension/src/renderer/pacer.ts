/** When a frame may be drawn; tests pass one of their own. */
export interface FrameClock {
  now(): number;
  /** Calls back in the first frame after `ms`. @returns a function that prevents it */
  after(ms: number, callback: () => void): () => void;
}

/**
 * Draws at most every `everyMs`, one drawing at a time, and nothing while out of sight; a request made
 * meanwhile is drawn as soon as it may be.
 */
export class Pacer {
  readonly #draw: () => void | Promise<void>;
  readonly #everyMs: () => number;
  readonly #clock: FrameClock;
  #last = Number.NEGATIVE_INFINITY;
  #isWanted = false;
  #isDrawing = false;
  #isVisible = true;
  #prevent: (() => void) | undefined;

  constructor(draw: () => void | Promise<void>, everyMs: () => number, clock: FrameClock = browserClock) {
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
    if (!this.#isWanted || this.#isDrawing || !this.#isVisible || this.#prevent) return;
    const wait = Math.max(0, this.#last + this.#everyMs() - this.#clock.now());
    this.#prevent = this.#clock.after(wait, () => {
      this.#prevent = undefined;
      void this.#run();
    });
  }

  #disarm(): void {
    this.#prevent?.();
    this.#prevent = undefined;
  }

  async #run(): Promise<void> {
    this.#isWanted = false;
    this.#isDrawing = true;
    this.#last = this.#clock.now();
    try {
      await this.#draw();
    } finally {
      this.#isDrawing = false;
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
