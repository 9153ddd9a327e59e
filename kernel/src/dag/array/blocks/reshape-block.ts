/**
 * The same elements in the same order under another shape.
 * @module
 */
import type { Block } from "../../memory/block.js";

/** The block itself with another shape of as many elements. */
export function reshapeBlock(shape: readonly number[], block: Block): Block {
  return { ...block, shape };
}
