/**
 * The memory of one engine: what its results take, what running tasks will add, what goes to disk when both together
 * exceed the limit. All runs of the engine and its kept results share it.
 * @module
 */
import { arena } from "../memory/arena.js";
import { addHolders, type Holder } from "../memory/holders.js";
import { DroppedHandles } from "./dropped-handles.js";
import { holdersOf, type KeyedResults } from "./holders-of.js";
import type { Ledger } from "./ledger.js";
import { SpillFolder } from "./spill-folder.js";
import { StoredResult } from "./stored-result.js";
import type { Encoded } from "./value.js";

/** Share of the arena that results may take if nobody says a limit; the rest is for temporary blocks and rounding. */
const ARENA_SHARE = 0.8;
/** Share of the arena that may be in use, whoever uses it, when a task with a result in it begins. */
const ARENA_FULL = 0.95;
/** Results below cannot fill the arena between two looks at it. */
const SMALL_BYTES = 65_536;
/** Part of the limit that is written beyond what is missing: looking for victims again for each task costs more. */
const AHEAD_SHARE = 1 / 16;
/** How often room is made for a result that comes back: by what was dropped, then by what goes to disk. */
const LOAD_TURNS = 2;

/** Somebody who holds stored results or uses them. */
export interface MemoryHolder extends KeyedResults {
  /** Those it holds. */
  stored(): Iterable<StoredResult>;
  /** Tasks until the result is used next, as far as the holder knows: -1 if it must stay in memory, Infinity for never. */
  distance(stored: StoredResult): number;
  /** number of tasks that workers have */
  readonly running: number;
}

/** What to write to disk, and for whom. */
export interface RoomRequest {
  readonly bytes: number;
  /** only results that it counts; missing: all */
  readonly ledger: Ledger | undefined;
  /** only results that are used later than that */
  readonly beyond: number;
  /** hears of an error of the disk */
  readonly onError: (error: Error) => void;
}

export class MemoryAccount implements Ledger {
  private readonly folder: SpillFolder;
  private known: number | undefined;
  private readonly holders = new Set<MemoryHolder>();
  /** results that are being written */
  private readonly leaving = new Map<StoredResult, Promise<void>>();
  private heldBytes = 0;
  private spilledBytes = 0;
  private reservedBytes = 0;
  private readonly moves = new Set<Promise<void>>();
  private onChange: () => void = () => undefined;
  /** handles of kept results that nobody holds any more */
  private readonly dropped = new DroppedHandles();
  private freeing: Promise<void> | undefined;
  private readonly removeHolders: () => void;

  /**
   * @param name of the engine
   * @param limit bytes; default: most of the arena
   */
  constructor(name: string, limit?: number) {
    this.folder = new SpillFolder(name);
    this.known = limit;
    this.removeHolders = addHolders(() => this.resultsByName());
  }

  /** Bytes that results may take in memory. */
  get limit(): number {
    this.known ??= arena().limit * ARENA_SHARE;
    return this.known;
  }

  /** True if every result is in memory: none is on disk, and none on its way back. */
  get isAllInMemory(): boolean {
    return this.spilledBytes === 0 && this.moves.size === 0;
  }

  /** Bytes that running tasks will add. */
  get reserved(): number {
    return this.reservedBytes;
  }

  /** True if something will be different without anybody starting anything: a task runs, or a result moves. */
  get isBusy(): boolean {
    if (this.moves.size > 0) return true;
    for (const holder of this.holders) if (holder.running > 0) return true;
    return false;
  }

  /** @param listener called whenever results came to memory or left it */
  listen(listener: () => void): void {
    this.onChange = listener;
  }

  /** Calls the listener, later: whoever waits for what just happened should have seen it. */
  wake(): void {
    setImmediate(this.onChange);
  }

  enter(holder: MemoryHolder): void {
    this.holders.add(holder);
  }

  leave(holder: MemoryHolder): void {
    this.holders.delete(holder);
  }

  held(delta: number): void {
    this.heldBytes += delta;
  }

  spilled(delta: number): void {
    this.spilledBytes += delta;
    arena().addSpilled(delta);
  }

  /** Running tasks will add `delta` more (or, if negative, fewer) bytes. */
  reserve(delta: number): void {
    this.reservedBytes += delta;
  }

  /**
   * Bytes that are missing for `bytes` more; 0 or less if there is room.
   * @param share of the limit that may be used
   */
  shortage(bytes: number, share: number): number {
    const total = this.heldBytes + this.reservedBytes + bytes;
    const short = total - share * this.limit;
    if (bytes < SMALL_BYTES) return short;
    return Math.max(short, arena().used + this.reservedBytes + bytes - ARENA_FULL * arena().limit);
  }

  /** @param collect see `ThreadEngine.collectWith` */
  collectWith(collect: () => Promise<void>): void {
    this.dropped.collect = collect;
  }

  /**
   * The handle of a result of so many bytes was given away.
   * @returns to be called when the result is released: memory that is free again is no reason to look for garbage
   */
  gaveHandle(bytes: number): () => void {
    const round = this.dropped.given(bytes);
    if (this.dropped.isWorthIt) this.freesDropped();
    return () => this.dropped.released(bytes, round);
  }

