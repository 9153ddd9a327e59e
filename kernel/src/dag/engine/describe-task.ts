/**
 * What a task of a packed graph calls, for people.
 * @module
 */
import { clipped } from "../../clipped.js";
import { formatBytes } from "../../format-bytes.js";
import { ArgKind, builtinName, type PackedGraph } from "../graph/packed.js";
import { preview } from "./preview.js";
import { decode, type Encoded, nbytes } from "./value.js";

/** A literal above is told by its size: opening it would take longer than a reader waits. */
const MOST_BYTES = 65_536;
/** Characters of one argument. */
const LONGEST_TEXT = 80;
const MOST_ARGUMENTS = 20;
/** Calls inside calls show so many levels. */
const MOST_DEPTH = 3;

export interface TaskDescription {
  /** name of the function that makes the result */
  readonly name: string;
  /** its arguments, each in at most 80 characters; only the first twenty */
  readonly args: readonly string[];
}

/**
 * The last call of a task, with its arguments: values in a few characters, results of tasks by their keys.
 * @param literals those of the graph
 * @returns undefined if the graph has no such task
 */
export function describeTask(
  graph: PackedGraph,
  literals: readonly Encoded[],
  task: number,
): TaskDescription | undefined {
  if (!(task >= 0 && task < graph.size)) return undefined;
  const first = graph.stepStart[task];
  const argsOf = (step: number, depth: number): string[] => {
    const codes = Array.from(graph.args.subarray(graph.argStart[step], graph.argStart[step + 1]));
    const shown = codes.slice(0, MOST_ARGUMENTS).map((code) => clipped(textOf(code, depth), LONGEST_TEXT));
    return codes.length > shown.length ? [...shown, `… ${codes.length - shown.length} more`] : shown;
  };
  const textOf = (code: number, depth: number): string => {
    const index = code >> 2;
    switch (code & 3) {
      case ArgKind.task:
        return graph.keys[index];
      case ArgKind.kept:
        return "a persisted result";
      case ArgKind.step: {
        const args = depth < MOST_DEPTH ? argsOf(first + index, depth + 1).join(", ") : "…";
        return `${nameOf(graph, first + index)}(${args})`;
      }
      default:
        return literalText(literals[index]);
    }
  };
  const last = graph.stepStart[task + 1] - 1;
  return { name: nameOf(graph, last), args: argsOf(last, 1) };
}

function nameOf({ stepFunction, functions }: PackedGraph, step: number): string {
  const called = stepFunction[step];
  const name = called < 0 ? builtinName(called) : functions[called].name;
  return name || "anonymous";
}

function literalText(literal: Encoded): string {
  const bytes = nbytes(literal);
  const isBlock = typeof literal === "object" && literal !== null && "shape" in literal;
  if (isBlock) return preview(literal);
  if (bytes > MOST_BYTES && typeof literal !== "string") return `data of ${formatBytes(bytes)}`;
  try {
    return preview(decode(literal));
  } catch (error) {
    return `a value that cannot be shown: ${String(error)}`;
  }
}
