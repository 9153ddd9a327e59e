/**
 * Linear fusion of a graph.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import { chainName, findChains } from "./chains.js";
import { compileGraph, EntryKind } from "./compile.js";
import { entriesOf } from "./cull.js";
import { checkCycles } from "./cycle.js";
import { fuseBranches } from "./fuse-branches.js";
import { Graph, type GraphSource } from "./graph.js";
import { formatKey, groupOfKey, type Key } from "./key.js";
import { reverseLinks } from "./links.js";
import { replaceIn } from "./replace.js";
import { isReference, Reference, ref } from "./task.js";

/** How far tasks are fused. */
export interface FuseOptions {
  /** branches that may run one after the other inside a fused task; default 1: linear chains only */
  readonly width?: number;
}

/**
 * The part of a graph that `keep` needs, with every linear chain joined to one task. The task's key names
 * the whole chain (`a-b-c`); the key of its last member stays as an alias. Chains end at fan-out, before
 * fan-in and at the keys of `keep`.
 *
 * A `width` above 1 also joins what several tasks make for one: that saves the cost of tasks, and takes from the
 * workers what they could run side by side. A fused task then has the key of its last member.
 * @throws {GraphError} if the graph is not runnable
 * @throws {ArgumentError} if the width is below 1
 * @example fuse({ a: task(load), b: task(inc, ref("a")) }, ["b"]) // "a-b": inc(load()), "b": ref("a-b")
 */
export function fuse(source: GraphSource, keep: readonly Key[], { width = 1 }: FuseOptions = {}): Graph {
  if (typeof width !== "number" || !(width >= 1))
    throw new ArgumentError(`fuse: width must be a number of at least 1 and is ${width}`, { width });
  const graph = Graph.from(source);
  const kept = entriesOf(graph, keep);
  const compiled = compileGraph(graph, kept);
  const { kind, references } = compiled;
  checkCycles(graph, references, kept);
  if (width > 1) return fuseBranches(graph, compiled, new Set(kept), width);
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
