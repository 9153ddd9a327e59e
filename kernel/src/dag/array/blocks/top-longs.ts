/**
 * The largest or smallest elements of every line for integers of 64 bits: what top-k.ts does, with bigints.
 * @module
 */
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { asBigInts, type BigIntArray, type LongType } from "../../memory/dtype.js";
import { sizeOf } from "../../memory/strides.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource, PIECE_ELEMENTS } from "./fused-source.js";
import { newBlock } from "./scratch.js";
import { flatPositions, type TopFinish, type TopPlace } from "./top-k.js";

/** What is wanted of each line. */
export interface LongTopPlan {
  /** elements of a line, from 1 up */
  readonly k: number;
  readonly largest: boolean;
  readonly dtype: LongType;
}

interface Held {
  readonly value: bigint;
  readonly position: number;
}

/** The first k of the elements that it was offered, the best first; of equal ones those that stand first. */
class BestLongs {
  held: Held[] = [];
  private readonly plan: LongTopPlan;

  constructor(plan: LongTopPlan) {
    this.plan = plan;
  }

  offer(value: bigint, position: number): void {
    const { held } = this;
    let at = held.length;
    if (at === this.plan.k && !this.precedes(value, position, held[at - 1])) return;
    while (at > 0 && this.precedes(value, position, held[at - 1])) at--;
    held.splice(at, 0, { value, position });
    if (held.length > this.plan.k) held.pop();
  }

  /** Writes what is held to both planes from `at` on and begins again. */
  write(target: BigIntArray, at: number): void {
    const plane = target.length / 2;
    for (const [i, { value, position }] of this.held.entries()) {
      target[at + i] = value;
      target[plane + at + i] = BigInt(position);
    }
    this.held = [];
  }

  private precedes(value: bigint, position: number, other: Held): boolean {
    if (value === other.value) return position < other.position;
    return value > other.value === this.plan.largest;
  }
}

/**
 * The first elements of every line along the last axis of a block.
 * @returns `[2, ...other axes, at most k]` of the element type: values, then positions in the line
 */
export function topLongBlock(
  top: LongTopPlan,
  at: TopPlace,
  plan: FusedPlan,
  place: Place,
  ...blocks: readonly Block[]
): Block {
  const lineOf = (space: readonly number[]) => (at.flat ? sizeOf(space) : (space.at(-1) ?? 1));
  const shapeOf = (space: readonly number[]) => {
    const others = at.flat ? space.map(() => 1).slice(0, -1) : space.slice(0, -1);
    return [2, ...others, Math.min(top.k, lineOf(space))];
  };
  return blockFromSource(top.dtype, { plan, place, blocks }, shapeOf, (source, output) => {
    const n = lineOf(source.shape);
    const width = Math.min(top.k, n);
    const target = asBigInts(arena().elements(output));
    const positionOf = at.flat
      ? flatPositions(source.shape, at.origin, at.flat)
      : (i: number) => i + (at.origin[0] ?? 0);
    const best = new BestLongs(top);
    source.eachElements(Math.min(Math.max(1, n), PIECE_ELEMENTS), (elements, start) => {
      const values = asBigInts(elements);
      for (let i = 0; i < values.length; i++) {
        const column = (start + i) % n;
        best.offer(values[i], positionOf(column));
        if (column === n - 1) best.write(target, Math.floor((start + i) / n) * width);
      }
    });
  });
}

/** The first elements of every line of several blocks, in the form of `topLongBlock`. */
export function combineLongTops(top: LongTopPlan, ...blocks: readonly Block[]): Block {
  const widths = blocks.map(({ shape }) => shape.at(-1) ?? 0);
  const width = Math.min(
    top.k,
    widths.reduce((sum, own) => sum + own, 0),
  );
  const shape = blocks[0].shape.with(-1, width);
  return newBlock(top.dtype, shape, blocks[0], (output) => {
    const target = asBigInts(arena().elements(output));
    const views = blocks.map((block) => asBigInts(arena().elements(block)));
    const best = new BestLongs(top);
    for (let line = 0; line < sizeOf(shape.slice(1, -1)); line++) {
      for (const [i, view] of views.entries()) {
        const plane = view.length / 2;
        for (let at = line * widths[i]; at < (line + 1) * widths[i]; at++) {
          best.offer(view[at], Number(view[plane + at]));
        }
      }
      best.write(target, line * width);
    }
  });
}

/** The last combination: values or positions alone. */
export function finishLongTops(top: LongTopPlan, finish: TopFinish, ...blocks: readonly Block[]): Block {
  const all = combineLongTops(top, ...blocks);
  try {
    const planes = asBigInts(arena().elements(all));
    const plane = planes.length / 2;
    const isKnown = !finish.shape.some(Number.isNaN);
    return newBlock(finish.dtype, isKnown ? finish.shape : all.shape.slice(1), blocks[0], (output) => {
      const start = finish.result === "values" ? 0 : plane;
      asBigInts(arena().elements(output)).set(planes.subarray(start, start + plane));
    });
  } finally {
    arena().release(all);
  }
}
