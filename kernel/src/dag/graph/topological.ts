/**
 * Any order in which dependencies come first.
 * @module
 */
import { degree, type Links, reverseLinks } from "./links.js";

/**
 * All nodes, each after its dependencies. Nodes of a cycle, and what needs them, are left out: check for cycles
 * first, or compare the length.
 */
export function topological(dependencies: Links): Int32Array {
  const dependents = reverseLinks(dependencies);
  const sequence = new Int32Array(dependencies.size);
  const missing = new Int32Array(dependencies.size);
  let end = 0;
  for (let node = 0; node < dependencies.size; node++) {
    missing[node] = degree(dependencies, node);
    if (missing[node] === 0) sequence[end++] = node;
  }
  for (let next = 0; next < end; next++) {
    const node = sequence[next];
    for (let k = dependents.start[node]; k < dependents.start[node + 1]; k++) {
      const dependent = dependents.to[k];
      missing[dependent]--;
      if (missing[dependent] === 0) sequence[end++] = dependent;
    }
  }
  return sequence.subarray(0, end);
}
