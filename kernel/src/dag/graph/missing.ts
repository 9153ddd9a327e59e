/**
 * Errors for keys that a graph does not have.
 * @module
 */
import { GraphError } from "../../errors.js";
import type { Graph } from "./graph.js";
import { formatKey, type Key } from "./key.js";

const NEAR = 2;

/** The error for a reference, inside task `from`, to a key that is not in the graph. */
export function missingReference(graph: Graph, key: Key, from: Key): GraphError {
  const hint = hintFor(graph, key) ?? "add it to the graph, or pass the value itself if you meant data";
  return new GraphError(`task "${formatKey(from)}" needs "${formatKey(key)}", which is not in the graph: ${hint}`, {
    key,
    from,
  });
}

/** The error for a requested key that is not in the graph. */
export function missingKey(graph: Graph, key: Key): GraphError {
  const hint = hintFor(graph, key) ?? "ask for one of its keys";
  return new GraphError(`the graph has no key "${formatKey(key)}": ${hint}`, { key });
}

function hintFor(graph: Graph, key: Key): string | undefined {
  const name = formatKey(key);
  let best: string | undefined;
  let bestDistance = NEAR + 1;
  for (const candidate of graph.keys()) {
    const text = formatKey(candidate);
    const distance = editDistance(name, text, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [text, distance];
  }
  if (best === undefined) return undefined;
  if (bestDistance > 0) return `did you mean "${best}"?`;
  return `it has a key that reads the same but is of another type (${typeof key} is asked for)`;
}

/** Levenshtein distance, or any number >= `limit` if it is not below `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, previous[j]! + 1, row[j - 1]! + 1));
    }
    if (Math.min(...row) >= limit) return limit;
    previous = row;
  }
  return previous[b.length]!;
}
