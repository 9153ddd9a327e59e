/**
 * Who holds the bytes of the arena, as far as this thread knows: the text of the error when it is full, and the list of
 * `da.memory()`.
 * @module
 */
import { formatBytes } from "../../format-bytes.js";

/** Results with one name that somebody holds. */
export interface Holder {
  /** `persisted`: kept for later runs; else they belong to a run that goes on, of this title */
  readonly owner: "persisted" | { readonly run: string };
  /** of the array or the task */
  readonly name: string;
  /** bytes in memory */
  readonly bytes: number;
  /** bytes on disk */
  readonly onDisk: number;
  /** number of results */
  readonly count: number;
}

/** Holders that an error names. */
const MOST_NAMED = 3;

const sources = new Set<() => Iterable<Holder>>();

/**
 * Adds somebody who knows holders.
 * @returns takes it away again
 */
export function addHolders(source: () => Iterable<Holder>): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

/** Those that hold most come first. */
export function largestHolders(): Holder[] {
  return [...sources].flatMap((source) => [...source()]).sort((a, b) => b.bytes - a.bytes || b.onDisk - a.onDisk);
}

/**
 * The largest holders and the rest, to be appended to an error; empty if this thread knows of none.
 * @param used bytes of all blocks
 * @example heldText(used) // ". Held: 381 MiB by persisted normal-1 (50 results), 95.4 MiB by arguments, ..."
 */
export function heldText(used: number): string {
  const named = largestHolders()
    .filter(({ bytes }) => bytes > 0)
    .slice(0, MOST_NAMED);
  if (named.length === 0) return "";
  const parts = named.map((holder) => `${formatBytes(holder.bytes)} by ${holderText(holder)}`);
  const rest = used - named.reduce((sum, { bytes }) => sum + bytes, 0);
  if (rest > 0) parts.push(`${formatBytes(rest)} by ${OTHERS}`);
  return `. Held: ${parts.join(", ")}`;
}

/** What holds the rest. */
export const OTHERS = "other results, arguments, arrays of da.fromArray and running tasks";

/** @example holderText(holder) // "persisted normal-1 (50 results)" */
export function holderText({ owner, name, count }: Holder): string {
  const whose = owner === "persisted" ? "persisted " : "";
  const where = owner === "persisted" || owner.run === "" ? "" : ` of run ${owner.run}`;
  return `${whose}${name}${where} (${count} ${count === 1 ? "result" : "results"})`;
}
