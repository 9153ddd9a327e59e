/**
 * Where the elements of a block stand in a file that holds the whole array in C order.
 * @module
 */
import { sizeOf, stridesOf } from "../../memory/strides.js";

/** Calls `visit` with the position in the whole array and in the block. */
export type VisitRun = (inWhole: number, inBlock: number) => void;

/** A part of an array: the elements from `start`, `shape` of them along each axis. */
export interface FileRegion {
  /** elements along each axis of the whole array */
  readonly whole: readonly number[];
  readonly start: readonly number[];
  readonly shape: readonly number[];
}

/** The first axis from which on the elements of the region stand side by side; 0 if all do. */
export function firstSolidAxis({ whole, shape }: FileRegion): number {
  let axis = Math.max(0, shape.length - 1);
  while (axis > 0 && shape[axis] === whole[axis]) axis -= 1;
  return axis;
}

/**
 * Visits the first element of every part of a region that has one index along each axis before `axis`, in C order.
 * Positions count elements.
 */
export function eachRun({ whole, start, shape }: FileRegion, axis: number, visit: VisitRun): void {
  if (shape.includes(0)) return;
  const strides = stridesOf(whole);
  const count = sizeOf(shape.slice(0, axis));
  const length = sizeOf(shape.slice(axis));
  const first = start.reduce((sum, at, i) => sum + at * strides[i], 0);
  for (let run = 0; run < count; run++) {
    let position = first;
    for (let i = axis - 1, rest = run; i >= 0; i--) {
      position += (rest % shape[i]) * strides[i];
      rest = Math.floor(rest / shape[i]);
    }
    visit(position, run * length);
  }
}
