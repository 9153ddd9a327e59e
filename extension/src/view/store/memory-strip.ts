import type { MemoryColumns } from "dagbook/dashboard-messages";

const MOST_POINTS = 400;

/** Bytes held over time, in memory and on disk. Keeps at most 400 points: beyond, each pair becomes its higher one, so peaks stay. */
export class MemoryStrip {
  readonly t: number[] = [];
  readonly bytes: number[] = [];
  readonly spilled: number[] = [];
  mostSpilled = 0;

  append(columns: MemoryColumns): void {
    for (const [k, t] of columns.t.entries()) {
      this.t.push(t);
      this.bytes.push(columns.bytes[k] ?? 0);
      const spilled = columns.spilled?.[k] ?? 0;
      this.spilled.push(spilled);
      if (spilled > this.mostSpilled) this.mostSpilled = spilled;
      if (this.t.length > MOST_POINTS) this.#thin();
    }
  }

  get last(): number {
    return this.bytes.at(-1) ?? 0;
  }

  #thin(): void {
    const half = Math.ceil(this.t.length / 2);
    for (let k = 0; k < half; k++) {
      const [a, b] = [2 * k, Math.min(2 * k + 1, this.t.length - 1)];
      const higher = this.bytes[a]! >= this.bytes[b]! ? a : b;
      this.t[k] = this.t[higher]!;
      this.bytes[k] = this.bytes[higher]!;
      this.spilled[k] = Math.max(this.spilled[a]!, this.spilled[b]!);
    }
    this.t.length = this.bytes.length = this.spilled.length = half;
  }
}
