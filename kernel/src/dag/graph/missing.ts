/**
 * Errors for keys that a graph does not have.
 * @module
 */
import { GraphError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import type { Graph } from "./graph.js";
import { formatKey, type Key } from "./key.js";

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
  const nearest = nearestName(name, graph.keys().map(formatKey));
  if (nearest === undefined) return undefined;
  if (nearest !== name) return `did you mean "${nearest}"?`;
  return `it has a key that reads the same but is of another type (${typeof key} is asked for)`;
}
