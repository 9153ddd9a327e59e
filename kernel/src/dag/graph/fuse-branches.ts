/**
 * Fusion of branches: small fan-ins as one task, at the price of running side by side.
 * @module
 */
import { type Compiled, EntryKind } from "./compile.js";
import { Graph } from "./graph.js";
import { degree, reverseLinks } from "./links.js";
import { replaceReferences } from "./references.js";
import { topological } from "./topological.js";

/**
 * The used part of a graph, with every task that only one other needs inside that one, as long as no more than
 * `width` branches then run one after the other. A fused task has the key of its last member.
 * @param kept entries that stay tasks of their own
 * @see Dask `fuse` (its `ave_width`), dask/optimization.py
 */
export function fuseBranches(graph: Graph, compiled: Compiled, kept: ReadonlySet<number>, width: number): Graph {
  const { kind, references } = compiled;
  const dependents = reverseLinks(references);
  /** how many branches run inside an entry, those that wait for other tasks included */
  const branches = new Float64Array(graph.size).fill(1);
  const isInside = new Uint8Array(graph.size);
  const values: unknown[] = new Array(graph.size);
  for (const entry of topological(references)) {
    const needed = references.to.subarray(references.start[entry], references.start[entry + 1]);
    let total = 0;
    for (const dependency of needed) {
      if (kind[dependency] === EntryKind.data) continue;
      total += mayJoin(dependency) ? branches[dependency] : 1;
    }
    values[entry] = graph.valueAt(entry);
    if (total > width) continue;
    branches[entry] = Math.max(1, total);
    for (const dependency of needed) if (mayJoin(dependency)) isInside[dependency] = 1;
    values[entry] = replaceReferences(values[entry], (key) => {
      const dependency = graph.indexOf(key);
      return isInside[dependency] === 1 ? { value: values[dependency] } : undefined;
    });
  }
  const fused = new Graph();
  for (let i = 0; i < graph.size; i++) {
    if (kind[i] !== EntryKind.unused && isInside[i] === 0) fused.add(graph.keyAt(i), values[i]);
  }
  return fused;

  function mayJoin(entry: number): boolean {
    return !kept.has(entry) && degree(dependents, entry) === 1;
  }
}
