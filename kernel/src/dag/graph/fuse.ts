/**
 * Linear fusion of a graph.
 * @module
 */
import { chainName, findChains } from "./chains.js";
import { compileGraph, EntryKind } from "./compile.js";
import { entriesOf } from "./cull.js";
import { checkCycles } from "./cycle.js";
import { Graph, type GraphSource } from "./graph.js";
import { formatKey, groupOfKey, type Key } from "./key.js";
import { reverseLinks } from "./links.js";
import { replaceIn } from "./replace.js";
import { isReference, Reference, ref } from "./task.js";

/**
 * The part of a graph that `keep` needs, with every linear chain joined to one task. The task's key names
 * the whole chain (`a-b-c`); the key of its last member stays as an alias. Chains end at fan-out, before
 * fan-in and at the keys of `keep`.
 * @throws {GraphError} if the graph is not runnable
 */
export function fuse(source: GraphSource, keep: readonly Key[]): Graph {
  const graph = Graph.from(source);
  const kept = entriesOf(graph, keep);
  const { kind, references } = compileGraph(graph, kept);
  checkCycles(graph, references, kept);
  const used = Array.from(kind.keys()).filter((entry) => kind[entry] !== EntryKind.unused);
  const isKept = new Set(kept);
  const { members } = findChains(used, references, reverseLinks(references), (entry) => isKept.has(entry));
  const fused = new Graph();
  for (let i = 0; i < members.size; i++) {
    const entries = Array.from(members.to.subarray(members.start[i], members.start[i + 1]));
    const last = graph.keyAt(entries.at(-1)!);
    const key = entries.length === 1 ? last : fusedKey(graph, entries);
    fused.add(key, fusedValue(graph, entries));
    if (key !== last) fused.add(last, ref(key));
  }
  return fused;
}

/** Name of the chain, unless the graph has that key already. */
function fusedKey(graph: Graph, entries: readonly number[]): Key {
  const groups = entries.map((entry) => groupOfKey(graph.keyAt(entry)));
  const last = graph.keyAt(entries.at(-1)!);
  const name = chainName(groups.slice(0, -1), formatKey(last), groups.at(-1)!);
  return graph.has(name) ? last : name;
}

/** Each member's value in place of the next one's reference to it. */
function fusedValue(graph: Graph, entries: readonly number[]): unknown {
  let value: unknown;
  let before: string | undefined;
  for (const entry of entries) {
    const [inner, id] = [value, before];
    value = replaceIn(graph.valueAt(entry), (part) => (isReference(part) && part.id === id ? inner : part));
    before = new Reference(graph.keyAt(entry)).id;
  }
  return value;
}
