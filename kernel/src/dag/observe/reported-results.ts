/**
 * A graph whose tasks show their results, and the place where these arrive.
 * @module
 */
import { randomUUID } from "node:crypto";
import { BroadcastChannel } from "node:worker_threads";
import { openReported, type ReportedResult, reportResult } from "../engine/reported-result.js";
import { Graph } from "../graph/graph.js";
import { formatKey, groupOfKey, type Key } from "../graph/key.js";
import { isKeptResult, isReference, isTask, type NamedOptions, Task } from "../graph/task.js";
import { isData } from "../graph/value.js";

export class ReportedResults {
  readonly #channel = new BroadcastChannel(`dagbook-results-${randomUUID()}`);
  readonly #arrived = new Map<string, unknown>();
  readonly #awaited = new Map<string, (value: unknown) => void>();

  constructor() {
    this.#channel.onmessage = (message: unknown) => {
      const reported = (message as { readonly data: ReportedResult }).data;
      const value = openReported(reported);
      const awaited = this.#awaited.get(reported.key);
      if (awaited === undefined) this.#arrived.set(reported.key, value);
      else awaited(value);
      this.#awaited.delete(reported.key);
    };
  }

  /** The same graph; each of its tasks reports what it returns. */
  reporting(graph: Graph): Graph {
    const reporting = new Graph();
    for (const [key, value] of graph) {
      const call = [this.#channel.name, formatKey(key), value];
      reporting.add(key, runs(value) ? new Task(reportResult, call, optionsOf(key, value)) : value);
    }
    return reporting;
  }

  /** The result of a task that has finished. */
  async take(key: string): Promise<unknown> {
    if (!this.#arrived.has(key)) return new Promise((resolve) => this.#awaited.set(key, resolve));
    const value = this.#arrived.get(key);
    this.#arrived.delete(key);
    return value;
  }

  close(): void {
    this.#channel.close();
  }
}

/** True for what a worker has to run: no data, no other name of a key, no result that is kept. */
export function runs(value: unknown): boolean {
  return isTask(value) || !(isReference(value) || isKeptResult(value) || isData(value));
}

/** The group of the task stays what it was. */
function optionsOf(key: Key, value: unknown): NamedOptions {
  if (!isTask(value)) return { name: groupOfKey(key) };
  return { ...value.options, name: value.options?.name ?? (value.fn.name || groupOfKey(key)) };
}
