/**
 * What an engine gets to run, ready to travel.
 * @module
 */
import type { RunRequest } from "./engine.js";
import type { RunStarted } from "./events.js";
import type { Encoded } from "./value.js";

/** A request whose literals are encoded; `request.graph.literals` is not read. */
export interface EncodedRequest {
  readonly id: string;
  readonly request: RunRequest;
  readonly literals: readonly Encoded[];
}

/** The first event of its run. */
export function startOf({ id, request }: EncodedRequest, workers: number): RunStarted {
  const { graph, title, cell } = request;
  const { keys, groups, groupOf, dependencyStart, dependencies } = graph;
  const columns = { keys, groups, groupOf, dependencyStart, dependencies };
  return { type: "start", run: id, time: Date.now(), title, cell, workers, ...columns };
}
