import { MEMORY_POINTS, roundMs } from "./limits.js";
import type { MemoryColumns } from "./messages.js";

interface Point {
  readonly time: number;
  readonly bytes: number;
  readonly spilled: number;
}

/**
 * Bytes held over the time of a run, in at most 200 points at even distances: of all that fall into one
 * stretch of time the highest stays, and the stretches double when there are too many of them.
 */
export class MemoryStrip {
  #points: Point[] = [];
  #last: Point | undefined;
  #stretchMs = 1;

  /** @param spilled bytes on disk */
  add(time: number, bytes: number, spilled = 0): void {
    this.#last = { time: Math.max(time, this.#last?.time ?? 0), bytes, spilled };
    this.#put(this.#last);
    // One place is for the last point, which is always told.
    while (this.#points.length >= MEMORY_POINTS) {
      this.#stretchMs *= 2;
      const points = this.#points;
      this.#points = [];
      for (const point of points) this.#put(point);
    }
  }

  columns(): MemoryColumns {
    const points = this.#last === this.#points.at(-1) ? this.#points : [...this.#points, this.#last!];
    return {
      t: points.map(({ time }) => roundMs(time)),
      bytes: points.map(({ bytes }) => bytes),
      ...(points.some(({ spilled }) => spilled > 0) && { spilled: points.map(({ spilled }) => spilled) }),
    };
  }

  #put(point: Point): void {
    const before = this.#points.at(-1);
    const isNew = before === undefined || this.#stretch(before) !== this.#stretch(point);
    if (isNew) this.#points.push(point);
    else if (point.bytes >= before.bytes) this.#points[this.#points.length - 1] = point;
  }

  #stretch({ time }: Point): number {
    return Math.floor(time / this.#stretchMs);
  }
}
