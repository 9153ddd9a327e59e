/**
 * Byte sizes as people write them.
 * @module
 */
import { ArgumentError } from "./errors.js";

const UNITS: ReadonlyMap<string | undefined, number> = new Map([
  ["", 1],
  ["b", 1],
  ["kb", 1e3],
  ["mb", 1e6],
  ["gb", 1e9],
  ["tb", 1e12],
  ["kib", 2 ** 10],
  ["mib", 2 ** 20],
  ["gib", 2 ** 30],
  ["tib", 2 ** 40],
]);

/**
 * Bytes of a size.
 * @throws {ArgumentError} if the text is no size
 * @example parseBytes("8 MiB") // 8388608
 */
export function parseBytes(size: number | string): number {
  if (typeof size === "number") return size;
  const [, number, unit] = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(size) ?? [];
  const factor = UNITS.get(unit?.toLowerCase());
  if (factor === undefined || !(Number(number) > 0)) {
    throw new ArgumentError(`size "${size}" is not understood: write a number and a unit such as "8 MiB" or "100 kB"`, {
      size,
    });
  }
  return Number(number) * factor;
}

/**
 * Bytes of a `memoryLimit`.
 * @throws {ArgumentError} if it is no size above 0
 * @example parseMemoryLimit("2 GB") // 2_000_000_000
 */
export function parseMemoryLimit(limit: unknown): number {
  const bytes = typeof limit === "string" || typeof limit === "number" ? parseBytes(limit) : Number.NaN;
  if (bytes > 0 && bytes < Number.POSITIVE_INFINITY) return bytes;
  throw new ArgumentError(`memoryLimit: ${String(limit)} is no size: give bytes, or a text such as "2 GB"`, { limit });
}
