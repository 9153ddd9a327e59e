/**
 * Arrays with more elements before the first and behind the last ones.
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { concatenate } from "./concatenate.js";
import { full } from "./creation.js";
import type { LazyArray } from "./lazy-array.js";
import { slice } from "./selection.js";
import { sliceAlong } from "./shaping.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/**
 * What stands beyond the ends: a number; the last element ("edge"); the elements in reverse, with the last one again
 * ("symmetric") or without ("reflect"); those of the other end ("wrap").
 */
export type PadMode = number | "edge" | "symmetric" | "reflect" | "wrap";
/** Elements before and behind: for all axes a number or a pair, or a pair for each axis. */
export type PadWidth = number | readonly [number, number] | readonly (readonly [number, number])[];

const MODES: readonly unknown[] = ["edge", "symmetric", "reflect", "wrap"];

/**
 * The array with elements around it.
 * @throws {ArgumentError} if a width is none, or more than the elements that the mode repeats
 * @see NumPy `pad`
 */
export function pad(array: LazyArray, width: PadWidth, mode: PadMode = 0): LazyArray {
  assertKnownSizes(array, "pad");
  if (typeof mode !== "number" && !MODES.includes(mode)) {
    throw new ArgumentError(`pad: the mode must be a number or one of ${MODES.join(", ")} and is ${inspect(mode)}`, {
      mode,
    });
  }
  const widths = widthsOf(width, array.shape.length);
  return widths.reduce((padded, [before, after], axis) => padAlong(padded, axis, [before, after], mode), array);
}

/** Pads one axis. */
export function padAlong(
  array: LazyArray,
  axis: number,
  [before, after]: readonly [number, number],
  mode: PadMode,
): LazyArray {
  const most = typeof mode === "number" ? Number.POSITIVE_INFINITY : mostOf(mode, array.shape[axis]);
  if (Math.max(before, after) > most) {
    throw new ArgumentError(
      `pad of axis ${axis} by [${before},${after}]: its ${array.shape[axis]} elements give ${most} by "${mode}": ` +
        "pad less, or several times",
      { axis, width: [before, after] },
    );
  }
  const parts = [
    ...(before > 0 ? [beyond(array, axis, before, mode, true)] : []),
    array,
    ...(after > 0 ? [beyond(array, axis, after, mode, false)] : []),
  ];
  return concatenate(parts, axis);
}

function mostOf(mode: Exclude<PadMode, number>, size: number): number {
  if (mode === "edge") return size > 0 ? Number.POSITIVE_INFINITY : 0;
  return mode === "reflect" ? Math.max(0, size - 1) : size;
}

function beyond(array: LazyArray, axis: number, depth: number, mode: PadMode, isBefore: boolean): LazyArray {
  const size = array.shape[axis];
  if (typeof mode === "number") {
    const chunks = array.chunks.with(axis, [depth]);
    return full(array.shape.with(axis, depth), mode, { dtype: array.dtype, chunks });
  }
  const part = (from: number, to: number) => sliceAlong(array, axis, slice(from, to));
  if (mode === "wrap") return isBefore ? part(size - depth, size) : part(0, depth);
  if (mode === "edge") {
    const edge = isBefore ? part(0, 1) : part(size - 1, size);
    return concatenate(new Array<LazyArray>(depth).fill(edge), axis);
  }
  const skipped = mode === "reflect" ? 1 : 0;
  const mirrored = isBefore ? part(skipped, skipped + depth) : part(size - skipped - depth, size - skipped);
  return sliceAlong(mirrored, axis, slice(null, null, -1));
}

function widthsOf(width: PadWidth, ndim: number): readonly (readonly [number, number])[] {
  const list: readonly unknown[] = Array.isArray(width) ? width : [width, width];
  const pairs = list.every(Array.isArray) ? list : new Array<unknown>(ndim).fill(list);
  const isPair = (pair: unknown): pair is readonly [number, number] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((own) => Number.isInteger(own) && own >= 0);
  if (pairs.length === ndim && pairs.every(isPair)) return pairs;
  throw new ArgumentError(
    `pad: the width ${inspect(width)} is not for ${ndim} axes: give an integer from 0 up, a pair [before, behind], or a pair ` +
      "for each axis",
    { width },
  );
}
