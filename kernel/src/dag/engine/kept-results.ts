/**
 * Results that stay with the engine after their run (`persist`).
 * @module
 */
import { GraphError } from "../../errors.js";
import type { Kept } from "../graph/packed.js";
import type { EncodedResults } from "./results.js";
import { type Encoded, releaseEncoded, retainEncoded } from "./value.js";

interface Entry {
  readonly value: Encoded;
  /** runs that use it */
  users: number;
  isReleased: boolean;
}

export class KeptResults {
  private readonly engine: string;
  private readonly entries = new Map<number, Entry>();
  private next = 1;

  /** @param engine name of the engine in the handles */
  constructor(engine: string) {
    this.engine = engine;
  }

  /** Takes over a result and the references it holds. */
  keep(value: Encoded): Kept {
    const id = this.next++;
    this.entries.set(id, { value, users: 0, isReleased: false });
    return { engine: this.engine, id };
  }

  /**
   * The values of `kept`, which stay valid until the same list is given to `leave`.
   * @throws {GraphError} if one was released or belongs to another engine
   */
  use(kept: readonly Kept[]): readonly Encoded[] {
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
    return entries.map(({ value }) => value);
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
   * The values of `kept`, to be given away: they have references of their own.
   * @throws {GraphError} as `use`
   */
  lend(kept: readonly Kept[]): EncodedResults {
    const values = this.use(kept);
    this.leave(kept);
    const placeOf = new Map<number, number>();
    const lent: Encoded[] = [];
    const places = kept.map(({ id }, i) => {
      const place = placeOf.get(id) ?? lent.push(values[i]) - 1;
      placeOf.set(id, place);
      return place;
    });
    for (const value of lent) retainEncoded(value);
    return { values: lent, places };
  }

  /** Forgets results; those in use go when their last run ends. */
  release(kept: readonly Kept[]): void {
    for (const { engine, id } of kept) {
      const entry = engine === this.engine ? this.entries.get(id) : undefined;
      if (entry === undefined) continue;
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
    releaseEncoded(entry.value);
  }
}
