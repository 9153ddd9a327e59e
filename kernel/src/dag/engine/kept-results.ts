/**
 * Results that stay with the engine after their run (`persist`).
 * @module
 */
import { GraphError } from "../../errors.js";
import type { Kept } from "../graph/packed.js";
import { MemoryAccount, type MemoryHolder } from "./memory-account.js";
import type { EncodedResults } from "./results.js";
import type { StoredResult } from "./stored-result.js";
import { type Encoded, nbytes, releaseEncoded, retainEncoded } from "./value.js";

/** A kept result in use. */
export interface KeptValue {
  /** undefined while it is on disk */
  readonly value: Encoded;
  /** missing if it is small, and always in memory */
  readonly stored: StoredResult | undefined;
}

class Entry implements KeptValue {
  readonly stored: StoredResult | undefined;
  private readonly small: Encoded;
  /** of the task that made it */
  readonly key: string;
  /** runs that use it */
  users = 0;
  isReleased = false;
  /** tells the memory that its handle is not lost any more */
  whenReleased: () => void = () => undefined;

  constructor(given: Encoded | { readonly stored: StoredResult }, key: string) {
    this.key = key;
    const isStored = typeof given === "object" && given !== null && "stored" in given;
    this.stored = isStored ? given.stored : undefined;
    this.small = isStored ? undefined : given;
  }

  get value(): Encoded {
    return this.stored === undefined ? this.small : this.stored.value;
  }
}

export class KeptResults implements MemoryHolder {
  readonly memory: MemoryAccount;
  readonly running = 0;
  readonly owner = "persisted";
  private readonly engine: string;
  private readonly entries = new Map<number, Entry>();
  private next = 1;

  /**
   * @param engine name of the engine in the handles
   * @param memory counts what they take
   */
  constructor(engine: string, memory = new MemoryAccount(engine)) {
    this.engine = engine;
    this.memory = memory;
    memory.enter(this);
  }

  *stored(): Iterable<StoredResult> {
    for (const { stored } of this.entries.values()) if (stored !== undefined) yield stored;
  }

  /** Runs know better what they use. */
  distance(): number {
    return Number.POSITIVE_INFINITY;
  }

  *keyed(): Iterable<readonly [string, StoredResult]> {
    for (const { key, stored } of this.entries.values()) if (stored !== undefined) yield [key, stored];
  }

  /**
   * Takes over a result and the references it holds.
   * @param key of its task, for people
   */
  keep(given: Encoded | { readonly stored: StoredResult }, key: string): Kept {
    const id = this.next++;
    const entry = new Entry(given, key);
    if (entry.stored !== undefined) entry.whenReleased = this.memory.gaveHandle(entry.stored.bytes);
    this.entries.set(id, entry);
    if (entry.stored === undefined) this.memory.held(nbytes(entry.value));
    else {
      entry.stored.moveTo(this.memory);
      // The run that shares it goes on hearing of it.
      if (!entry.stored.isShared) entry.stored.moveUnheard();
    }
    return { engine: this.engine, id };
  }

  /**
   * The values of `kept`, which stay valid until the same list is given to `leave`.
   * @throws {GraphError} if one was released or belongs to another engine
   */
  use(kept: readonly Kept[]): readonly KeptValue[] {
    const entries = kept.map((handle) => {
      const entry = handle.engine === this.engine ? this.entries.get(handle.id) : undefined;
      if (entry !== undefined && !entry.isReleased) return entry;
      throw new GraphError(
        `result ${handle.id} of engine ${handle.engine} is not kept by engine ${this.engine}: ` +
          "it was released, or the engine was closed; persist it again",
        { kept: handle },
      );
    });
    for (const entry of entries) entry.users += 1;
    return entries;
  }

  leave(kept: readonly Kept[]): void {
    for (const { id } of kept) {
      const entry = this.entries.get(id);
      if (entry === undefined) continue;
      entry.users -= 1;
      this.dropIfUnused(id, entry);
    }
  }

  /**
   * The values of `kept`, to be given away: they have references of their own. Those on disk come to memory first.
   * @returns rejects as `use` throws, and with a MemoryError if they cannot be brought to memory
   */
  async lend(kept: readonly Kept[]): Promise<EncodedResults> {
    const entries = this.use(kept);
    const placeOf = new Map<KeptValue, number>();
    const values: Encoded[] = [];
    let hasRoom = true;
    try {
      for (const entry of entries) {
        if (placeOf.has(entry)) continue;
        // Again if it left once more before this went on: somebody else made room.
        while (entry.stored?.isInMemory === false) {
          // Asked no more once all that is left in memory has to stay: looking for what could go takes its time.
          if (hasRoom) hasRoom = await this.memory.makeRoomToLoad(entry.stored.bytes);
          await this.memory.loadAnyway(entry.stored);
        }
        retainEncoded(entry.value);
        placeOf.set(entry, values.push(entry.value) - 1);
      }
      return { values, places: entries.map((entry) => placeOf.get(entry) ?? 0) };
    } catch (error) {
      for (const value of values) releaseEncoded(value);
      throw error;
    } finally {
      this.leave(kept);
    }
  }

  /** Forgets results; those in use go when their last run ends. */
  release(kept: readonly Kept[]): void {
    for (const { engine, id } of kept) {
      const entry = engine === this.engine ? this.entries.get(id) : undefined;
      if (entry === undefined) continue;
      if (!entry.isReleased) entry.whenReleased();
      entry.isReleased = true;
      this.dropIfUnused(id, entry);
    }
  }

  releaseAll(): void {
    this.release([...this.entries.keys()].map((id) => ({ engine: this.engine, id })));
  }

  private dropIfUnused(id: number, entry: Entry): void {
    if (entry.users > 0 || !entry.isReleased) return;
    this.entries.delete(id);
    if (entry.stored !== undefined) {
      entry.stored.release();
      return;
    }
    this.memory.held(-nbytes(entry.value));
    releaseEncoded(entry.value);
  }
}