  /** What holds results, those with one name together. */
  resultsByName(): Holder[] {
    return holdersOf(this.holders);
  }

  /** A result that may go to disk. */
  store(value: Encoded, ledger: Ledger, onMoved: (value: Encoded) => void): StoredResult {
    return new StoredResult(value, ledger, this.folder, onMoved);
  }

  /**
   * Starts to make room for `bytes`: lets the owner of handles find those that nobody holds any more; after that, writes
   * results to disk, those first that are used last (Belady's rule).
   * @returns true if room is on its way
   */
  makeRoom({ bytes, ledger, beyond, onError }: RoomRequest): boolean {
    if (ledger === undefined && this.freesDropped()) return true;
    let rest = bytes;
    for (const stored of this.leaving.keys()) if (isCounted(stored, ledger)) rest -= stored.bytes;
    if (rest <= 0) return true;
    rest += AHEAD_SHARE * this.limit;
    for (const [stored, distance] of this.latestFirst()) {
      if (rest <= 0 || distance <= beyond) break;
      if (!isCounted(stored, ledger) || !stored.canSpill) continue;
      rest -= stored.bytes;
      const written = stored.spill(() => this.distanceOf(stored) < 0).finally(() => this.leaving.delete(stored));
      this.leaving.set(stored, written);
      this.follow(written).catch(onError);
    }
    return this.leaving.size > 0;
  }

  /**
   * Brings a result back to memory.
   * @throws {MemoryError} at once if the arena is full
   * @returns rejects with a MemoryError if it cannot be read
   */
  load(stored: StoredResult): Promise<void> {
    return this.follow(stored.load());
  }

  /**
   * Brings a result back to memory, and others to disk if there is no room for it.
   * @param beyond results that are used sooner stay
   * @returns rejects with a MemoryError if there is no room all the same, or it cannot be read
   */
  async loadAnyway(stored: StoredResult, beyond = -1): Promise<void> {
    for (let turn = 0; ; turn++) {
      try {
        await this.load(stored);
        return;
      } catch (error) {
        const request = { bytes: stored.bytes, ledger: undefined, beyond, onError: () => undefined };
        if (turn === LOAD_TURNS || !this.makeRoom(request)) throw error;
        await this.roomMade();
      }
    }
  }

  /**
   * Brings as many results to disk as the limit asks for before `bytes` more come to memory. Others may not be able to
   * go: then it is exceeded.
   * @param beyond results that are used sooner stay
   * @returns false if nothing could go
   */
  async makeRoomToLoad(bytes: number, beyond = -1): Promise<boolean> {
    // Twice: the first time may only have collected handles that nobody holds.
    for (let attempt = 0; attempt < 2; attempt++) {
      const short = this.shortage(bytes, 1);
      if (short <= 0) return true;
      if (!this.makeRoom({ bytes: short, ledger: undefined, beyond, onError: () => undefined })) return false;
      await this.roomMade();
    }
    return true;
  }

  /** Resolves when what `makeRoom` started has ended, well or not. */
  async roomMade(): Promise<void> {
    await Promise.allSettled([...this.leaving.values(), this.freeing]);
  }

  /** Resolves when nothing is on its way to or from the disk, and whoever waited for it has gone on. */
  async settled(): Promise<void> {
    while (this.moves.size > 0) await Promise.allSettled(this.moves);
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Resolves when no file is left. */
  async close(): Promise<void> {
    this.removeHolders();
    await this.folder.close();
  }

  /** Deletes every file at once: the process ends. */
  deleteFiles(): void {
    this.folder.remove();
  }

  /** True while the owner of handles looks for those that nobody holds any more. */
  private freesDropped(): boolean {
    if (this.freeing !== undefined) return true;
    const elsewhere = arena().used - this.heldBytes - this.reservedBytes;
    const freeing = this.dropped.free(this.limit, elsewhere);
    if (freeing === undefined) return false;
    this.freeing = freeing.finally(() => {
      this.freeing = undefined;
    });
    // What goes wrong there is no reason to stop: results go to disk instead.
    this.follow(this.freeing).catch(() => undefined);
    return true;
  }

  private latestFirst(): readonly (readonly [StoredResult, number])[] {
    const found: (readonly [StoredResult, number])[] = [];
    for (const holder of this.holders) {
      for (const stored of holder.stored()) if (stored.isInMemory) found.push([stored, this.distanceOf(stored)]);
    }
    return found.sort(([, a], [, b]) => b - a || 0);
  }

  private distanceOf(stored: StoredResult): number {
    let least = Number.POSITIVE_INFINITY;
    for (const holder of this.holders) least = Math.min(least, holder.distance(stored));
    return least;
  }

  private async follow(move: Promise<void>): Promise<void> {
    this.moves.add(move);
    try {
      await move;
    } finally {
      this.moves.delete(move);
      this.wake();
    }
  }
}

function isCounted(stored: StoredResult, ledger: Ledger | undefined): boolean {
  return ledger === undefined || stored.isCountedBy(ledger);
}
