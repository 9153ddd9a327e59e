/**
 * Runs one fused kernel on the blocks of one position: the task of an element-wise group.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { sizeOf, stridesOf } from "../../memory/strides.js";
import { accumulatorOf } from "../emitter/combine.js";
import { dtypeOfValue } from "../emitter/expression.js";
import { copyStrided } from "./copy.js";
import { type FusedOperand, storeElements } from "./elementwise-loop.js";
import type { FusedPlan, Place, RangeSource } from "./fused-plan.js";
import { reduceElements } from "./reduce-loop.js";
import { resolvedShape } from "./resolved-shape.js";
import { newBlock, type Scratch } from "./scratch.js";

/** Computes one block of a group. The result of a reduction keeps the reduced axes with size 1. */
export function runFused(plan: FusedPlan, place: Place, ...blocks: readonly Block[]): Block {
  const { expression, reduce } = plan;
  const space = resolvedShape(plan, place, blocks);
  const shape = space.map((size, axis) => (reduce?.axes.includes(axis) ? 1 : size));
  const own = dtypeOfValue(expression, expression.result);
  const dtype = reduce === undefined ? own : accumulatorOf(reduce.combine, own);
  return newBlock(dtype, shape, blocks[0], (output, scratch) => {
    const strides = stridesOf(shape).map((step, axis) => (reduce?.axes.includes(axis) ? 0 : step));
    const work = {
      plan,
      shape: space,
      operands: fusedOperands(plan, { ...place, shape: space }, blocks, scratch),
      output,
      outputStrides: strides,
      scratch,
    };
    if (sizeOf(space) === 0 && reduce === undefined) return;
    if (reduce === undefined) storeElements(work);
    else reduceElements(work, reduce.combine);
  });
}

/** What the kernel of `plan` reads at `place`: contiguous along the last axis, in the memory of `scratch`. */
export function fusedOperands(
  plan: FusedPlan,
  place: Place,
  blocks: readonly Block[],
  scratch: Scratch,
): FusedOperand[] {
  return plan.axes.map((axes, i) => {
    const range = plan.ranges[i - blocks.length];
    const block = range ? rangeBlock(range, axes[0], place, scratch) : scratch.local(blocks[i]);
    return contiguous(placed(block, axes, place.shape), place.shape, scratch);
  });
}

/** How a block steps along the axes of the index space. */
function placed(block: Block, axes: readonly number[], shape: readonly number[]): FusedOperand {
  const strides = new Array<number>(shape.length).fill(0);
  const own = stridesOf(block.shape);
  for (const [axis, target] of axes.entries()) {
    if (target >= 0 && block.shape[axis] !== 1) strides[target] = own[axis];
  }
  return { block, strides };
}

/** The operand, or a copy of it in order if its last axis that is not broadcast is not contiguous. */
function contiguous(operand: FusedOperand, shape: readonly number[], scratch: Scratch): FusedOperand {
  const innermost = operand.strides.findLast((step) => step !== 0) ?? 1;
  if (innermost === 1) return operand;
  const ownShape = shape.map((size, axis) => (operand.strides[axis] === 0 ? 1 : size));
  const copy = scratch.allocate(operand.block.dtype, ownShape);
  const from = { data: arena().elements(operand.block), start: 0, strides: operand.strides };
  const to = { data: arena().elements(copy), start: 0, strides: stridesOf(ownShape) };
  copyStrided(ownShape, from, to);
  return { block: copy, strides: to.strides.map((step, axis) => (ownShape[axis] === 1 ? 0 : step)) };
}

function rangeBlock({ dtype, start, step }: RangeSource, axis: number, place: Place, scratch: Scratch): Block {
  const size = axis < 0 ? 1 : place.shape[axis];
  const first = axis < 0 ? 0 : place.origin[axis];
  const block = scratch.allocate(dtype, [size]);
  const view = arena().view(block);
  for (let i = 0; i < size; i++) view[i] = start + (first + i) * step;
  return block;
}
