/**
 * What the array memory is used for, at one moment.
 * @module
 */
import { displaySymbol, inspectSymbol } from "../../symbols.js";
import type { Arena } from "./arena.js";
import type { Holder } from "./holders.js";
import { type MemoryFigures, memoryHtml, memoryText } from "./memory-chart.js";

/** The array memory of this process. It shows itself as a small chart. */
export class MemoryReport implements MemoryFigures {
  /** bytes of all blocks in use, with headers and rounding */
  readonly used: number;
  /** highest value that `used` had */
  readonly peak: number;
  /** bytes that may be in use */
  readonly limit: number;
  /** bytes of results that are on disk for lack of memory */
  readonly spilled: number;
  /** number of blocks in use */
  readonly blocks: number;
  /** share of the free memory that one block could not use, because it lies in pieces: 0 … 1 */
  readonly fragmentation: number;
  /** results that persisted arrays and runs hold; those that hold most first. Small results (below 16 KiB) are left out */
  readonly holders: readonly Holder[];

  constructor({ used, peak, limit, spilled, blocks, fragmentation }: Arena, holders: readonly Holder[]) {
    this.used = used;
    this.peak = peak;
    this.limit = limit;
    this.spilled = spilled;
    this.blocks = blocks;
    this.fragmentation = fragmentation;
    this.holders = holders.toSorted((a, b) => b.bytes - a.bytes || b.onDisk - a.onDisk);
  }

  [displaySymbol](): Record<string, string> {
    return { "text/plain": memoryText(this), "text/html": memoryHtml(this) };
  }

  [inspectSymbol](): string {
    return memoryText(this);
  }

  toString(): string {
    return memoryText(this);
  }
}
