/**
 * Numbers that describe where a node stands in its graph. They depend on structure alone, never on keys.
 * @module
 */
import { degree, type Links } from "../links.js";

/** All arrays have one entry per node. */
export interface Measures {
  /** nodes, dependencies first */
  readonly topological: Int32Array;
  /** results that must be held at once to compute the node, were the graph a tree */
  readonly need: Int32Array;
  /** number of paths that end at the node: 1 + the sum over its dependencies */
  readonly total: Float64Array;
  /** hash of what is below and above the node: equal for nodes that may be swapped */
  readonly shape: Int32Array;
}

/** Measures of every node of an acyclic graph. */
export function measure(dependencies: Links, dependents: Links): Measures {
  const topological = sortTopologically(dependencies, dependents);
  const { need, total } = measureBelow(dependencies, topological);
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

/** @see Sethi and Ullman, "The generation of optimal code for arithmetic expressions" (1970), for `need` */
function measureBelow(dependencies: Links, topological: Int32Array): Pick<Measures, "need" | "total"> {
  const { start, to, size } = dependencies;
  const need = new Int32Array(size);
  const total = new Float64Array(size);
  for (const node of topological) {
    const from = start[node];
    const end = start[node + 1];
    let sum = 1;
    for (let k = from; k < end; k++) sum += total[to[k]];
    total[node] = sum;
    if (end - from <= 1) need[node] = end === from ? 1 : need[to[from]];
    else need[node] = needOfAll(Int32Array.from(to.subarray(from, end), (dependency) => need[dependency]));
  }
  return { need, total };
}

/** The neediest goes first; each one after it runs while the results before it are held. */
function needOfAll(needs: Int32Array): number {
  needs.sort();
  let most = 0;
  for (let k = 0; k < needs.length; k++) most = Math.max(most, needs[needs.length - 1 - k] + k);
  return most;
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
