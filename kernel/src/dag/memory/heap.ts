/**
 * Allocator of one shared WebAssembly memory, usable from every thread.
 *
 * Two-level segregated fit: free blocks hang in lists by size class (32 classes per doubling), two
 * levels of bitmaps find a list in constant time, neighbours that are free are merged at once.
 * Everything stands in the memory itself, so a thread needs nothing but the memory.
 *
 * The lock and a killed worker: V8 ends a worker where it calls a function (a built-in one too) or jumps
 * back in a loop, nowhere else (measured). While the lock is held there is therefore no call and no loop,
 * not even `Math.clz32`: `allocate` and `free` are written out in full, and the lists are never left half
 * changed. A worker can still die where it calls `Atomics` to unlock. So it first notes in plain words
 * that its ticket is done; whoever has waited for a done ticket takes the lock over.
 * @see M. Masmano, I. Ripoll, A. Crespo, J. Real: TLSF, a new dynamic memory allocator for real-time systems (2004)
 * @module
 */
import { type Discard, PAGE_BYTES } from "./discard.js";
import { doneWord, LockedWords, unlock } from "./locked-words.js";
import { classOf, smallestOf, unitBytes, unitsFor } from "./size-classes.js";

const wordShift = 4; // 16 words of 32 bits per unit

// Words of the control area at the start of the memory. Offset 0 is never given out: "none".
// Words 16 to 18 belong to the lock (locked-words.ts).
const usedWord = 19; // units in use; changed under the lock, so that a killed worker cannot leave it wrong
const blocksWord = 20; // blocks in use, in the same way
const levelsWord = 32;
const classesWord = 64;
const headsWord = 128;
const controlUnits = 64;

// Words of the header: the unit before the data of every block.
const markField = 0;
const sizeField = 1;
const beforeField = 2;
const referencesField = 3;
const nextField = 4;
const previousField = 5;
const classField = 6;
const ownerField = 7;

const freeMark = 0x66726565;
const usedMark = 0x75736564;
const smallestBlock = 2;
/** Bytes that are given back to the system while the lock is held: about a millisecond. */
const DISCARDED_BYTES = 2 ** 24;

/** Bytes of `memory` that `Heap` keeps for itself. */
export const heapOverhead = (controlUnits + 1) * unitBytes;

// The exponent of a float64 is the logarithm of an integer: found without calling a function.
const float = new Float64Array(1);
const floatWords = new Int32Array(float.buffer);

export class Heap extends LockedWords {
  private readonly owner: number;

  /** Uses a memory on which `Heap.format` was called. @param owner marks blocks allocated here; 0 for nobody */
  constructor(memory: WebAssembly.Memory, owner = 0) {
    super(memory);
    this.owner = owner;
  }

  /** Makes all of a fresh memory one free block. */
  static format(memory: WebAssembly.Memory): Heap {
    const heap = new Heap(memory);
    const { words } = heap;
    const size = words.length / 16 - controlUnits - 1;
    const sizeClass = classOf(size);
    const at = controlUnits << wordShift;
    words[at + markField] = freeMark;
    words[at + sizeField] = size;
    words[at + classField] = sizeClass;
    words[headsWord + sizeClass] = controlUnits;
    words[classesWord + (sizeClass >> 5)] = 1 << (sizeClass & 31);
    words[levelsWord] = 1 << (sizeClass >> 5);
    const end = (controlUnits + size) << wordShift;
    words[end + markField] = usedMark;
    words[end + beforeField] = controlUnits;
    return heap;
  }

