/**
 * The memory that holds the blocks of all arrays: shared by every thread of the process, handed out
 * and taken back by explicit reference counts (V8 neither counts nor collects shared memory by itself).
 * @module
 */
import os from "node:os";
import process from "node:process";
import { MemoryError } from "../../errors.js";
import { formatBytes } from "../../format-bytes.js";
import type { Block } from "./block.js";
import type { Discard } from "./discard.js";
import { asNumbers, type DType, type ElementArray, elementsOver, itemsize, type TypedArray } from "./dtype.js";
import { Heap, heapOverhead } from "./heap.js";
import { heldText } from "./holders.js";

/** What another thread needs to use the same arena; crosses threads by structured clone. */
export interface ArenaHandle {
  readonly memories: readonly WebAssembly.Memory[];
  /** Int32: peak and limit in units of 64 bytes, number of owners, units on disk */
  readonly control: SharedArrayBuffer;
}

const pageBytes = 65_536;
/** largest memory that a 32-bit WebAssembly module can address: 4 GiB */
const maxPages = 65_536;
const unitBytes = 64;
const peak = 0;
const limit = 1;
const owners = 2;
const spilled = 3;
const controlBytes = 16;

/** The blocks of `Arena.track`, by where they stand. */
export type TrackedBlocks = Map<number, Block>;

export class Arena {
  readonly handle: ArenaHandle;
  private readonly heaps: readonly Heap[];
  private readonly counters: Int32Array;
  private tracked: TrackedBlocks | undefined;

  private constructor(handle: ArenaHandle, heaps: readonly Heap[]) {
    this.handle = handle;
    this.heaps = heaps;
    this.counters = new Int32Array(handle.control);
  }

  /**
   * Reserves address space; pages take real memory when they are first written, and keep it.
   * @param options.limitBytes most bytes in use at a time; default 60 % of the machine's (or container's) memory
   * @param options.memoryBytes most bytes of one memory; default 4 GiB
   */
  static create(options: { readonly limitBytes?: number; readonly memoryBytes?: number } = {}): Arena {
    const limitBytes = options.limitBytes ?? Math.floor(machineBytes() * 0.6);
    const mostPages = Math.min(maxPages, Math.ceil((options.memoryBytes ?? maxPages * pageBytes) / pageBytes));
    const memories: WebAssembly.Memory[] = [];
    for (let rest = limitBytes; rest > 0; ) {
      const memory = reserve(Math.min(mostPages, Math.ceil((rest + heapOverhead) / pageBytes)), memories.length > 0);
      if (memory === undefined) break;
      memories.push(memory);
      rest -= memory.buffer.byteLength - heapOverhead;
    }
    const control = new SharedArrayBuffer(controlBytes);
    new Int32Array(control)[limit] = Math.floor(limitBytes / unitBytes);
    return new Arena({ memories, control }, memories.map(Heap.format));
  }

  /**
   * The same arena on another thread.
   * @param owner from `newOwner`, if somebody will call `freeOwnedBy` when this thread has ended
   */
  static attach(handle: ArenaHandle, owner = 0): Arena {
    return new Arena(
      handle,
      handle.memories.map((memory) => new Heap(memory, owner)),
    );
  }

  /** Bytes in use, headers and rounding included. */
  get used(): number {
    return this.heaps.reduce((sum, heap) => sum + heap.used, 0);
  }

  /** Highest value that `used` had. */
  get peak(): number {
    return Atomics.load(this.counters, peak) * unitBytes;
  }

  /** Most bytes that may be in use. */
  get limit(): number {
    return this.counters[limit] * unitBytes;
  }

  /** Bytes of results that engines wrote to disk for lack of memory. */
  get spilled(): number {
    return Atomics.load(this.counters, spilled) * unitBytes;
  }

  /** An engine wrote so many bytes to disk, or (negative) has them there no longer. */
  addSpilled(bytes: number): void {
    Atomics.add(this.counters, spilled, Math.sign(bytes) * Math.ceil(Math.abs(bytes) / unitBytes));
  }

  /** Number of blocks in use. */
  get blocks(): number {
    return this.heaps.reduce((sum, heap) => sum + heap.blocks, 0);
  }

  /**
   * Share of the free memory that the largest block could not use, because it lies in pieces: 0 … 1. An estimate
   * while other threads allocate.
   */
  get fragmentation(): number {
    const free = this.heaps.reduce((sum, heap) => sum + heap.freeBytes, 0);
    const largest = this.heaps.reduce((sum, heap) => sum + heap.largestFree, 0);
    return free === 0 ? 0 : Math.max(0, 1 - largest / free);
  }

  /**
   * A block with one reference; its elements are whatever the memory held before.
   * @param near memory to try first: kernels run fastest when all their blocks stand in one memory
   * @throws {MemoryError} if the arena is full
   */
  allocate(dtype: DType, shape: readonly number[], near = 0): Block {
    const bytes = shape.reduce((product, size) => product * size, itemsize(dtype));
    for (let turn = 0; turn < this.heaps.length; turn++) {
      const memory = (near + turn) % this.heaps.length;
      const offset = bytes < 2 ** 32 ? this.heaps[memory].allocate(bytes) : 0;
      if (offset === 0) continue;
      if (!this.fitsLimit()) {
        this.heaps[memory].addReferences(offset, -1);
        break;
      }
      const block: Block = { dagbook: "block", memory, offset, dtype, shape };
      this.tracked?.set(identity(block), block);
      return block;
    }
    throw this.full(bytes);
  }

