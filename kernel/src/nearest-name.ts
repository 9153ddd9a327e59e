/**
 * Finds what somebody meant who made a typing error.
 * @module
 */

const NEAR = 2;

/** The name that differs least from `name`: by capitals only, or at most by two letters; undefined if there is none. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = NEAR + 1;
  for (const candidate of candidates) {
    if (candidate.toLowerCase() === name.toLowerCase()) return candidate;
    const distance = editDistance(name, candidate, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/**
 * Letters to add, to take away, to change, and neighbours to exchange; any number >= `limit` if it is not below it.
 * @see https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance#Optimal_string_alignment_distance
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchange = isExchange ? beforePrevious[j - 2] + 1 : limit;
      row.push(Math.min(change, exchange, previous[j] + 1, row[j - 1] + 1));
    }
    if (Math.min(...row) >= limit && Math.min(...previous) >= limit) return limit;
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length];
}
