/**
 * Finds numbers by keys.
 * @module
 */
import { isBlockKey, type Key, keyId } from "./key.js";

/**
 * A map from keys to numbers. Keys of blocks, such as `["x", 0, 1]`, are looked up index by index: to make, hash and
 * compare a string for each of them would be most of what building a graph of a million tasks costs.
 */
export class KeyIndex {
  /** of all other keys, by `keyId` */
  readonly #byId = new Map<string, number>();
  /** of blocks, by name; for each name a level for each number of indices */
  readonly #blocks = new Map<string, Level[]>();
  /** of the last block: keys of one array come in a row */
  #lastName: string | undefined;
  #lastLevels: Level[] = [];

  /**
   * The number of a key, or -1.
   * @throws {KeyError} if the key is not valid
   */
  get(key: Key): number {
    if (!isBlockKey(key)) return this.#byId.get(keyId(key)) ?? -1;
    let found: Level | number | undefined = this.#levelsOf(key[0])[key.length];
    for (let i = 1; i < key.length && found !== undefined; i++) found = (found as Level).get(key[i] as number);
    return (found as number | undefined) ?? -1;
  }

  /**
   * Gives a key its number, in place of one it may have.
   * @throws {KeyError} if the key is not valid
   */
  set(key: Key, number: number): void {
    if (!isBlockKey(key)) {
      this.#byId.set(keyId(key), number);
      return;
    }
    const levels = this.#levelsOf(key[0]);
    levels[key.length] ??= new Level();
    let level = levels[key.length];
    for (let i = 1; i < key.length - 1; i++) level = level.below(key[i] as number);
    level.set(key[key.length - 1] as number, number);
  }

  #levelsOf(name: string): Level[] {
    if (name === this.#lastName) return this.#lastLevels;
    let levels = this.#blocks.get(name);
    if (levels === undefined) {
      levels = [];
      this.#blocks.set(name, levels);
    }
    this.#lastName = name;
    this.#lastLevels = levels;
    return levels;
  }
}

/** What stands under one index of the keys: numbers if it is the last one, else the levels of the next. */
class Level {
  /** from 0 up without a gap: arrays add their blocks in this order, and find them several times faster than in a map */
  readonly #inRow: (Level | number)[] = [];
  #others: Map<number, Level | number> | undefined;

  get(index: number): Level | number | undefined {
    return index >= 0 && index < this.#inRow.length && Number.isInteger(index)
      ? this.#inRow[index]
      : this.#others?.get(index);
  }

  set(index: number, value: Level | number): void {
    if (index === this.#inRow.length) this.#inRow.push(value);
    else if (index >= 0 && index < this.#inRow.length && Number.isInteger(index)) this.#inRow[index] = value;
    else {
      this.#others ??= new Map();
      this.#others.set(index, value);
    }
  }

  /** The level of the next index, made if it is not there. */
  below(index: number): Level {
    const known = this.get(index);
    if (known !== undefined) return known as Level;
    const level = new Level();
    this.set(index, level);
    return level;
  }
}
