/**
 * Counts elements by bins.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { TypedArray } from "../../memory/dtype.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource } from "./fused-source.js";

/** Bins: their edges, ascending, one more than there are bins. */
export interface Bins {
  readonly edges: Float64Array;
  /** all bins are equally wide: the bin of an element is calculated */
  readonly isUniform: boolean;
}

/** How many elements of a block are in each bin: float64 `[bins]`. The last bin contains its upper edge. */
export function histogramBlock(bins: Bins, plan: FusedPlan, place: Place, ...blocks: readonly Block[]): Block {
  const shapeOf = () => [bins.edges.length - 1];
  return blockFromSource("float64", { plan, place, blocks }, shapeOf, (source, output) => {
    const counts = arena().view(output).fill(0);
    source.eachPiece(1, (elements) => {
      if (bins.isUniform) countUniform(elements, bins.edges, counts);
      else countSearched(elements, bins.edges, counts);
    });
  });
}

/** The calculated bin is corrected by the edges, so that rounding does not matter, as in NumPy. */
function countUniform(x: TypedArray, edges: Float64Array, counts: TypedArray): void {
  const last = counts.length - 1;
  const low = edges[0];
  const high = edges[edges.length - 1];
  const perUnit = counts.length / (high - low);
  for (let i = 0; i < x.length; i++) {
    const value = x[i];
    if (!(value >= low && value <= high)) continue;
    let bin = Math.floor((value - low) * perUnit);
    if (bin > last) bin = last;
    if (value < edges[bin]) bin--;
    else if (bin < last && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
}

function countSearched(x: TypedArray, edges: Float64Array, counts: TypedArray): void {
  const last = counts.length - 1;
  for (let i = 0; i < x.length; i++) {
    const value = x[i];
    if (!(value >= edges[0] && value <= edges[edges.length - 1])) continue;
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (edges[middle] <= value) low = middle;
      else high = middle - 1;
    }
    counts[low]++;
  }
}
