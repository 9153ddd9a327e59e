/**
 * Keeps the elements of a block for which a condition holds.
 * @module
 */
import { ShapeError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { itemsize, setElements } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import { type Compress, emitCompress } from "../emitter/compress-kernel.js";
import { instanceFor } from "../emitter/kernel-cache.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { FusedSource } from "./fused-source.js";
import { linesOf } from "./lines.js";
import { newBlock } from "./scratch.js";

/**
 * The elements whose condition is not 0.
 * @param axis the condition is one line along it; -1: it has the shape of the block, and the result is one line
 * @throws {ShapeError} if the condition has another size
 */
export function compressBlock(
  axis: number,
  block: Block,
  plan: FusedPlan,
  place: Place,
  ...blocks: readonly Block[]
): Block {
  let shape: readonly number[] = [];
  const room = newBlock(block.dtype, [sizeOf(block.shape)], block, (output, scratch) => {
    const source = new FusedSource(plan, place, blocks, scratch, output.memory);
    const expected = axis < 0 ? block.shape : [block.shape[axis]];
    if (source.shape.join() !== expected.join()) {
      throw new ShapeError(
        `a condition of shape [${source.shape}] meets elements of shape [${expected}]: compute both from the same array`,
        { condition: source.shape, elements: expected },
      );
    }
    const size = itemsize(block.dtype);
    const compress = instanceFor<Compress>(`compress ${size} ${source.dtype}`, output.memory, () =>
      emitCompress(size, source.dtype),
    );
    const values = scratch.local(block);
    shape =
      axis < 0
        ? compressAll(source, values, output, compress)
        : compressLines(source, values, output, { axis, compress });
  });
  return shrunk(room, shape);
}

/** Keeps elements in C order; the shape of the result. */
function compressAll(source: FusedSource, values: Block, output: Block, compress: Compress): number[] {
  const size = itemsize(values.dtype);
  let end = output.offset;
  source.eachPiece(1, (elements, start) => {
    end = compress(values.offset + start * size, elements.byteOffset, end, elements.length);
  });
  // what a kernel returns is signed, positions are not
  return [((end >>> 0) - output.offset) / size];
}

/** Keeps elements of every line along an axis; the shape of the result. */
function compressLines(
  source: FusedSource,
  values: Block,
  output: Block,
  { axis, compress }: { readonly axis: number; readonly compress: Compress },
): number[] {
  const { outer, n, inner } = linesOf(values.shape, axis);
  const condition = source.read(0, n);
  const size = itemsize(values.dtype);
  const from = arena().elements(values);
  const to = arena().elements(output);
  let end = output.offset;
  let at = 0;
  for (let row = 0; row < outer * n; row++) {
    if (inner === 1 && row % n === 0) end = compress(values.offset + row * size, condition.byteOffset, end, n);
    if (inner === 1 || condition[row % n] === 0) continue;
    setElements(to, from.subarray(row * inner, (row + 1) * inner), at);
    at += inner;
  }
  let kept = 0;
  for (const value of condition) kept += value === 0 ? 0 : 1;
  return values.shape.toSpliced(axis, 1, kept);
}

/** A block of this shape with the first elements of `room`: in place, unless more than two thirds would be wasted. */
function shrunk(room: Block, shape: readonly number[]): Block {
  const size = sizeOf(shape);
  if (size * 3 >= sizeOf(room.shape)) return { ...room, shape };
  try {
    return newBlock(room.dtype, shape, room, (output) => {
      setElements(arena().elements(output), arena().elements(room).subarray(0, size));
    });
  } finally {
    arena().release(room);
  }
}
