/**
 * Links between numbered nodes in compressed rows: row i is `to[start[i]]` … `to[start[i + 1] - 1]`.
 * @module
 */
export interface Links {
  readonly size: number;
  /** `[size + 1]` */
  readonly start: Int32Array;
  readonly to: Int32Array;
}

/** The same links seen from their other end: dependents of dependencies. Rows are in ascending order. */
export function reverseLinks(links: Links): Links {
  const { size, to } = links;
  const start = new Int32Array(size + 1);
  for (const target of to) start[target + 1]++;
  for (let i = 0; i < size; i++) start[i + 1] += start[i];
  const next = start.slice();
  const from = new Int32Array(to.length);
  for (let i = 0; i < size; i++) {
    for (let k = links.start[i]; k < links.start[i + 1]; k++) from[next[to[k]]++] = i;
  }
  return { size, start, to: from };
}

/** Number of links of node `i`. */
export function degree(links: Links, i: number): number {
  return links.start[i + 1] - links.start[i];
}
