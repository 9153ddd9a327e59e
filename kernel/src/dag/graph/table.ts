/**
 * Numbered lists without duplicates.
 * @module
 */

/** Gives every distinct value a number, in order of first appearance. Values are told apart by identity. */
export class Table<T> {
  readonly items: T[] = [];
  readonly #index = new Map<unknown, number>();

  indexOf(item: T): number {
    // A Map takes -0 for 0.
    const key = Object.is(item, -0) ? NEGATIVE_ZERO : item;
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    this.#index.set(key, this.items.length);
    return this.items.push(item) - 1;
  }
}

const NEGATIVE_ZERO = Symbol("-0");