  /**
   * Reserves memory with one reference.
   * @returns offset in bytes, a multiple of 64, or 0 if no free block is large enough
   */
  allocate(bytes: number): number {
    const { words, owner } = this;
    const need = unitsFor(bytes);
    const wanted = classOf(need);
    let level = wanted >> 5;
    const ticket = this.lock();
    // from here to `unlock`: no call, no loop (see the head of this file)
    let classes = words[classesWord + level] & (-1 << (wanted & 31));
    if (classes === 0) {
      const levels = words[levelsWord] & (-2 << level);
      if (levels === 0) {
        words[doneWord] = ticket;
        unlock(words, ticket);
        return 0;
      }
      float[0] = levels & -levels;
      level = (floatWords[1] >> 20) - 1023;
      classes = words[classesWord + level];
    }
    const bit = classes & -classes;
    float[0] = bit;
    const head = headsWord + (level << 5) + (bit < 0 ? 31 : (floatWords[1] >> 20) - 1023);
    const unit = words[head];
    const at = unit << wordShift;
    const next = words[at + nextField];
    words[head] = next;
    if (next !== 0) {
      words[(next << wordShift) + previousField] = 0;
    } else {
      words[classesWord + level] &= ~bit;
      if (words[classesWord + level] === 0) words[levelsWord] &= ~(1 << level);
    }
    const rest = words[at + sizeField] - need;
    if (rest >= smallestBlock) {
      const restUnit = unit + need;
      const restAt = restUnit << wordShift;
      float[0] = rest;
      const log = (floatWords[1] >> 20) - 1023;
      const restClass = rest < 32 ? rest : ((log - 4) << 5) | ((rest >>> (log - 5)) & 31);
      const first = words[headsWord + restClass];
      words[restAt + markField] = freeMark;
      words[restAt + sizeField] = rest;
      words[restAt + beforeField] = unit;
      words[restAt + nextField] = first;
      words[restAt + previousField] = 0;
      words[restAt + classField] = restClass;
      if (first !== 0) words[(first << wordShift) + previousField] = restUnit;
      words[headsWord + restClass] = restUnit;
      words[classesWord + (restClass >> 5)] |= 1 << (restClass & 31);
      words[levelsWord] |= 1 << (restClass >> 5);
      words[((restUnit + rest) << wordShift) + beforeField] = restUnit;
      words[at + sizeField] = need;
    }
    words[usedWord] += words[at + sizeField];
    words[blocksWord] += 1;
    words[at + ownerField] = owner;
    words[at + referencesField] = 1;
    words[at + markField] = usedMark ^ unit;
    words[doneWord] = ticket;
    unlock(words, ticket);
    return (unit + 1) * unitBytes;
  }

  /**
   * Adds to the reference count of a block and gives it back to the heap when the count reaches 0.
   * @returns the count afterwards, or -1 if there is no such block (never allocated or already released)
   */
  addReferences(offset: number, change: 1 | 0 | -1): number {
    const unit = offset / unitBytes - 1;
    if (!Number.isInteger(unit) || unit < controlUnits) return -1;
    const at = unit << wordShift;
    if (Atomics.load(this.words, at + markField) !== (usedMark ^ unit)) return -1;
    const before = Atomics.add(this.words, at + referencesField, change);
    if (before <= 0) {
      Atomics.sub(this.words, at + referencesField, change);
      return -1;
    }
    if (before + change === 0) this.free(unit);
    return before + change;
  }

  /** Bytes in use, headers and rounding included. */
  get used(): number {
    return Atomics.load(this.words, usedWord) * unitBytes;
  }

  /** Number of blocks in use. */
  get blocks(): number {
    return Atomics.load(this.words, blocksWord);
  }

  /** Bytes not in use, in pieces. */
  get freeBytes(): number {
    return this.words.byteLength - heapOverhead - this.used;
  }

  /** Bytes of the largest free piece, to within 3 %: those of its size class. Takes no lock. */
  get largestFree(): number {
    const level = 31 - Math.clz32(Atomics.load(this.words, levelsWord));
    if (level < 0) return 0;
    const place = 31 - Math.clz32(Atomics.load(this.words, classesWord + level));
    return place < 0 ? 0 : smallestOf((level << 5) | place) * unitBytes;
  }

  /** Owner of a block, 0 if it has none. */
  ownerOf(offset: number): number {
    return this.words[((offset / unitBytes - 1) << wordShift) + ownerField];
  }

  disown(offset: number): void {
    this.words[((offset / unitBytes - 1) << wordShift) + ownerField] = 0;
  }

  /** Frees the blocks of a thread that has ended, whatever their references. Only for threads that nobody kills. */
  freeOwnedBy(owner: number): void {
    const { words } = this;
    const owned: number[] = [];
    const ticket = this.lock();
    const end = words.length / 16 - 1;
    for (let unit = controlUnits; unit < end; unit += words[(unit << wordShift) + sizeField]) {
      const at = unit << wordShift;
      if (words[at + ownerField] === owner && words[at + markField] === (usedMark ^ unit)) owned.push(unit);
    }
    words[doneWord] = ticket;
    unlock(words, ticket);
    for (const unit of owned) this.free(unit);
  }

