/**
 * A block as lines along one axis, for kernels that go along it.
 * @module
 */
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
