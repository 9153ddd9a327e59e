/**
 * Stored results as people know them.
 * @module
 */
import type { Holder } from "../memory/holders.js";
import type { StoredResult } from "./stored-result.js";

/** The results of one holder. */
export interface KeyedResults {
  /** for people: who it is */
  readonly owner: Holder["owner"];
  /** Its stored results, each with the key of its task. */
  keyed(): Iterable<readonly [key: string, stored: StoredResult]>;
}

/** What `holders` hold, those results with one name together. */
export function holdersOf(holders: Iterable<KeyedResults>): Holder[] {
  return [...holders].flatMap((holder) => {
    const byName = new Map<string, Holder>();
    for (const [key, stored] of holder.keyed()) {
      const name = nameOfKey(key);
      const known = byName.get(name) ?? { owner: holder.owner, name, bytes: 0, onDisk: 0, count: 0 };
      const place = stored.isInMemory ? "bytes" : "onDisk";
      byName.set(name, { ...known, [place]: known[place] + stored.bytes, count: known.count + 1 });
    }
    return [...byName.values()];
  });
}

/** The blocks of an array share the first part of their keys. */
function nameOfKey(key: string): string {
  return key.replace(/\[.*$/s, "");
}
