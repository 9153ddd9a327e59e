/**
 * Inlining: a value in place of the references to it.
 * @module
 */
import { type Compiled, compileGraph, EntryKind } from "./compile.js";
import { allEntries, entriesOf } from "./cull.js";
import { checkCycles } from "./cycle.js";
import { Graph, type GraphSource } from "./graph.js";
import type { Key } from "./key.js";
import { degree, reverseLinks } from "./links.js";
import { replaceReferences } from "./references.js";
import { replaceIn } from "./replace.js";
import { type AnyFunction, isTask } from "./task.js";
import { topological } from "./topological.js";

/** What is inlined beside the keys that are named. */
export interface InlineOptions {
  /** data takes the place of references to it; default true */
  readonly constants?: boolean;
}

/**
 * The graph with the values of `keys`, and all data, in place of references to them. Every key stays. A task that
 * is inlined into two others runs twice.
 * @throws {GraphError} if a key or a reference leads nowhere, or tasks need each other in a circle
 * @example inline({ x: 1, y: task(inc, ref("x")), z: task(add, ref("x"), ref("y")) }, ["y"]) // z: add(1, inc(1))
 */
export function inline(
  source: GraphSource,
  keys: readonly Key[] = [],
  { constants = true }: InlineOptions = {},
): Graph {
  const { graph, compiled } = compiledGraph(source);
  const isInlined = new Uint8Array(graph.size);
  for (const entry of entriesOf(graph, keys)) isInlined[entry] = 1;
  if (constants) markData(isInlined, compiled);
  return withoutEntries(graph, inlinedValues(graph, compiled, isInlined), new Uint8Array(graph.size));
}

/**
 * The graph with tasks of cheap functions inside those that need them; their keys are gone, those of `keep` and
 * what nothing needs stay.
 * @throws {GraphError} if a key or a reference leads nowhere, or tasks need each other in a circle
 * @example inlineFunctions({ i: task(inc, 1), out: task(add, ref("i"), 2) }, ["out"], [inc]) // out: add(inc(1), 2)
 */
export function inlineFunctions(source: GraphSource, keep: readonly Key[], functions: Iterable<AnyFunction>): Graph {
  const { graph, compiled } = compiledGraph(source);
  const dependents = reverseLinks(compiled.references);
  const kept = new Set(entriesOf(graph, keep));
  const cheap = new Set(functions);
  const isInlined = Uint8Array.from(allEntries(graph), (entry) =>
    Number(!kept.has(entry) && degree(dependents, entry) > 0 && isCheap(graph.valueAt(entry), cheap)),
  );
  return withoutEntries(graph, inlinedValues(graph, compiled, isInlined), isInlined);
}

function compiledGraph(source: GraphSource): { readonly graph: Graph; readonly compiled: Compiled } {
  const graph = Graph.from(source);
  const entries = allEntries(graph);
  const compiled = compileGraph(graph, entries);
  checkCycles(graph, compiled.references, entries);
  return { graph, compiled };
}

/** Marks data, and aliases of it. */
function markData(isInlined: Uint8Array, { kind, target, references }: Compiled): void {
  const isConstant = new Uint8Array(kind.length);
  for (const entry of topological(references)) {
    const isAliasOfData = kind[entry] === EntryKind.alias && isConstant[target[entry]] === 1;
    if (kind[entry] !== EntryKind.data && !isAliasOfData) continue;
    isConstant[entry] = 1;
    isInlined[entry] = 1;
  }
}

/** True for a task of cheap functions only, those inside it included. */
function isCheap(value: unknown, cheap: ReadonlySet<AnyFunction>): boolean {
  if (!isTask(value)) return false;
  let all = true;
  replaceIn(
    value,
    (part) => part,
    (task) => {
      all &&= cheap.has(task.fn);
      return task;
    },
  );
  return all;
}

/** Values of all entries, the inlined ones in place of references to them. */
function inlinedValues(graph: Graph, { references }: Compiled, isInlined: Uint8Array): readonly unknown[] {
  const values: unknown[] = new Array(graph.size);
  for (const entry of topological(references)) {
    values[entry] = replaceReferences(graph.valueAt(entry), (key) => {
      const target = graph.indexOf(key);
      return isInlined[target] === 1 ? { value: values[target] } : undefined;
    });
  }
  return values;
}

function withoutEntries(graph: Graph, values: readonly unknown[], isLeftOut: Uint8Array): Graph {
  const result = new Graph();
  for (let i = 0; i < graph.size; i++) if (isLeftOut[i] === 0) result.add(graph.keyAt(i), values[i]);
  return result;
}
