/**
 * What somebody wants to know about: a raw graph, or anything lazy.
 * @module
 */
import { types } from "node:util";
import { ArgumentError } from "../../errors.js";
import { valueText } from "../check-options.js";
import type { Collection } from "../collection.js";
import { graphOf } from "../get.js";
import { dependenciesOf } from "../graph/cull.js";
import { Graph, type GraphSource } from "../graph/graph.js";
import { type Key, keyId } from "../graph/key.js";
import { packGraph } from "../graph/pack.js";
import type { PackedGraph } from "../graph/packed.js";
import { isReference, isTask } from "../graph/task.js";
import { isPlainObject } from "../graph/value.js";
import { Asked } from "../start.js";
import { Wanted } from "../wanted.js";

/** A raw graph, a collection, or a list or another container of collections. */
export type ExplainSource = GraphSource | Collection<unknown> | readonly unknown[] | ReadonlySet<unknown>;

/** A graph and what of it is wanted. */
export interface Source {
  readonly graph: Graph;
  readonly keys: readonly Key[];
  readonly title: string;
}

/**
 * The graph of `source`. An object or a Map is a raw graph if one of its own values is a task or a reference. Of a raw
 * graph every key is wanted that no other needs.
 * @throws {ArgumentError} if there is nothing to run
 * @throws {GraphError} if a reference leads nowhere
 */
export function sourceOf(source: ExplainSource): Source {
  const found = isRawGraph(source) ? rawSource(source) : new Wanted([source], {});
  // As a run does it: data among the wanted keys is no task.
  const { keys } = new Asked(found.graph, found.keys, false);
  if (keys.length === 0) {
    throw new ArgumentError(
      `there is nothing to run in ${valueText(source)}: give a graph such as { x: task(load) }, or something lazy that was ` +
        "not computed",
      { source },
    );
  }
  return { graph: found.graph, keys, title: found.title };
}

function rawSource(source: GraphSource): Source {
  const graph = graphOf(source);
  const needed = new Set(Array.from(dependenciesOf(graph).values()).flat().map(keyId));
  return { graph, keys: graph.keys().filter((key) => !needed.has(keyId(key))), title: "" };
}

/** The graph as an engine would get it, but for the functions, which have only their names. */
export function packedOnPaper({ graph, keys }: Source, optimize: boolean): PackedGraph {
  const nameOf = (fn: { readonly name: string }) => ({ kind: "module", id: "", name: fn.name, specifier: "" }) as const;
  return packGraph(graph, keys, (fn) => ({ ...nameOf(fn), export: "" }), optimize);
}

function isRawGraph(source: ExplainSource): source is GraphSource {
  if (source instanceof Graph) return true;
  const isMap = types.isMap(source);
  if (!isMap && !isPlainObject(source)) return false;
  const values = isMap ? [...source.values()] : Object.values(source);
  return values.some((value) => isTask(value) || isReference(value));
}
