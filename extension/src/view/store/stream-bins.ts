import type { StreamColumns } from "dagbook/dashboard-messages";

/** How long each function ran on each lane in each slice of time, as the kernel tells it of a run of many tasks. */
export class StreamBins {
  /** functions, and one more for tasks that threw */
  readonly columns: number;
  #told: StreamColumns;
  #ms: Float32Array;

  constructor(groups: number, told: StreamColumns) {
    this.columns = groups + 1;
    this.#told = told;
    this.#ms = this.#empty();
    this.apply(told);
  }

  get lanes(): number {
    return this.#told.lanes;
  }
  get slices(): number {
    return this.#told.slices;
  }
  get sliceMs(): number {
    return this.#told.sliceMs;
  }

  apply(told: StreamColumns): void {
    this.#told = told;
    if (told.isWhole) this.#ms = this.#empty();
    for (const [k, cell] of told.cell.entries()) this.#ms[cell * this.columns + told.column[k]!] = told.ms[k]!;
  }

  /** Milliseconds by function in one slice of a lane: a view, not a copy. */
  at(lane: number, slice: number): Float32Array {
    const from = (lane * this.slices + slice) * this.columns;
    return this.#ms.subarray(from, from + this.columns);
  }

  #empty(): Float32Array {
    return new Float32Array(this.lanes * this.slices * this.columns);
  }
}