  /**
   * Drops pages that no block stands on, up to 16 MiB of them: others wait for the lock meanwhile. Only for threads that
   * nobody kills.
   * @param from byte from which to look
   * @returns byte from which to go on, 0 if there is no more
   */
  discardFree(discard: Discard, from: number): number {
    const { words } = this;
    const ticket = this.lock();
    try {
      const end = words.length / 16 - 1;
      for (let unit = controlUnits; unit < end; unit += words[(unit << wordShift) + sizeField]) {
        const at = unit << wordShift;
        if (words[at + markField] !== freeMark) continue;
        const first = Math.ceil(Math.max(from, (unit + 1) * unitBytes) / PAGE_BYTES) * PAGE_BYTES;
        const last = Math.floor(((unit + words[at + sizeField]) * unitBytes) / PAGE_BYTES) * PAGE_BYTES;
        if (first >= last) continue;
        const stop = Math.min(last, first + DISCARDED_BYTES);
        discard(new Uint8Array(words.buffer, first, stop - first));
        return stop;
      }
      return 0;
    } finally {
      words[doneWord] = ticket;
      unlock(words, ticket);
    }
  }

  private free(freed: number): void {
    const { words } = this;
    let unit = freed;
    const ticket = this.lock();
    // from here to `unlock`: no call, no loop (see the head of this file)
    let at = unit << wordShift;
    words[at + markField] = 0;
    let size = words[at + sizeField];
    words[usedWord] -= size;
    words[blocksWord] -= 1;
    const after = (unit + size) << wordShift;
    if (words[after + markField] === freeMark) {
      const next = words[after + nextField];
      const previous = words[after + previousField];
      if (next !== 0) words[(next << wordShift) + previousField] = previous;
      if (previous !== 0) {
        words[(previous << wordShift) + nextField] = next;
      } else {
        const sizeClass = words[after + classField];
        words[headsWord + sizeClass] = next;
        if (next === 0) {
          words[classesWord + (sizeClass >> 5)] &= ~(1 << (sizeClass & 31));
          if (words[classesWord + (sizeClass >> 5)] === 0) words[levelsWord] &= ~(1 << (sizeClass >> 5));
        }
      }
      words[after + markField] = 0;
      size += words[after + sizeField];
    }
    const beforeUnit = words[at + beforeField];
    const before = beforeUnit << wordShift;
    if (beforeUnit !== 0 && words[before + markField] === freeMark) {
      const next = words[before + nextField];
      const previous = words[before + previousField];
      if (next !== 0) words[(next << wordShift) + previousField] = previous;
      if (previous !== 0) {
        words[(previous << wordShift) + nextField] = next;
      } else {
        const sizeClass = words[before + classField];
        words[headsWord + sizeClass] = next;
        if (next === 0) {
          words[classesWord + (sizeClass >> 5)] &= ~(1 << (sizeClass & 31));
          if (words[classesWord + (sizeClass >> 5)] === 0) words[levelsWord] &= ~(1 << (sizeClass >> 5));
        }
      }
      size += words[before + sizeField];
      unit = beforeUnit;
      at = before;
    }
    float[0] = size;
    const log = (floatWords[1] >> 20) - 1023;
    const sizeClass = size < 32 ? size : ((log - 4) << 5) | ((size >>> (log - 5)) & 31);
    const first = words[headsWord + sizeClass];
    words[at + sizeField] = size;
    words[at + referencesField] = 0;
    words[at + nextField] = first;
    words[at + previousField] = 0;
    words[at + classField] = sizeClass;
    words[at + markField] = freeMark;
    if (first !== 0) words[(first << wordShift) + previousField] = unit;
    words[headsWord + sizeClass] = unit;
    words[classesWord + (sizeClass >> 5)] |= 1 << (sizeClass & 31);
    words[levelsWord] |= 1 << (sizeClass >> 5);
    words[((unit + size) << wordShift) + beforeField] = unit;
    words[doneWord] = ticket;
    unlock(words, ticket);
  }
}
