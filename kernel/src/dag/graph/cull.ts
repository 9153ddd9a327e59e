/**
 * Looking into a graph: what it needs, and what of it is needed.
 * @module
 */
import { compileGraph, EntryKind } from "./compile.js";
import { Graph, type GraphSource } from "./graph.js";
import type { Key } from "./key.js";
import { missingKey } from "./missing.js";

/**
 * The part of a graph that `keys` need.
 * @throws {GraphError} if a key or a reference of that part leads nowhere
 * @example cull({ x: 1, y: task(inc, ref("x")), z: 3 }, ["y"]) // has x and y
 */
export function cull(source: GraphSource, keys: readonly Key[]): Graph {
  const graph = Graph.from(source);
  const { kind } = compileGraph(graph, entriesOf(graph, keys));
  const culled = new Graph();
  for (let i = 0; i < graph.size; i++) {
    if (kind[i] !== EntryKind.unused) culled.add(graph.keyAt(i), graph.valueAt(i));
  }
  return culled;
}

/**
 * The keys that each key refers to, each once.
 * @throws {GraphError} if a reference leads nowhere
 * @example dependenciesOf({ x: 1, y: task(inc, ref("x")) }) // x: [], y: ["x"]
 */
export function dependenciesOf(source: GraphSource): ReadonlyMap<Key, readonly Key[]> {
  const graph = Graph.from(source);
  const { start, to } = compileGraph(graph, allEntries(graph)).references;
  const result = new Map<Key, readonly Key[]>();
  for (let i = 0; i < graph.size; i++) {
    result.set(
      graph.keyAt(i),
      Array.from(to.subarray(start[i], start[i + 1]), (entry) => graph.keyAt(entry)),
    );
  }
  return result;
}

/**
 * Entry numbers of keys.
 * @throws {GraphError} if a key is not in the graph
 */
export function entriesOf(graph: Graph, keys: readonly Key[]): readonly number[] {
  return keys.map((key) => {
    const entry = graph.indexOf(key);
    if (entry < 0) throw missingKey(graph, key);
    return entry;
  });
}

/** Numbers of all entries. */
export function allEntries(graph: Graph): readonly number[] {
  return Array.from({ length: graph.size }, (_, i) => i);
}
