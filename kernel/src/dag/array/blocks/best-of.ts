/**
 * The k first elements of a line by their order, with their positions: a heap whose top is the worst of them, so
 * that most elements are turned away by one comparison.
 * @module
 */
import type { TypedArray } from "../../memory/dtype.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import { type Compared, emitSkip, GROUP_BYTES, type SkipGroups } from "../emitter/skip-kernel.js";

/** Which elements come first. */
export interface Order {
  readonly largest: boolean;
  /** NaN comes before all numbers; else it counts as larger than all, as when NumPy sorts */
  readonly nanFirst: boolean;
}

export class BestOf {
  readonly values: Float64Array;
  readonly positions: Float64Array;
  /** elements that are held */
  count = 0;
  private readonly order: Order;
  private readonly skip: SkipGroups;

  /**
   * @param k most elements to hold, from 1 up
   * @param elements their type, and the memory of the arena in which they stand
   */
  constructor(k: number, order: Order, { dtype, memory }: { readonly dtype: Compared; readonly memory: number }) {
    const side = order.largest ? "above" : "below";
    this.skip = instanceFor(`skip ${side} ${dtype}`, memory, () => emitSkip(side, dtype));
    this.values = new Float64Array(k);
    this.positions = new Float64Array(k);
    this.order = order;
  }

  clear(): void {
    this.count = 0;
  }

  /**
   * Offers elements `start` to `start + count` of `x`, which stand at `position` and after it in their line.
   * @param x in the arena, so that a kernel can pass over what is not good enough
   */
  offer(x: TypedArray, start: number, count: number, position: number): void {
    const { values } = this;
    const { largest } = this.order;
    const end = start + count;
    let i = start;
    for (; i < end && this.count < values.length; i++) this.push(x[i], position + i - start);
    const size = x.BYTES_PER_ELEMENT;
    while (i < end) {
      const from = x.byteOffset + i * size;
      // positions are unsigned, what a kernel returns is signed
      i += ((this.skip(from, x.byteOffset + end * size, values[0]) >>> 0) - from) / size;
      for (const group = Math.min(end, i + GROUP_BYTES / size); i < group; i++) {
        const value = x[i];
        if (largest ? value <= values[0] : value >= values[0]) continue;
        this.replaceWorst(value, position + i - start);
      }
    }
  }

  /** Offers one element. */
  add(value: number, position: number): void {
    if (this.count < this.values.length) this.push(value, position);
    else this.replaceWorst(value, position);
  }

  /** Indices into `values` and `positions`, the first element first. */
  ranking(): number[] {
    const { values, positions } = this;
    return Array.from({ length: this.count }, (_, i) => i).sort((a, b) =>
      this.precedes(values[a], positions[a], values[b], positions[b]) ? -1 : 1,
    );
  }

  /** Of equal elements the earlier one is first. */
  private precedes(a: number, positionA: number, b: number, positionB: number): boolean {
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return positionA < positionB;
    if (Number.isNaN(a)) return this.order.largest || this.order.nanFirst;
    if (Number.isNaN(b)) return !this.order.largest && !this.order.nanFirst;
    return this.order.largest ? a > b : a < b;
  }

  private push(value: number, position: number): void {
    const { values, positions } = this;
    let at = this.count++;
    for (; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.precedes(values[parent], positions[parent], value, position)) break;
      values[at] = values[parent];
      positions[at] = positions[parent];
      at = parent;
    }
    values[at] = value;
    positions[at] = position;
  }

  private replaceWorst(value: number, position: number): void {
    const { values, positions, count } = this;
    if (!this.precedes(value, position, values[0], positions[0])) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      const right = child + 1;
      if (right < count && this.precedes(values[child], positions[child], values[right], positions[right]))
        child = right;
      if (!this.precedes(value, position, values[child], positions[child])) break;
      values[at] = values[child];
      positions[at] = positions[child];
      at = child;
    }
    values[at] = value;
    positions[at] = position;
  }
}
