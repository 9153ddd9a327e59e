/**
 * What a run ends with, on its way to the caller.
 * @module
 */
import { ArgumentError } from "../../errors.js";
import type { Kept, PackedGraph } from "../graph/packed.js";
import { arena } from "../memory/arena.js";
import { isBlock } from "../memory/block.js";
import type { Run } from "./engine.js";
import { messageOf } from "./error-data.js";
import { replaceInside } from "./replace-inside.js";
import type { RunControl } from "./run-control.js";
import { blocksOf, decode, type Encoded, encode, releaseEncoded } from "./value.js";

/** Results that nobody has opened yet. The caller owns the references of their blocks. */
export interface EncodedResults {
  /** of the distinct tasks among the outputs */
  readonly values: readonly Encoded[];
  /** for each output, its place in `values` */
  readonly places: readonly number[];
}

export type RunOutcome = EncodedResults | { readonly kept: readonly Kept[] };

/** A run whose results are still encoded. */
export interface EncodedRun extends RunControl {
  readonly id: string;
  readonly events: Run["events"];
  readonly outcome: Promise<RunOutcome>;
  readonly reports?: NonNullable<Run["reports"]> | undefined;
}

/** The run as its caller sees it: results are decoded when they are first asked for. */
export function decodedRun({ id, events, outcome, reports, ...control }: EncodedRun): Run {
  // Encoded values are dropped once they are decoded: the caller may hold the run for long.
  let encoded: EncodedRun["outcome"] | undefined = outcome;
  let results!: Promise<readonly unknown[]>;
  return {
    id,
    events,
    cancel: control.cancel,
    ...(reports !== undefined && { reports }),
    cancelTasks: control.cancelTasks,
    pause: control.pause,
    resume: control.resume,
    get results() {
      if (encoded !== undefined) {
        results = encoded.then((ended) => ("kept" in ended ? ended.kept : decodeResults(ended)));
        encoded = undefined;
      }
      return results;
    },
  };
}

/**
 * The literals of a graph, ready to travel.
 * @throws {ArgumentError} if one cannot; it names the task
 */
export function encodeLiterals(graph: PackedGraph): readonly Encoded[] {
  const encoded: Encoded[] = [];
  for (const [index, literal] of graph.literals.entries()) {
    try {
      const value = encode(literal);
      // The run has a reference of its own; that of the caller stays with the caller.
      for (const block of blocksOf(value)) if (!block.ndarray) arena().retain(block);
      encoded.push(value);
    } catch (cause) {
      for (const value of encoded) releaseEncoded(value);
      const key = graph.keys[taskOfLiteral(graph, index)];
      throw new ArgumentError(`argument of task ${key}: ${messageOf(cause)}`, { key }, { cause });
    }
  }
  return encoded;
}

/** Drops the references of all blocks in results that `decodedRun` gave. */
export function releaseBlocks(results: readonly unknown[]): void {
  for (const result of new Set(results)) {
    replaceInside(result, (inner) => {
      if (isBlock(inner)) arena().release(inner);
      return undefined;
    });
  }
}

/** The values of `places`; whoever gets them owns the blocks that are no arrays. */
export function decodeResults({ values, places }: EncodedResults): readonly unknown[] {
  const decoded = values.map((encoded) => {
    const value = decode(encoded, true);
    for (const block of blocksOf(encoded)) if (block.ndarray) arena().release(block);
    // Two tasks may give the same block, which then arrives as one object; each of them holds a reference of its own.
    return isBlock(value) ? { ...value } : value;
  });
  return places.map((place) => decoded[place]);
}

function taskOfLiteral({ args, argStart, stepStart }: PackedGraph, literal: number): number {
  const position = args.indexOf(literal << 2);
  const step = argStart.findIndex((start) => start > position) - 1;
  return stepStart.findIndex((start) => start > step) - 1;
}
