/**
 * What the task of one block of a slice is told.
 * @module
 */
import type { AssemblePlan } from "./blocks/assemble.js";
import { blockShape } from "./chunks.js";
import type { LazyArray } from "./lazy-array.js";

type SliceAxes = Extract<LazyArray["operation"], { kind: "slice" }>["axes"];

/**
 * The copy that makes a block of a slice, which is a part of one block of its input.
 * @param index of the block of the slice
 * @returns also the index of the block of the input
 */
export function slicePlan(
  { chunks, dtype }: LazyArray,
  axes: SliceAxes,
  index: readonly number[],
): { readonly plan: AssemblePlan; readonly block: readonly number[] } {
  const parts = axes.map(({ pieces, step, axis }) => ({ ...pieces[axis < 0 ? 0 : index[axis]], step }));
  const shape = parts.map(({ count }) => count);
  const from = parts.map(({ start }) => start);
  const piece = { from, step: parts.map(({ step }) => step), to: parts.map(() => 0), shape };
  const plan = { dtype, shape, resultShape: blockShape(chunks, index), pieces: [piece] };
  return { plan, block: parts.map(({ block }) => block) };
}
