/**
 * The largest or smallest elements of every line, with their positions: `topk`, `argtopk`, `argmin`, `argmax`.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, isBigInts } from "../../memory/dtype.js";
import { sizeOf, stridesOf } from "../../memory/strides.js";
import type { Compared } from "../emitter/skip-kernel.js";
import { BestOf, type Order } from "./best-of.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource, PIECE_ELEMENTS } from "./fused-source.js";
import { newBlock } from "./scratch.js";

/** What is wanted of each line. */
export interface TopPlan extends Order {
  /** elements of a line, from 1 up */
  readonly k: number;
  /** type in which the elements arrive */
  readonly dtype: Compared;
}

/** Where a block stands, for the positions of its elements. */
export interface TopPlace {
  /** position of its first element along the line; for a flat line its index along each axis */
  readonly origin: readonly number[];
  /** shape of the whole array if all of it is one line in C order */
  readonly flat?: readonly number[];
}

/**
 * The first elements of every line along the last axis of a block.
 * @returns float64 `[2, ...other axes, at most k]`: values, then positions in the line
 */
export function topBlock(
  top: TopPlan,
  at: TopPlace,
  plan: FusedPlan,
  place: Place,
  ...blocks: readonly Block[]
): Block {
  const widthOf = (n: number) => Math.min(top.k, n);
  const lineOf = (space: readonly number[]) => (at.flat ? sizeOf(space) : (space.at(-1) ?? 1));
  const shapeOf = (space: readonly number[]) => {
    const others = at.flat ? space.map(() => 1).slice(0, -1) : space.slice(0, -1);
    return [2, ...others, widthOf(lineOf(space))];
  };
  return blockFromSource("float64", { plan, place, blocks }, shapeOf, (source, output) => {
    const n = lineOf(source.shape);
    const best = new BestOf(top.k, top, { dtype: top.dtype, memory: output.memory });
    const positionOf = at.flat
      ? flatPositions(source.shape, at.origin, at.flat)
      : (i: number) => i + (at.origin[0] ?? 0);
    const write = lineWriter(arena().view(output), widthOf(n));
    source.eachPiece(Math.min(Math.max(1, n), PIECE_ELEMENTS), (elements, start) => {
      for (let from = 0; from < elements.length; ) {
        const column = (start + from) % n;
        const count = Math.min(n - column, elements.length - from);
        if (column === 0) best.clear();
        best.offer(elements, from, count, column);
        if (column + count === n) write(best, positionOf);
        from += count;
      }
    });
  });
}

/** Position in the whole array of element i of a block, both in C order. */
export function flatPositions(shape: readonly number[], origin: readonly number[], whole: readonly number[]) {
  const strides = stridesOf(whole);
  return (i: number) => {
    let position = 0;
    for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
      position += ((rest % shape[axis]) + origin[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return position;
  };
}

/** Writes one line after the other. */
function lineWriter(target: ArrayLike<number> & { [i: number]: number }, width: number) {
  const plane = target.length / 2;
  let next = 0;
  return (best: BestOf, positionOf: (i: number) => number) => {
    for (const [i, held] of best.ranking().entries()) {
      target[next + i] = best.values[held];
      target[plane + next + i] = positionOf(best.positions[held]);
    }
    next += width;
  };
}

/** The first elements of every line of several blocks, in the form of `topBlock`. */
export function combineTops(top: TopPlan, ...blocks: readonly Block[]): Block {
  const widths = blocks.map(({ shape }) => shape.at(-1) ?? 0);
  const width = Math.min(
    top.k,
    widths.reduce((sum, own) => sum + own, 0),
  );
  const shape = blocks[0].shape.with(-1, width);
  return newBlock("float64", shape, blocks[0], (output) => {
    const views = blocks.map((block) => arena().view(block));
    const best = new BestOf(top.k, top, { dtype: top.dtype, memory: output.memory });
    const write = lineWriter(arena().view(output), width);
    const lines = sizeOf(shape.slice(1, -1));
    for (let line = 0; line < lines; line++) {
      best.clear();
      for (const [i, view] of views.entries()) {
        const plane = view.length / 2;
        for (let at = line * widths[i]; at < (line + 1) * widths[i]; at++) best.add(view[at], view[plane + at]);
      }
      write(best, (position) => position);
    }
  });
}

/** What becomes of the first elements in the end. */
export interface TopFinish {
  readonly result: "values" | "positions";
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** The last combination: values or positions alone. */
export function finishTops(top: TopPlan, finish: TopFinish, ...blocks: readonly Block[]): Block {
  const all = combineTops(top, ...blocks);
  try {
    const planes = arena().view(all);
    const plane = planes.length / 2;
    const isKnown = !finish.shape.some(Number.isNaN);
    return newBlock(finish.dtype, isKnown ? finish.shape : all.shape.slice(1), blocks[0], (output) => {
      const start = finish.result === "values" ? 0 : plane;
      const target = arena().elements(output);
      const found = planes.subarray(start, start + plane);
      if (isBigInts(target)) target.set(Array.from(found, BigInt));
      else target.set(found);
    });
  } finally {
    arena().release(all);
  }
}
