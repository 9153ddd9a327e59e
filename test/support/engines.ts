/// <reference lib="es2024.sharedmemory" />
// The engines that must behave the same, fresh for each test.
import { MessageChannel } from "node:worker_threads";
import { type Collection, collectionSymbol } from "../../kernel/src/dag/collection.js";
import type { Engine, Run } from "../../kernel/src/dag/engine/engine.js";
import { EngineHost } from "../../kernel/src/dag/engine/engine-host.js";
import type { RunEvent } from "../../kernel/src/dag/engine/events.js";
import { RemoteEngine } from "../../kernel/src/dag/engine/remote-engine.js";
import { ThreadEngine } from "../../kernel/src/dag/engine/thread-engine.js";
import { Graph } from "../../kernel/src/dag/graph/graph.js";
import type { Kept } from "../../kernel/src/dag/graph/packed.js";
import { isKeptResult } from "../../kernel/src/dag/graph/task.js";

export const engineKinds: readonly (readonly [name: string, make: (workers: number) => Engine])[] = [
  ["ThreadEngine", (workers) => new ThreadEngine({ workers })],
  ["RemoteEngine", remoteEngine],
];

function remoteEngine(workers: number): Engine {
  const { port1, port2 } = new MessageChannel();
  new EngineHost(new ThreadEngine({ workers }), port2);
  port2.unref();
  return new RemoteEngine(port1);
}

/** The handles of a persisted collection. */
export function keptOf(collection: Collection<unknown>): readonly Kept[] {
  const graph = new Graph();
  const keys = collection[collectionSymbol].addTo(graph);
  return keys.flatMap((key) => {
    const value = graph.get(key);
    return isKeptResult(value) ? [value.kept] : [];
  });
}

/** All events of a run, which has ended then. */
export async function eventsOf(run: Run): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run.events) events.push(event);
  return events;
}

/** The states each task went through, by key. */
export function statesOf(events: readonly RunEvent[]): Record<string, number[]> {
  const [start] = events;
  if (start?.type !== "start") throw new Error("the first event is not start");
  const states: Record<string, number[]> = Object.fromEntries(start.keys.map((key) => [key, []]));
  for (const event of events) {
    if (event.type !== "tasks") continue;
    for (const [i, task] of event.task.entries()) states[start.keys[task]].push(event.state[i]);
  }
  return states;
}

/** Int32 cells that tasks and the test share. */
export function sharedCells(count = 2): { readonly buffer: SharedArrayBuffer; readonly cells: Int32Array } {
  const buffer = new SharedArrayBuffer(4 * count);
  return { buffer, cells: new Int32Array(buffer) };
}

/** Resolves when a task has changed cell `index` from `value`. */
export async function changed(cells: Int32Array, index: number, value: number): Promise<void> {
  const { async: isWaiting, value: waited } = Atomics.waitAsync(cells, index, value);
  if (isWaiting) await waited;
}

/** Lets tasks that block on cell 1 go on. */
export function openGate(cells: Int32Array): void {
  Atomics.store(cells, 1, 1);
  Atomics.notify(cells, 1);
}

/** Keeps what this process prints to itself until `restore`. */
export function captureStreams(): { readonly text: () => string; readonly restore: () => void } {
  let text = "";
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream } of streams) {
    stream.write = (chunk: string | Uint8Array): boolean => {
      text += String(chunk);
      return true;
    };
  }
  const restore = (): void => {
    for (const { stream, write } of streams) stream.write = write;
  };
  return { text: () => text, restore };
}
