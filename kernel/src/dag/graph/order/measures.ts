/**
 * Numbers that describe where a node stands in its graph. They depend on structure alone, never on keys.
 * @module
 */
import { degree, type Links } from "../links.js";

/** All arrays have one entry per node. */
export interface Measures {
  /** nodes, dependencies first */
  readonly topological: Int32Array;
  /** what must be held at once to compute the node beyond its own result, were the graph a tree */
  readonly need: Float64Array;
  /** number of paths that end at the node: 1 + the sum over its dependencies */
  readonly total: Float64Array;
  /** hash of what is below and above the node: equal for nodes that may be swapped */
  readonly shape: Int32Array;
}

/**
 * Measures of every node of an acyclic graph.
 * @param sizes `[size]` what each result counts when it is held
 */
export function measure(dependencies: Links, dependents: Links, sizes: Float64Array): Measures {
  const topological = sortTopologically(dependencies, dependents);
  const { need, total } = measureBelow(dependencies, topological, sizes);
  return { topological, need, total, shape: hashShapes(dependencies, dependents, topological) };
}

function sortTopologically(dependencies: Links, dependents: Links): Int32Array {
  const { size } = dependencies;
  const missing = new Int32Array(size);
  const sorted = new Int32Array(size);
  let end = 0;
  for (let i = 0; i < size; i++) {
    missing[i] = degree(dependencies, i);
    if (missing[i] === 0) sorted[end++] = i;
  }
  for (let next = 0; next < end; next++) {
    const node = sorted[next];
    for (let k = dependents.start[node]; k < dependents.start[node + 1]; k++) {
      const dependent = dependents.to[k];
      if (--missing[dependent] === 0) sorted[end++] = dependent;
    }
  }
  return sorted;
}

/**
 * The neediest dependency goes first; each one after it runs while the results before it are held.
 * @see Sethi and Ullman, "The generation of optimal code for arithmetic expressions" (1970); with sizes: Liu, "An
 *   application of generalized tree pebbling to sparse matrix factorization" (1987)
 */
function measureBelow(
  { start, to, size }: Links,
  topological: Int32Array,
  sizes: Float64Array,
): Pick<Measures, "need" | "total"> {
  const need = new Float64Array(size);
  const total = new Float64Array(size);
  const neediestFirst = (a: number, b: number) => need[b] - need[a];
  for (const node of topological) {
    const from = start[node];
    const end = start[node + 1];
    let sum = 1;
    for (let k = from; k < end; k++) sum += total[to[k]];
    total[node] = sum;
    const below = end - from > 1 ? to.slice(from, end).sort(neediestFirst) : to.subarray(from, end);
    let held = 0;
    let most = sizes[node];
    for (const dependency of below) {
      most = Math.max(most, held + need[dependency] + sizes[dependency]);
      held += sizes[dependency];
    }
    need[node] = most - sizes[node];
  }
  return { need, total };
}

/** Rounds of hashing: each looks down, then up, at what the round before saw. */
const ROUNDS = 2;

function hashShapes(dependencies: Links, dependents: Links, topological: Int32Array): Int32Array {
  const { size } = dependencies;
  const shape = new Int32Array(size);
  const below = new Int32Array(size);
  const above = new Int32Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < size; i++) hashNode(topological[i], dependencies, below);
    for (let i = size - 1; i >= 0; i--) hashNode(topological[i], dependents, above);
    for (let i = 0; i < size; i++) shape[i] = mix(below[i] ^ mix(above[i] + 1));
  }
  return shape;

  function hashNode(node: number, links: Links, into: Int32Array): void {
    let sum = shape[node];
    for (let k = links.start[node]; k < links.start[node + 1]; k++) sum = (sum + mix(into[links.to[k]])) | 0;
    into[node] = mix(sum);
  }
}

/** Finalizer of MurmurHash3. */
function mix(value: number): number {
  let h = value + 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
