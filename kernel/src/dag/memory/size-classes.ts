/**
 * The sizes of blocks in a heap: units, and the classes by which free blocks are found.
 * @module
 */

/** Bytes of the unit in which blocks are measured: one cache line. */
export const unitBytes = 64;

/**
 * Units that hold a header and `bytes`, rounded up to the smallest size of a class: every free block
 * of that class is then large enough, also one that was just freed by a block of the same size.
 */
export function unitsFor(bytes: number): number {
  const units = 1 + Math.max(1, Math.ceil(bytes / unitBytes));
  if (units < 32) return units;
  const step = 2 ** (26 - Math.clz32(units));
  return Math.ceil(units / step) * step;
}

/** Size class of `units`: exact below 32, then 32 classes for every doubling. */
export function classOf(units: number): number {
  if (units < 32) return units;
  const log = 31 - Math.clz32(units);
  return ((log - 4) << 5) | ((units >>> (log - 5)) & 31);
}

/** Units of the smallest block of a class. */
export function smallestOf(sizeClass: number): number {
  const level = sizeClass >> 5;
  return level === 0 ? sizeClass : (32 + (sizeClass & 31)) * 2 ** (level - 1);
}
