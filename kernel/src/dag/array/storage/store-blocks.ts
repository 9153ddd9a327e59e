/**
 * Runs the tasks that write the blocks of an array.
 * @module
 */
import type { ComputeOptions } from "../../compute-options.js";
import { Graph, type Key, ref, task } from "../../graph/index.js";
import { newKey } from "../../lazy-node.js";
import { startGraph } from "../../start.js";
import { blockIndices } from "../chunks.js";
import type { LazyArray } from "../lazy-array.js";
import { lower } from "../lower.js";

/** How the blocks of an array are written: each by one call of `fn(...args(index), block)`, which gives null. */
export interface BlockWriter {
  /** what the view calls the tasks */
  readonly label: string;
  readonly fn: (...args: never[]) => unknown;
  readonly args: (index: readonly number[]) => readonly unknown[];
}

/**
 * Computes an array and writes each block as soon as it is there; no block outlives its task.
 * @throws what `compute` throws
 */
export async function storeBlocks(array: LazyArray, writer: BlockWriter, options: ComputeOptions): Promise<void> {
  const graph = new Graph();
  const blocks = lower(graph, array);
  const name = newKey(writer.label);
  const keys = blockIndices(array.chunks).map((index, i): Key => {
    const key = [name, ...index];
    graph.add(key, task(writer.fn, ...writer.args(index), ref(blocks[i])), { name: writer.label });
    return key;
  });
  const run = await startGraph({
    graph,
    keys,
    options,
    title: options.title ?? writer.label,
    keep: false,
    alsoRun: [],
    finish: () => undefined,
  });
  await run.value;
}
