/**
 * Single tasks, without a graph: what they give, and several as one.
 * @module
 */
import { GraphError } from "../../errors.js";
import { Graph, type GraphSource } from "./graph.js";
import { formatKey, type Key, keyId } from "./key.js";
import type { Links } from "./links.js";
import { missingReference } from "./missing.js";
import { type Found, referencesOf, replaceReferences } from "./references.js";
import { replaceIn } from "./replace.js";
import { isReference, type Task } from "./task.js";
import { topological } from "./topological.js";

/**
 * What a task gives for results of the keys it needs; runs it here and now, with the tasks inside it. Promises are
 * passed on as they are.
 * @param results of the keys that `referencesOf(task)` lists
 * @throws {GraphError} before anything runs, if a result is missing
 * @throws what the function of the task throws
 * @example runTask(task(add, ref("a"), ref("b")), { a: 1, b: 2 }) // 3
 */
export function runTask(task: Task, results: GraphSource = {}): unknown {
  const known = Graph.from(results);
  for (const key of referencesOf(task)) {
    if (!known.has(key)) throw missingReference(known, key, task.options?.name ?? (task.fn.name || "task"));
  }
  return replaceIn(
    task,
    (part) => (isReference(part) ? known.get(part.key) : part),
    ({ fn }, args) => (fn as (...args: readonly unknown[]) => unknown)(...args),
  );
}

/**
 * Several tasks as one, with the key of the last. It needs what they need and do not make.
 * @throws {GraphError} if several of them are needed by none, or they need each other in a circle
 * @example fuseTasks({ a: task(inc, ref("x")), b: task(inc, ref("a")) }) // ["b", a task that needs x]
 */
export function fuseTasks(source: GraphSource): readonly [Key, unknown] {
  const graph = Graph.from(source);
  const links = linksAmong(graph);
  const sequence = topological(links);
  if (sequence.length < graph.size) {
    throw new GraphError("tasks that need each other in a circle cannot be fused: remove one of the references");
  }
  const isNeeded = new Set(links.to);
  const outputs = graph.keys().filter((_, entry) => !isNeeded.has(entry));
  if (outputs.length !== 1) throw severalOutputs(outputs);
  const fused = new Map<string, Found>();
  for (const entry of sequence) {
    const value = replaceReferences(graph.valueAt(entry), (key) => fused.get(keyId(key)));
    fused.set(keyId(graph.keyAt(entry)), { value });
  }
  return [outputs[0], fused.get(keyId(outputs[0]))?.value];
}

function severalOutputs(outputs: readonly Key[]): GraphError {
  if (outputs.length === 0) return new GraphError("there is no task to fuse: give at least one");
  return new GraphError(
    `tasks are fused to one with one result, and these have ${outputs.length}: ${outputs.map(formatKey).join(", ")}. ` +
      "Fuse what each of them needs by itself.",
    { outputs },
  );
}

/** Links between entries; references to other keys are left out. */
function linksAmong(graph: Graph): Links {
  const start = new Int32Array(graph.size + 1);
  const to: number[] = [];
  for (let i = 0; i < graph.size; i++) {
    for (const key of referencesOf(graph.valueAt(i))) {
      const entry = graph.indexOf(key);
      if (entry >= 0) to.push(entry);
    }
    start[i + 1] = to.length;
  }
  return { size: graph.size, start, to: Int32Array.from(to) };
}
