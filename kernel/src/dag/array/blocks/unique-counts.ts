/**
 * How often each of several different elements occurs in a sorted line.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { newBlock } from "./scratch.js";

/**
 * The distances between positions, the last one to the end: float64, one per position.
 * @param total elements of the line
 * @param positions where in it each of the different elements begins, in several blocks, ascending
 */
export function uniqueCounts(total: number, ...positions: readonly Block[]): Block {
  const views = positions.map((block) => arena().view(block));
  const size = views.reduce((sum, { length }) => sum + length, 0);
  return newBlock("float64", [size], positions[0], (output) => {
    const counts = arena().view(output);
    let at = size;
    let end = total;
    for (const view of views.toReversed()) {
      for (let i = view.length - 1; i >= 0; i--) {
        counts[--at] = end - view[i];
        end = view[i];
      }
    }
  });
}
