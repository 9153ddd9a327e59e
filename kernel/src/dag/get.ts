/**
 * Computing raw graphs.
 * @module
 */
import { clipped } from "../clipped.js";
import { KeyError } from "../errors.js";
import { type ComputeOptions, checkComputeOptions } from "./compute-options.js";
import { exposeBlocks } from "./engine/value.js";
import { entriesIn, Graph, type GraphSource } from "./graph/graph.js";
import { formatKey, type Key } from "./graph/key.js";
import { addNode, type LazyNode, withReferences } from "./lazy-node.js";
import { startGraph } from "./start.js";
import { LONGEST_TITLE } from "./wanted.js";

/** A key of the graph, or a list of requests. */
export type GetRequest = Key | readonly GetRequest[];

/** Options of `get`. */
export interface GetOptions extends ComputeOptions {
  /** false: every key of the graph runs, also those that the request does not need; default true */
  readonly cull?: boolean;
}

/**
 * Results of keys of a raw graph, in the nesting of the request. An array that is a key of the graph is one
 * key; any other array is a list of requests.
 * @throws {GraphError} before any task runs, if a key or a reference leads nowhere or tasks form a circle
 * @throws {TaskError} if a task threw; its `cause` is the task's own error
 * @throws {ArgumentError} if an option is unknown or is not what it must be
 * @example await get({ x: 1, y: task(inc, ref("x")) }, ["x", "y"]) // [1, 2]
 */
export async function get(source: GraphSource, request: GetRequest, options: GetOptions = {}): Promise<unknown> {
  const { cull = true, ...computeOptions } = options;
  checkComputeOptions(computeOptions);
  const graph = graphOf(source);
  const keys: Key[] = [];
  const slots = slotsOf(graph, request, keys);
  const started = await startGraph({
    graph,
    keys,
    options: computeOptions,
    title: clipped(keys.map(formatKey).join(", "), LONGEST_TITLE),
    keep: false,
    alsoRun: cull ? [] : graph.keys(),
    finish: (results) =>
      fill(
        slots,
        results.map((result) => exposeBlocks(result, true)),
      ),
  });
  return started.value;
}

/** A copy of the graph in which lazy results are entries and references. */
export function graphOf(source: GraphSource): Graph {
  const graph = new Graph();
  const inputs: LazyNode[] = [];
  for (const [key, value] of entriesIn(source)) graph.add(key, withReferences(value, inputs));
  for (const input of inputs) addNode(graph, input);
  return graph;
}

/** Where each result goes: its number, or a list of such. */
type Slots = number | readonly Slots[];

function slotsOf(graph: Graph, request: GetRequest, keys: Key[]): Slots {
  const isKey = typeof request === "string" || typeof request === "number" || isKeyOf(graph, request);
  if (isKey) return keys.push(request as Key) - 1;
  if (!Array.isArray(request)) {
    throw new KeyError(`${String(request)} cannot be asked for: ask for a key or an array of keys`, { request });
  }
  return request.map((part) => slotsOf(graph, part, keys));
}

function isKeyOf(graph: Graph, request: unknown): boolean {
  if (!Array.isArray(request)) return false;
  try {
    return graph.has(request);
  } catch {
    // Not a valid key, so it is a list.
    return false;
  }
}

function fill(slots: Slots, results: readonly unknown[]): unknown {
  return typeof slots === "number" ? results[slots] : slots.map((slot) => fill(slot, results));
}
