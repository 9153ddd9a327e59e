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
import { pressureOf } from "./order/pressure.js";

/**
 * Position of every key in the order that lets one worker hold few results; lower runs first. Depends on
 * the structure of the graph, not on the text of its keys.
 * @throws {GraphError} if the graph has a cycle or a reference leads nowhere
 */
export function order(source: GraphSource): ReadonlyMap<Key, number> {
  const graph = Graph.from(source);
  const position = orderLinks(linksOfGraph(graph));
  return new Map(graph.keys().map((key, i) => [key, position[i]]));
}

/** What an order costs one worker. */
export interface Diagnostics {
  /** keys in the order of execution */
  readonly sequence: readonly Key[];
  /** results held just before each task of `sequence`; results that nothing uses are not counted */
  readonly pressure: readonly number[];
  /** highest pressure */
  readonly peak: number;
}

/**
 * Runs one worker through an order on paper.
 * @param positions position of every key; default: `order(source)`
 * @throws {GraphError} if a key has no position, the graph has a cycle or a reference leads nowhere
 * @see Dask `order.diagnostics`, dask/order.py
 */
export function diagnostics(source: GraphSource, positions?: ReadonlyMap<Key, number>): Diagnostics {
  const graph = Graph.from(source);
  const links = linksOfGraph(graph);
  const position = positions === undefined ? orderLinks(links) : positionsOf(graph, positions);
  const sequence = Int32Array.from(allEntries(graph)).sort((a, b) => position[a] - position[b]);
  const pressure = Array.from(pressureOf(sequence, links, reverseLinks(links)));
  return {
    sequence: Array.from(sequence, (entry) => graph.keyAt(entry)),
    pressure,
    peak: pressure.reduce((peak, held) => Math.max(peak, held), 0),
  };
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
