/**
 * Where a task failed: in which call, and of which task before fusion.
 * @module
 */
import { builtinName, type PackedGraph } from "../graph/packed.js";
import type { TaskFailure } from "./batch.js";
import type { ErrorData } from "./error-data.js";
import { namingHolders } from "./full-arena.js";

export interface FailedTask {
  readonly key: string;
  readonly error: ErrorData;
  /** the call and the fused task for people; missing if nobody knows */
  readonly place?: string;
}

export interface FailedCall extends FailedTask {
  /** key of what ran: another one than `key` if the task was fused with others */
  readonly unit: string;
  /** the arguments, each in a few characters */
  readonly args: readonly string[];
  readonly place: string;
}

/** What failed when `task` threw. */
export function failedCall(graph: PackedGraph, task: number, failure: TaskFailure): FailedCall {
  const { step, args } = failure;
  const error = namingHolders(failure.error);
  const unit = graph.keys[task];
  const key = keyOfStep(graph, task, graph.stepStart[task] + step);
  const called = graph.stepFunction[graph.stepStart[task] + step];
  const name = called < 0 ? builtinName(called) : graph.functions[called].name;
  const call = `in ${name || "anonymous"}(${args.join(", ")})`;
  return { key, unit, args, error, place: key === unit ? call : `${call}, fused as ${unit}` };
}

/** A message with the place behind it. */
export function withPlace(message: string, place: string | undefined): string {
  return place === undefined ? message : `${message}\n(${place})`;
}

function keyOfStep({ keys, stepStart, fused }: PackedGraph, task: number, step: number): string {
  const place = fused?.start.findLastIndex((first) => first <= step) ?? -1;
  return fused === undefined || place < 0 || fused.start[place] < stepStart[task] ? keys[task] : fused.keys[place];
}
