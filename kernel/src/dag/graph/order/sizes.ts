/**
 * What results count when some of their sizes are known.
 * @module
 */

/**
 * The size of every result for `orderLinks`: one that is not known counts as the mean of the known ones.
 * @param known `[size]` bytes, at least 0; NaN where they are not known
 * @returns `[size]` whole numbers, so that sums do not depend on their order; undefined if all are equal or none is
 *   known: then it is enough to count results
 */
export function sizesOf(known: Float64Array): Float64Array | undefined {
  let sum = 0;
  let count = 0;
  for (const bytes of known) {
    if (Number.isNaN(bytes)) continue;
    sum += bytes;
    count += 1;
  }
  if (count === 0) return undefined;
  const mean = Math.round(sum / count);
  const sizes = known.map((bytes) => (Number.isNaN(bytes) ? mean : Math.round(bytes)));
  return sizes.every((bytes) => bytes === sizes[0]) ? undefined : sizes;
}
