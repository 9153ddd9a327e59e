/**
 * Which elements a slice takes: NumPy's basic indexing, written as text or as values.
 * @module
 */
import { ArgumentError, ShapeError } from "../../errors.js";
import type { Shape } from "./chunks.js";
import { assertKnownSizes } from "./unknown-sizes.js";

/** `start:stop:step` along one axis; null means from or to the end, as in NumPy. */
export interface Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** One axis of a slice: an index, a range, null for the whole axis, or text such as "2:9, ::2, newaxis". */
export type SliceItem = number | Slice | null | string;

/** What is taken of one axis, in order of the result. */
export type AxisSelection =
  | { readonly kind: "index"; readonly at: number }
  | { readonly kind: "range"; readonly start: number; readonly step: number; readonly count: number }
  | { readonly kind: "new" };

/**
 * A range of indices for `x.slice(...)`.
 * @example x.slice(slice(2, 9), slice(null, null, -1)) // x[2:9, ::-1] in NumPy
 */
export function slice(start: number | null = null, stop: number | null = null, step: number | null = null): Slice {
  return { start, stop, step };
}

/**
 * What every axis of the result takes. Axes that are not named are taken whole.
 * @throws {ShapeError} if an index is out of bounds or there are more items than axes
 * @throws {ArgumentError} if an item is not understood
 */
export function selectionOf(items: readonly SliceItem[], shape: Shape): AxisSelection[] {
  const parsed = items.flatMap((item) => (typeof item === "string" ? item.split(",").map(parseItem) : [item]));
  const named = parsed.filter((item) => item !== "newaxis" && item !== "...").length;
  if (named > shape.length) {
    throw new ShapeError(
      `too many indices: ${named} for an array with ${shape.length} axes (shape [${shape}]); give at most one per axis`,
      { items, shape },
    );
  }
  if (parsed.indexOf("...") !== parsed.lastIndexOf("...")) {
    throw new ArgumentError(`"..." stands twice in the index ${items.join(", ")}: it can fill only one place`, {
      items,
    });
  }
  if (!parsed.includes("...")) parsed.push("...");
  const selection: AxisSelection[] = [];
  let axis = 0;
  for (const item of parsed) {
    if (item === "newaxis") {
      selection.push({ kind: "new" });
    } else if (item === "...") {
      for (const end = axis + shape.length - named; axis < end; axis++) selection.push(rangeOf(slice(), shape[axis]));
    } else {
      selection.push(selectAxis(item, shape, axis));
      axis++;
    }
  }
  return selection;
}

function selectAxis(item: number | Slice | null, shape: Shape, axis: number): AxisSelection {
  const size = shape[axis];
  const isWhole = item === null || (typeof item !== "number" && item.start === null && item.stop === null);
  if (!isWhole || (item?.step ?? 1) !== 1) assertKnownSizes({ shape: [size] }, "indexing");
  if (typeof item !== "number") return rangeOf(item ?? slice(), size);
  const at = item < 0 ? item + size : item;
  if (!Number.isInteger(item) || at < 0 || at >= size) {
    throw new ShapeError(
      `index ${item} is out of bounds for axis ${axis} with size ${size}: use an integer from ${-size} to ${size - 1}`,
      { index: item, axis, shape },
    );
  }
  return { kind: "index", at };
}

/** Python's rules for the bounds of a slice. */
function rangeOf(item: Slice, size: number): AxisSelection {
  const step = item.step ?? 1;
  const bounds = [item.start, item.stop, step];
  if (step === 0 || bounds.some((bound) => bound !== null && !Number.isInteger(bound))) {
    throw new ArgumentError(`slice [${bounds.map(String).join(":")}] needs integers and a step other than 0`, { item });
  }
  const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
  const clip = (bound: number) => Math.min(highest, Math.max(lowest, bound < 0 ? bound + size : bound));
  const start = item.start === null ? (step > 0 ? lowest : highest) : clip(item.start);
  const stop = item.stop === null ? (step > 0 ? highest : lowest) : clip(item.stop);
  return { kind: "range", start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}

function parseItem(text: string): number | Slice | "newaxis" | "..." {
  const trimmed = text.trim();
  if (trimmed === "newaxis" || trimmed === "...") return trimmed;
  const parts = trimmed.split(":").map((part) => part.trim());
  if (trimmed === "" || parts.length > 3 || !parts.every((part) => /^([+-]?\d+)?$/.test(part))) {
    throw new ArgumentError(
      `"${trimmed}" is not an index: write an integer, start:stop:step, "newaxis" or "...", with commas between axes`,
      { text },
    );
  }
  const numbers = parts.map((part) => (part === "" ? null : Number(part)));
  if (parts.length === 1) return Number(trimmed);
  return slice(numbers[0], numbers[1], numbers[2] ?? null);
}

/** A part of a range that stands in one block. */
export interface AxisPiece {
  readonly block: number;
  /** first index in the block */
  readonly start: number;
  readonly count: number;
}

/** What a slice takes of one axis of its input. */
export interface SlicedAxis {
  readonly pieces: readonly AxisPiece[];
  readonly step: number;
  /** the axis of the result that the pieces are the blocks of, -1 for an axis that an index drops */
  readonly axis: number;
}

/** The blocks that a range touches, in order of the result; an empty range gives one empty piece. */
export function piecesOf(
  selection: { start: number; step: number; count: number },
  sizes: readonly number[],
): AxisPiece[] {
  const { start, step, count } = selection;
  const pieces: AxisPiece[] = [];
  let low = step > 0 ? 0 : sizes.reduce((total, size) => total + size, 0);
  let done = 0;
  const blocks = sizes.map((_, block) => block);
  for (const block of step > 0 ? blocks : blocks.reverse()) {
    const size = sizes[block];
    if (step < 0) low -= size;
    const next = start + done * step;
    const room = step > 0 ? Math.ceil((low + size - next) / step) : Math.floor((next - low) / -step) + 1;
    const taken = Math.min(count - done, Math.max(0, room));
    if (taken > 0) pieces.push({ block, start: next - low, count: taken });
    done += taken;
    if (step > 0) low += size;
  }
  return pieces.length > 0 ? pieces : [{ block: 0, start: 0, count: 0 }];
}
