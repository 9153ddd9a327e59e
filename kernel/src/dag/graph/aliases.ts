/**
 * Aliases: entries that are nothing but a reference.
 * @module
 */
import { compileGraph, EntryKind } from "./compile.js";
import { entriesOf } from "./cull.js";
import { checkCycles } from "./cycle.js";
import { Graph, type GraphSource } from "./graph.js";
import type { Key } from "./key.js";
import { replaceReferences } from "./references.js";
import { ref } from "./task.js";
import { topological } from "./topological.js";

/**
 * The part of a graph that `keep` needs, without aliases. A kept alias takes over the value it names; only a second
 * one of the same value, or one of a kept key, stays an alias.
 * @throws {GraphError} if the graph is not runnable
 * @example resolveAliases({ x: 1, y: ref("x"), z: ref("y") }, ["z"]) // { z: 1 }
 */
export function resolveAliases(source: GraphSource, keep: readonly Key[]): Graph {
  const graph = Graph.from(source);
  const kept = entriesOf(graph, keep);
  const { kind, target, references } = compileGraph(graph, kept);
  checkCycles(graph, references, kept);
  const end = Int32Array.from(kind.keys());
  for (const entry of topological(references)) {
    if (kind[entry] === EntryKind.alias) end[entry] = end[target[entry]];
  }
  /** the entry under whose key a value stands */
  const owner = Int32Array.from(end);
  const isKept = new Set(kept);
  for (const entry of isKept) {
    const last = end[entry];
    if (!isKept.has(last) && owner[last] === last) owner[last] = entry;
  }
  const resolved = new Graph();
  for (let i = 0; i < graph.size; i++) {
    if (kind[i] === EntryKind.unused) continue;
    const isOwned = kind[i] !== EntryKind.alias;
    if (isOwned) resolved.add(graph.keyAt(owner[i]), replaceReferences(graph.valueAt(i), find));
    else if (isKept.has(i) && owner[end[i]] !== i) resolved.add(graph.keyAt(i), refTo(i));
  }
  return resolved;

  function refTo(entry: number) {
    return ref(graph.keyAt(owner[end[entry]]));
  }
  function find(key: Key) {
    return { value: refTo(graph.indexOf(key)) };
  }
}
