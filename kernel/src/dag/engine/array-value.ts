/**
 * Moves arrays between ordinary memory and the arena.
 * @module
 */
import { arena } from "../memory/arena.js";
import type { Block } from "../memory/block.js";
import { type ElementArray, type Elements, setElements } from "../memory/dtype.js";
import { NDArray } from "../memory/nd-array.js";
import { sizeOf, stridesOf } from "../memory/strides.js";

/** True for an NDArray, also one of another copy of this package. */
export function isNDArray(value: object): value is NDArray {
  return (
    value instanceof NDArray ||
    ("tolist" in value && "strides" in value && "dtype" in value && "data" in value && ArrayBuffer.isView(value.data))
  );
}

/** A new block with the elements of `array`, in C order. Its one reference belongs to the caller. */
export function moveToArena(array: NDArray<ElementArray>): Block {
  const { data, shape, strides, dtype } = array;
  const block = arena().allocate(dtype, shape);
  const target = arena().elements(block);
  if (stridesOf(shape).every((step, axis) => step === strides[axis]))
    setElements(target, data.subarray(0, target.length));
  else copyStrided(array, target);
  return { ...block, ndarray: true };
}

/** The elements of a block as an array: a view of the arena, or a copy. */
export function ndArrayOf(block: Block, copy: boolean): NDArray<ElementArray> {
  const view = arena().elements(block);
  return new NDArray(copy ? view.slice() : view, block.shape, undefined, block.dtype);
}

function copyStrided({ data, shape, strides }: NDArray<ElementArray>, target: Elements): void {
  const index = new Array<number>(shape.length).fill(0);
  const total = sizeOf(shape);
  for (let i = 0, from = 0; i < total; i++) {
    target[i] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      index[axis] += 1;
      if (index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}
