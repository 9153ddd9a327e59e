/**
 * From a graph to numbered tasks: culled, checked, aliases resolved, chains joined.
 * @module
 */
import { type Chains, findChains } from "./chains.js";
import { type Compiled, compileGraph, EntryKind } from "./compile.js";
import { entriesOf } from "./cull.js";
import { checkCycles } from "./cycle.js";
import type { Graph } from "./graph.js";
import type { Key } from "./key.js";
import { type Links, reverseLinks } from "./links.js";

/** A graph ready to be ordered and emitted. Entries are numbered as in the graph, tasks in order of their last entry. */
export interface Plan {
  readonly graph: Graph;
  readonly compiled: Compiled;
  /** where an entry's result comes from after all aliases */
  readonly source: Int32Array;
  /** the entries that each task runs; row i is task i */
  readonly chains: Chains;
  /** dependencies between tasks */
  readonly dependencies: Links;
  /** entries of the asked keys, aliases resolved */
  readonly outputs: readonly number[];
}

/**
 * Plans what makes `outputs`. An output that is plain data or a kept result becomes a task that returns it.
 * @param alsoRun keys that run without being asked for
 * @throws {GraphError} if a key is missing, a reference leads nowhere or tasks need each other in a circle
 */
export function planGraph(
  graph: Graph,
  outputs: readonly Key[],
  optimize: boolean,
  alsoRun: readonly Key[] = [],
): Plan {
  const roots = entriesOf(graph, outputs);
  const all = [...roots, ...entriesOf(graph, alsoRun)];
  const compiled = compileGraph(graph, all);
  checkCycles(graph, compiled.references, all);
  const source = resolveAliases(compiled);
  const ends = new Uint8Array(graph.size);
  const tasks: number[] = [];
  for (const entry of roots) ends[source[entry]] = 1;
  for (let i = 0; i < graph.size; i++) if (compiled.kind[i] === EntryKind.task || ends[i] === 1) tasks.push(i);
  const links = taskLinks(compiled, source, tasks, ends);
  const isEnd = optimize ? (entry: number) => ends[entry] === 1 : () => true;
  const chains = findChains(tasks, links, reverseLinks(links), isEnd);
  return {
    graph,
    compiled,
    source,
    chains,
    dependencies: linksOfChains(chains, links),
    outputs: roots.map((entry) => source[entry]),
  };
}

/** Follows aliases to their ends; a chain of them is walked once. */
function resolveAliases({ kind, target }: Compiled): Int32Array {
  const source = new Int32Array(kind.length).fill(-1);
  const path: number[] = [];
  for (let i = 0; i < kind.length; i++) {
    let entry = i;
    while (source[entry] === -1 && kind[entry] === EntryKind.alias) {
      path.push(entry);
      entry = target[entry];
    }
    const end = source[entry] === -1 ? entry : source[entry];
    source[entry] = end;
    while (path.length > 0) source[path.pop()!] = end;
  }
  return source;
}

/** Dependencies between entries that run, each once. Data that is asked for (`isOutput`) counts as a task. */
function taskLinks(compiled: Compiled, source: Int32Array, tasks: readonly number[], isOutput: Uint8Array): Links {
  const { references, kind } = compiled;
  const size = kind.length;
  const start = new Int32Array(size + 1);
  const to = new Int32Array(references.to.length);
  const neededBy = new Int32Array(size).fill(-1);
  let next = 0;
  let row = 0;
  for (const entry of tasks) {
    while (row < entry) start[++row] = next;
    if (kind[entry] !== EntryKind.task) continue;
    for (let k = references.start[entry]; k < references.start[entry + 1]; k++) {
      const dependency = source[references.to[k]];
      const runs = kind[dependency] === EntryKind.task || isOutput[dependency] === 1;
      if (!runs || neededBy[dependency] === entry) continue;
      neededBy[dependency] = entry;
      to[next++] = dependency;
    }
  }
  while (row < size) start[++row] = next;
  return { size, start, to: to.subarray(0, next) };
}

/** Dependencies of a chain are those of its first member. */
function linksOfChains({ members, chainOf }: Chains, links: Links): Links {
  const start = new Int32Array(members.size + 1);
  const to: number[] = [];
  for (let i = 0; i < members.size; i++) {
    const first = members.to[members.start[i]];
    for (let k = links.start[first]; k < links.start[first + 1]; k++) to.push(chainOf[links.to[k]]);
    start[i + 1] = to.length;
  }
  return { size: members.size, start, to: new Int32Array(to) };
}