  /**
   * Adds one reference.
   * @throws {MemoryError} if the block was released already
   */
  retain(block: Block): void {
    if ((this.heaps[block.memory]?.addReferences(block.offset, 1) ?? -1) < 0) throw notLive(block);
  }

  /**
   * Drops one reference, on any thread; without references the memory is free again.
   * @throws {MemoryError} if the block was released already
   */
  release(block: Block): void {
    const references = this.heaps[block.memory]?.addReferences(block.offset, -1) ?? -1;
    if (references < 0) throw notLive(block);
    if (references === 0) this.tracked?.delete(identity(block));
  }

  /** Number of references to a block; at most 0 if it is not in use. */
  referencesTo(block: Block): number {
    return this.heaps[block.memory]?.addReferences(block.offset, 0) ?? 0;
  }

  /** A number that no other thread has. */
  newOwner(): number {
    return Atomics.add(this.counters, owners, 1) + 1;
  }

  /** The thread that allocated the block and has not handed it out, 0 if there is none. */
  ownerOf(block: Block): number {
    return this.heaps[block.memory].ownerOf(block.offset);
  }

  /** A block that left the thread which allocated it: it stays when that thread ends. */
  disown(block: Block): void {
    this.heaps[block.memory].disown(block.offset);
  }

  /** Frees what a thread that has ended allocated and never handed out. */
  freeOwnedBy(owner: number): void {
    for (const heap of this.heaps) heap.freeOwnedBy(owner);
  }

  /**
   * Gives the pages of free memory back to the system, a part at a time. Only for threads that nobody kills.
   * @param mayGoOn asked between parts
   */
  async trim(discard: Discard, mayGoOn: () => boolean): Promise<void> {
    for (const heap of this.heaps) {
      for (let from = 1; from > 0 && mayGoOn(); ) {
        from = heap.discardFree(discard, from);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** The elements of a block, flat and in C order; no copy. Valid until the block is released. */
  elements({ dtype, shape, memory, offset }: Block): ElementArray {
    const length = shape.reduce((product, size) => product * size, 1);
    const { buffer } = this.handle.memories[memory];
    return elementsOver(dtype, buffer, offset, length);
  }

  /**
   * `elements` of a block of numbers.
   * @throws {DTypeError} if they are bigints
   */
  view(block: Block): TypedArray {
    return asNumbers(this.elements(block));
  }

  /** Starts a list of the blocks that this thread allocates and does not release itself. */
  track(): void {
    this.tracked = new Map();
  }

  /** Ends the list that `track` started and returns it. */
  takeTracked(): Block[] {
    const blocks = [...(this.tracked?.values() ?? [])];
    this.tracked = undefined;
    return blocks;
  }

  /** Replaces the list that `track` started, for work in the middle of other work; returns the one before. */
  swapTracked(blocks: TrackedBlocks | undefined): TrackedBlocks | undefined {
    const { tracked } = this;
    this.tracked = blocks;
    return tracked;
  }

  /** False if more is in use than may be; else takes note of the peak. */
  private fitsLimit(): boolean {
    const total = this.used / unitBytes;
    if (total > this.counters[limit]) return false;
    let highest = Atomics.load(this.counters, peak);
    while (total > highest) highest = Atomics.compareExchange(this.counters, peak, highest, total);
    return true;
  }

  private full(bytes: number): MemoryError {
    const facts = { asked: bytes, used: this.used, limit: this.limit };
    return new MemoryError(
      `array memory is full: a block of ${formatBytes(bytes)} was asked for, ${formatBytes(facts.used)} of ` +
        `${formatBytes(facts.limit)} are in use: use smaller chunks, drop persisted arrays (await da.memory() lists them), or give the arena a higher limit${heldText(facts.used)}`,
      facts,
    );
  }
}

let current: Arena | undefined;

/** This thread's arena; created with the default limit at first use if `useArena` gave none. */
export function arena(): Arena {
  current ??= Arena.create();
  return current;
}

/** Makes `shared` the arena of this thread. */
export function useArena(shared: Arena): void {
  current = shared;
}

/** Memory of the machine, or of the container if that is smaller. */
function machineBytes(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  return constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem();
}

/** Shared memory of `pages`, or the largest half, quarter ... of it that the system reserves. */
function reserve(pages: number, mayFail: boolean): WebAssembly.Memory | undefined {
  for (let size = pages; ; size = Math.ceil(size / 2)) {
    try {
      return new WebAssembly.Memory({ initial: size, maximum: size, shared: true });
    } catch (cause) {
      if (size > 16) continue;
      if (mayFail) return undefined;
      throw new MemoryError(
        "no shared memory of even 1 MB could be reserved for arrays: raise the address space limit (ulimit -v)",
        { pages },
        { cause },
      );
    }
  }
}

/** A number that no other live block has. */
function identity(block: Block): number {
  return block.memory * 2 ** 32 + block.offset;
}

function notLive(block: Block): MemoryError {
  return new MemoryError(
    `block at offset ${block.offset} of memory ${block.memory} is not in use: it was released twice or never allocated; ` +
      "release each reference once",
    { block },
  );
}
