/** Hands out the item with the lowest value first. */
export class Heap {
  readonly items: number[] = [];
  readonly #value: ArrayLike<number>;

  constructor(value: ArrayLike<number>) {
    this.#value = value;
  }

  push(item: number): void {
    let k = this.items.push(item) - 1;
    for (let up = (k - 1) >> 1; k > 0 && this.#less(k, up); up = (k - 1) >> 1) k = this.#swap(k, up);
  }

  pop(): number | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return top;
    this.items[0] = last;
    for (let k = 0; ; ) {
      const [left, right] = [2 * k + 1, 2 * k + 2];
      let least = k;
      if (left < this.items.length && this.#less(left, least)) least = left;
      if (right < this.items.length && this.#less(right, least)) least = right;
      if (least === k) return top;
      k = this.#swap(k, least);
    }
  }

  #less(a: number, b: number): boolean {
    const [x, y] = [this.items[a]!, this.items[b]!];
    return this.#value[x]! < this.#value[y]! || (this.#value[x] === this.#value[y] && x < y);
  }

  #swap(a: number, b: number): number {
    [this.items[a], this.items[b]] = [this.items[b]!, this.items[a]!];
    return b;
  }
}
