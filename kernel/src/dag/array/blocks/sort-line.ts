/**
 * Sorts lines of elements in the arena by digits.
 *
 * Three digits, 33 bits from the highest in which keys differ, are distributed; float64 has more, but then only
 * keys that agree in all of these may stand in the wrong order, and few do in most data. An insertion puts them
 * right; if they are many, all digits are distributed.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type ElementArray, itemsize, setElements, type TypedArray } from "../../memory/dtype.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import {
  COUNTED_DIGITS,
  type CountDigits,
  DIGIT_BITS,
  DIGITS,
  emitCountDigits,
  emitFromKeys,
  emitInsertKeys,
  emitScatter,
  emitToKeys,
  type FromKeys,
  type InsertKeys,
  type ScatterByDigit,
  type ToKeys,
} from "../emitter/sort-kernels.js";
import type { Scratch } from "./scratch.js";

/** Sorts elements `start` to `start + count` of `source` into the same place of the block, which may be the source. */
export type LineSorter = (source: ElementArray, start: number, count: number) => void;

/** Shorter lines are sorted by V8: emptying the counters of the digits would take longer (measured). */
const SHORTEST_FOR_DIGITS = 2048;
/** Moves of the insertion per element beyond which distributing all digits is faster. */
const MOST_MOVES = 1;
const WINDOW_BITS = COUNTED_DIGITS * DIGIT_BITS;

/**
 * Sorts lines into a block; NaN last.
 * @param longest elements of the longest line that it will be given
 */
export function lineSorter(block: Block, longest: number, scratch: Scratch): LineSorter {
  const elements = arena().elements(block);
  if (longest < SHORTEST_FOR_DIGITS) {
    return (source, start, count) => {
      const line = elements.subarray(start, start + count);
      setElements(line, source.subarray(start, start + count), 0);
      line.sort();
    };
  }
  const sorter = new DigitSorter(block, longest, scratch);
  const size = itemsize(block.dtype);
  return (source, start, count) => sorter.sort(source.byteOffset + start * size, block.offset + start * size, count);
}

class DigitSorter {
  private readonly size: number;
  private readonly spare: Block;
  private readonly counters: Block;
  private readonly differences: Block;
  private readonly toKeys: ToKeys;
  private readonly fromKeys: FromKeys;
  private readonly countDigits: CountDigits;
  private readonly scatter: ScatterByDigit;
  private readonly insert: InsertKeys;

  constructor({ dtype, memory }: Block, longest: number, scratch: Scratch) {
    this.size = itemsize(dtype);
    this.spare = scratch.allocate(dtype, [longest]);
    this.counters = scratch.allocate("int32", [COUNTED_DIGITS * DIGITS]);
    this.differences = scratch.allocate("int32", [4]);
    this.toKeys = instanceFor(`keys ${dtype}`, memory, () => emitToKeys(dtype));
    this.fromKeys = instanceFor(`from keys ${dtype}`, memory, () => emitFromKeys(dtype));
    this.countDigits = instanceFor(`digits ${dtype}`, memory, () => emitCountDigits(dtype));
    this.scatter = instanceFor(`scatter ${dtype}`, memory, () => emitScatter(dtype));
    this.insert = instanceFor(`insert ${dtype}`, memory, () => emitInsertKeys(dtype));
  }

  /**
   * @param source first byte of the elements
   * @param line first byte of the result
   */
  sort(source: number, line: number, count: number): void {
    const highest = this.highestDifference(source, line, count);
    const shift = Math.max(0, highest + 1 - WINDOW_BITS);
    let at = highest < 0 ? line : this.distribute(line, line, count, shift);
    if (shift > 0) {
      const limit = count * MOST_MOVES;
      if (this.insert(at, at + count * this.size, limit) > limit) {
        at = this.distribute(line, at, count, 0);
        at = this.distribute(line, at, count, WINDOW_BITS);
      }
    }
    this.fromKeys(at, line, count);
  }

  /** Writes keys to the line; the highest bit in which some of them differ, -1 if all are equal. */
  private highestDifference(source: number, line: number, count: number): number {
    this.toKeys(source, line, count, this.differences.offset);
    const words = arena().view(this.differences);
    const high = this.size === 8 ? words[1] : 0;
    return high === 0 ? 31 - Math.clz32(words[0]) : 63 - Math.clz32(high);
  }

  /**
   * Sorts by the digits from bit `shift` on, going to and fro between the line and the spare block.
   * @param from where the keys are
   * @returns where they are then
   */
  private distribute(line: number, from: number, count: number, shift: number): number {
    const counts = arena().view(this.counters).fill(0);
    this.countDigits(from, count, this.counters.offset, shift);
    let at = from;
    for (let number = 0; number < COUNTED_DIGITS; number++) {
      const own = counts.subarray(number * DIGITS, (number + 1) * DIGITS);
      const target = at === line ? this.spare.offset : line;
      if (!toPlaces(own, count, target, this.size)) continue;
      this.scatter(at, count, this.counters.offset + number * DIGITS * 4, shift + number * DIGIT_BITS);
      at = target;
    }
    return at;
  }
}

/**
 * From how often each digit occurs to where its first element goes.
 * @returns false if all elements have the same digit: they need not be moved
 */
function toPlaces(counts: TypedArray, total: number, target: number, size: number): boolean {
  let place = target;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit];
    if (count === total) return false;
    counts[digit] = place;
    place += count * size;
  }
  return true;
}
