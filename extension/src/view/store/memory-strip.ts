const MOST_POINTS = 400;

/** Bytes held over time. Keeps at most 400 points: beyond, each pair becomes its higher one, so peaks stay. */
export class MemoryStrip {
  readonly t: number[] = [];
  readonly bytes: number[] = [];

  append(columns: { readonly t: readonly number[]; readonly bytes: readonly number[] }): void {
    for (const [k, t] of columns.t.entries()) {
      this.t.push(t);
      this.bytes.push(columns.bytes[k] ?? 0);
      if (this.t.length > MOST_POINTS) this.#thin();
    }
  }

  get last(): number {
    return this.bytes.at(-1) ?? 0;
  }

  #thin(): void {
    const half = Math.floor(this.t.length / 2);
    for (let k = 0; k < half; k++) {
      const higher = this.bytes[2 * k]! >= this.bytes[2 * k + 1]! ? 2 * k : 2 * k + 1;
      this.t[k] = this.t[higher]!;
      this.bytes[k] = this.bytes[higher]!;
    }
    const rest = this.t.length % 2;
    if (rest) {
      this.t[half] = this.t.at(-1)!;
      this.bytes[half] = this.bytes.at(-1)!;
    }
    this.t.length = half + rest;
    this.bytes.length = half + rest;
  }
}
