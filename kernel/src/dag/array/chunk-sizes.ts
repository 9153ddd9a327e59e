/**
 * Finds the sizes of blocks that were not known when the graph was built.
 * @module
 */
import { type Collection, collectionSymbol } from "../collection.js";
import { computeOne } from "../compute.js";
import type { ComputeOptions } from "../compute-options.js";
import { ref, task } from "../graph/index.js";
import { resolvedChunks } from "./blocks/resolved-shape.js";
import { type Chunks, numblocksOf } from "./chunks.js";
import { sameBlock, shapeOfBlock } from "./kernel-functions.js";
import { type LazyArray, labelOf, lazyArray } from "./lazy-array.js";
import { lower } from "./lower.js";
import { hasUnknownSizes } from "./unknown-sizes.js";

/**
 * The same array with known chunks. Every block is computed to see its size and then dropped; persist the array
 * first if that is expensive.
 * @see Dask `Array.compute_chunk_sizes`, which changes the array itself
 */
export async function computeChunkSizes(array: LazyArray, options?: ComputeOptions): Promise<LazyArray> {
  if (!hasUnknownSizes(array)) return array;
  const chunks = await computeOne(chunksOf(array), options);
  return lazyArray(labelOf(array), chunks, array.dtype, {
    kind: "task",
    inputs: [array],
    fn: sameBlock,
    argsOf: (index, { block }) => [block(array, index)],
  });
}

/** The chunks of an array as something that is computed. */
function chunksOf(array: LazyArray): Collection<Chunks> {
  const keyOf = (number: number) => [`${array.name}-size`, number];
  const protocol: Collection<Chunks>[typeof collectionSymbol] = {
    title: "chunk sizes",
    addTo: (graph) =>
      lower(graph, array).map((block, number) => {
        graph.add(keyOf(number), task(shapeOfBlock, ref(block)), { name: "size" });
        return keyOf(number);
      }),
    addAsValue: () => {
      throw new TypeError("chunk sizes are no value of a graph");
    },
    finalize: (shapes) => resolvedChunks(numblocksOf(array.chunks), shapes as readonly (readonly number[])[]),
    persisted: () => chunksOf(array),
  };
  return { [collectionSymbol]: protocol };
}
