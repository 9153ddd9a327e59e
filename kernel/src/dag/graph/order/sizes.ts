/**
 * What results count when some of their sizes are known.
 * @module
 */

/**
 * The size of every result for `orderLinks`: one that is not known counts as the mean of the known ones.
 * @param known bytes by node; at least 0 each
 * @param size number of nodes
 * @returns `[size]` whole numbers, so that sums do not depend on their order; undefined if all are equal or none is
 *   known: then it is enough to count results
 */
export function sizesOf(known: ReadonlyMap<number, number>, size: number): Float64Array | undefined {
  if (known.size === 0) return undefined;
  let sum = 0;
  for (const bytes of known.values()) sum += bytes;
  const sizes = new Float64Array(size).fill(Math.round(sum / known.size));
  for (const [node, bytes] of known) sizes[node] = Math.round(bytes);
  return sizes.every((bytes) => bytes === sizes[0]) ? undefined : sizes;
}
