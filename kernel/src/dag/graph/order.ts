/**
 * The static order of a graph, and what it would cost one worker.
 * @module
 */
import { GraphError } from "../../errors.js";
import { compileGraph } from "./compile.js";
import { allEntries } from "./cull.js";
import { checkCycles } from "./cycle.js";
import { Graph, type GraphSource } from "./graph.js";
import { formatKey, type Key, keyId } from "./key.js";
import { type Links, reverseLinks } from "./links.js";
import { orderLinks } from "./order/order-links.js";
import { costOf, pressureOf } from "./order/pressure.js";
import { sizesOf } from "./order/sizes.js";

/**
 * Position of every key in the order that lets one worker hold few results; lower runs first. Depends on
 * the structure of the graph, not on the text of its keys. Keys that are added in the order of a sweep may help.
 * @param sizes bytes of results, where they are known: then one worker holds few bytes. A key without a size
 *   counts as the mean of the others.
 * @throws {GraphError} if the graph has a cycle, a reference leads nowhere or a size is no number from 0 up
 * @example order({ a: task(load), b: task(sum, ref("a")) }).get("b") // 1
 */
export function order(source: GraphSource, sizes?: ReadonlyMap<Key, number>): ReadonlyMap<Key, number> {
  const graph = Graph.from(source);
  const position = orderLinks(linksOfGraph(graph), sizes && sizesOf(knownSizes(graph, sizes)));
  return new Map(graph.keys().map((key, i) => [key, position[i]]));
}

/** What an order costs one worker. */
export interface Diagnostics {
  /** keys in the order of execution */
  readonly sequence: readonly Key[];
  /** results (bytes, if sizes are given) held just before each task of `sequence`; results that nothing uses are not counted */
  readonly pressure: readonly number[];
  /** highest pressure */
  readonly peak: number;
}

/**
 * Runs one worker through an order on paper.
 * @param positions position of every key; default: `order(source, sizes)`
 * @param sizes bytes of results: pressure is in bytes. A key without a size counts as the mean of the others.
 * @throws {GraphError} if a key has no position, the graph has a cycle, a reference leads nowhere or a size is no
 *   number from 0 up
 * @example diagnostics({ a: task(load), b: task(sum, ref("a")) }).peak // 1
 * @see Dask `order.diagnostics`, dask/order.py
 */
export function diagnostics(
  source: GraphSource,
  positions?: ReadonlyMap<Key, number>,
  sizes?: ReadonlyMap<Key, number>,
): Diagnostics {
  const graph = Graph.from(source);
  const links = linksOfGraph(graph);
  const known = sizes && knownSizes(graph, sizes);
  const weights = known && sizesOf(known);
  const position = positions === undefined ? orderLinks(links, weights) : positionsOf(graph, positions);
  const sequence = Int32Array.from(allEntries(graph)).sort((a, b) => position[a] - position[b]);
  const each = known?.find((bytes) => !Number.isNaN(bytes)) ?? 1;
  const pressure = pressureOf(sequence, links, reverseLinks(links), weights ?? new Float64Array(graph.size).fill(each));
  return {
    sequence: Array.from(sequence, (entry) => graph.keyAt(entry)),
    pressure: Array.from(pressure),
    peak: costOf(pressure).peak,
  };
}

/**
 * `[entries]` bytes, NaN where they are not given.
 * @throws {GraphError} if a size is no number from 0 up
 */
function knownSizes(graph: Graph, sizes: ReadonlyMap<Key, number>): Float64Array {
  const byId = new Map(Array.from(sizes, ([key, bytes]) => [keyId(key), bytes]));
  const known = new Float64Array(graph.size).fill(Number.NaN);
  for (const [entry, key] of graph.keys().entries()) {
    const bytes = byId.get(keyId(key));
    if (bytes === undefined) continue;
    if (!(bytes >= 0 && bytes < Number.POSITIVE_INFINITY)) {
      throw new GraphError(`the size of key "${formatKey(key)}" is ${bytes}: give bytes, from 0 up`, { key, bytes });
    }
    known[entry] = bytes;
  }
  return known;
}

/** Keys of arrays are other objects in each graph, so they are told apart by their ids. */
function positionsOf(graph: Graph, positions: ReadonlyMap<Key, number>): readonly number[] {
  const byId = new Map(Array.from(positions, ([key, position]) => [keyId(key), position]));
  return graph.keys().map((key) => {
    const position = byId.get(keyId(key));
    if (position === undefined) {
      throw new GraphError(`key "${formatKey(key)}" has no position: give one for every key of the graph`, { key });
    }
    return position;
  });
}

function linksOfGraph(graph: Graph): Links {
  const entries = allEntries(graph);
  const { references } = compileGraph(graph, entries);
  checkCycles(graph, references, entries);
  return references;
}
