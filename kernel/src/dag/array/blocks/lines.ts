/**
 * A block as lines along one axis, for kernels that go along it.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { TypedArray } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";

/** Element i of a line is at `start + i * inner`; lines start at `o * n * inner + j` for o < outer, j < inner. */
export interface Lines {
  readonly outer: number;
  /** elements of a line */
  readonly n: number;
  /** from one element of a line to the next; 1 for the last axis */
  readonly inner: number;
}

/** The lines of an array of this shape along `axis`. */
export function linesOf(shape: readonly number[], axis: number): Lines {
  return { outer: sizeOf(shape.slice(0, axis)), n: shape[axis], inner: sizeOf(shape.slice(axis + 1)) };
}

/** Calls `visit` with the first element of every line, in C order of the other axes. */
export function eachLine({ outer, n, inner }: Lines, visit: (start: number, line: number) => void): void {
  for (let o = 0, line = 0; o < outer; o++) {
    for (let j = 0; j < inner; j++, line++) visit(o * n * inner + j, line);
  }
}

/** The elements of a block as float64: loops that see one type only stay fast. */
export function float64Of(block: Block): TypedArray {
  const view = arena().view(block);
  return block.dtype === "float64" ? view : new Float64Array(view);
}
